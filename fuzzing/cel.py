"""Damaged CEL, journals and queue_log: python -m fuzzing.cel [--cases N] [--seed N] [--first N].

A case is a number, and the same text on every machine: lines of the recorded files shuffled, repeated, cut, wrapped, quoted, spliced;
characters changed. It must give tables that hold what the schema says, or a XivolabError.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import xivolab
from fuzzing.console import damaged_lines
from fuzzing.examine import check_value
from xivolab.errors import XivolabError
from xivolab.schema import QUEUE_RECORDS, RECORDS

ROOT = Path(__file__).parents[1]
LIMIT_S = 5.0
"""A case takes some milliseconds."""

TABLES = ("cel", "calls", "events", "journal", "problems")
_QUEUE_LOG = """1795420010|NONE|support|PJSIP/bob|ADDMEMBER|
1795420050|1795420050.0|support|NONE|ENTERQUEUE||1001|1
1795420055|1795420050.0|support|PJSIP/carol|RINGNOANSWER|5000
1795420062|1795420050.0|support|PJSIP/bob|CONNECT|12|1795420055.2|3
1795420122|1795420050.0|support|PJSIP/bob|ATTENDEDTRANSFER|LINK|a|b|12|60|1
1795420200|1795420200.5|support|NONE|ABANDON|1|1|30
1795420300|1795420300.9|sales|NONE|FULL
"""
_CDR = (
    '"","1001","1002","default","""Alice"" <1001>","PJSIP/a-00000000","PJSIP/b-00000001","Dial","PJSIP/b","2026-11-23 13:00:00",'
    '"2026-11-23 13:00:05","2026-11-23 13:01:10","70","65","ANSWERED","DOCUMENTATION","1795435200.0",""'
)


@cache
def _seeds() -> tuple[tuple[str, str], ...]:
    """Kinds and texts."""
    found = [
        (kind, path.read_text())
        for kind, name in (("cel-csv", "cel.csv"), ("cel-psql", "cel.txt"))
        for path in sorted(ROOT.glob(f"sample_logs/*/{name}"))
    ]
    return (*((kind, text) for kind, text in found if text), ("queue-log", _QUEUE_LOG), ("cdr-csv", _CDR))


def make_text(number: int, seed: int = 1) -> tuple[str, str]:
    """The kind and the text of a case."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 - not for secrets
    kind, text = chance.choice(_seeds())
    lines = text.splitlines()[:200]
    for _ in range(chance.randint(1, 8)):
        lines = damaged_lines(lines, chance) or ["x"]
    return kind, "\n".join(lines)


def examine_text(kind: str, text: str) -> None:
    """Everything that is made of such a file. Raises what is no XivolabError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case"
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
        try:
            case = xivolab.open(path, tz="Europe/Paris", as_={str(path): kind})
            tables = {name: case.table(name) for name in TABLES}
            for call in case.call_list()[:2]:
                picture = call.channels()
                picture.text(80)
                picture.svg()
            queues = case.queues()
            queues.plots().text(80)
        except XivolabError:
            return
    for name, table in tables.items():
        table.to_json()
        for row in table.records():
            for field in RECORDS[name].fields:
                check_value(name, field, row[field.name])
    for name, record in QUEUE_RECORDS.items():
        for row in queues.table(name).records():
            for field in record.fields:
                check_value(name, field, row[field.name])


def main(arguments: list[str] | None = None) -> int:
    """0 when every case came through."""
    parser = argparse.ArgumentParser(prog="python -m fuzzing.cel")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    for number in range(options.first, options.first + options.cases):
        started = time.monotonic()
        try:
            examine_text(*make_text(number, options.seed))
        except Exception:
            print(f"case {number}, seed {options.seed}", file=sys.stderr)
            raise
        if time.monotonic() - started > LIMIT_S:
            print(f"case {number}, seed {options.seed}: {time.monotonic() - started:.1f} s", file=sys.stderr)
            return 1
    print(f"{options.cases} cases, seed {options.seed}, {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    examine_text(*_seeds()[0])  # what has to be imported takes no case its time
    sys.exit(main())
