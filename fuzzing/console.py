"""Damaged pastes of Asterisk's console, and damaged dialplans: python -m fuzzing.console [--cases N] [--seed N] [--first N].

A case is a number, and the same text on every machine: lines of the recorded outputs and of extensions.conf shuffled, repeated, cut,
wrapped, quoted, spliced; characters changed. It must give tables that hold what the schema says, or a XivolabError.
"""

from __future__ import annotations

import argparse
import random
import sys
import textwrap
import time
from functools import cache
from pathlib import Path

from fuzzing.examine import check_value
from xivolab.asterisk.cli import CliText, cli_tables
from xivolab.asterisk.cli.series import counter_tracks
from xivolab.asterisk.dialplan import dialplan_shown, dialplan_written, who_takes
from xivolab.asterisk.dialplan.evidence import match_table
from xivolab.schema import CLI_RECORDS
from xivolab.views.counters import counters

ROOT = Path(__file__).parents[1]
LIMIT_S = 5.0
"""A case takes some milliseconds."""

_STRANGE = "\x00\x1b[31m\u202e\ud800é\t'\"[]()<>=>/!K:%#;\\${}_.-*&|@,0123456789"


@cache
def _seeds() -> tuple[str, ...]:
    outputs = sorted((ROOT / "sample_logs" / "console").glob("*.txt"))
    return tuple(path.read_text() for path in [*outputs, ROOT / "labs" / "pbx" / "asterisk" / "extensions.conf"])


def make_text(number: int, seed: int = 1) -> str:
    """The text of a case."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 - not for secrets
    lines = [line for _ in range(chance.randint(1, 3)) for line in chance.choice(_seeds()).splitlines()[:200]]
    for _ in range(chance.randint(1, 8)):
        lines = damaged_lines(lines, chance) or ["x"]
    return "\n".join(lines)


def damaged_lines(lines: list[str], chance: random.Random) -> list[str]:
    """The lines with one kind of damage."""
    at = chance.randrange(len(lines))
    match chance.randrange(8):
        case 0:
            return lines[:at] + chance.sample(lines[at : at + 20], len(lines[at : at + 20])) + lines[at + 20 :]
        case 1:
            return lines[:at] + lines[at + chance.randint(1, 9) :]
        case 2:
            return lines[:at] + lines[at : at + 5] * chance.randint(2, 4) + lines[at + 5 :]
        case 3:
            width = chance.randint(5, 120)
            return [piece for line in lines for piece in textwrap.wrap(line, width) or [""]]
        case 4:
            width = chance.randint(5, 120)
            return [line[n : n + width] for line in lines for n in range(0, max(len(line), 1), width)]
        case 5:
            return [f"> {line}" if chance.random() < 0.9 else " ".join(line.split()) for line in lines]
        case 6:
            line = lines[at]
            place = chance.randrange(len(line) + 1)
            strange = "".join(chance.choices(_STRANGE, k=chance.randint(1, 6)))
            return [*lines[:at], line[:place] + strange + line[place + chance.randint(0, 4) :], *lines[at + 1 :]]
    other = chance.choice(lines)
    return [*lines[:at], lines[at][: chance.randrange(len(lines[at]) + 1)] + other, *lines[at + 1 :]]


def examine_text(text: str) -> None:
    """Everything that is made of a paste, or of the same text as a dialplan. Raises what is no XivolabError."""
    tables = cli_tables([CliText("case", text.splitlines())])
    for name, table in tables.items():
        table.to_json()
        for row in table.records():
            for field in CLI_RECORDS[name].fields:
                check_value(name, field, row[field.name])
    pictures = counters(counter_tracks(tables["channelstats"]))
    pictures.text(80)
    pictures.svg()
    for plan in (dialplan_shown(tables["dialplan"]), dialplan_written({"extensions.conf": text})):
        for context in list(plan.contexts)[:3]:
            for number in ("1001", "s", "_X.", "", "é[-"):
                match_table(who_takes(plan, context, number, caller="555")).to_json()


def main(arguments: list[str] | None = None) -> int:
    """0 when every case came through."""
    parser = argparse.ArgumentParser(prog="python -m fuzzing.console")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    slowest = (0.0, options.first)
    for number in range(options.first, options.first + options.cases):
        started = time.monotonic()
        try:
            examine_text(make_text(number, options.seed))
        except Exception:
            print(f"case {number}, seed {options.seed}", file=sys.stderr)
            raise
        slowest = max(slowest, (time.monotonic() - started, number))
        if slowest[0] > LIMIT_S:
            print(f"case {slowest[1]}, seed {options.seed}: {slowest[0]:.1f} s", file=sys.stderr)
            return 1
    spent = time.monotonic() - begun
    print(
        f"{options.cases} cases, seed {options.seed}, {spent:.0f} s; the slowest, {slowest[1]}, took {slowest[0]:.2f} s"
    )
    return 0


if __name__ == "__main__":
    examine_text("")  # what has to be imported takes no case its time
    sys.exit(main())
