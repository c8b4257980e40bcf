"""All tables of the output of Asterisk's command line in some files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from xivolab.asterisk.cli.channels import channel_details, channels
from xivolab.asterisk.cli.channelstats import channelstats
from xivolab.asterisk.cli.dialplan import dialplan
from xivolab.asterisk.cli.found import Found
from xivolab.asterisk.cli.hints import hints
from xivolab.asterisk.cli.lines import lines_of
from xivolab.asterisk.cli.outputs import Output, outputs
from xivolab.asterisk.cli.pjsip import pjsip
from xivolab.asterisk.cli.queues import queues
from xivolab.asterisk.cli.server import server
from xivolab.asterisk.cli.spans import spans
from xivolab.errors import Problem
from xivolab.evidence.source import Source
from xivolab.schema import CLI_RECORDS
from xivolab.table import Table

MOST_BYTES = 256 << 20
"""Of one file: what is longer is no paste."""

MOST_IN_A_LINE = 4096
"""Bytes: Asterisk prints no longer line."""


@dataclass(frozen=True, slots=True)
class CliText:
    """The lines of one file or one answer; `taken_at` (ns since 1970) where it is known without a clock in the text.

    Times without a zone are of `place`, None for the machine's own.
    """

    name: str
    lines: Iterable[str]
    taken_at: int | None = None
    place: tzinfo | None = None


def cli_tables(texts: Iterable[CliText]) -> dict[str, Table]:
    """A table for each key of `xivolab.schema.CLI_RECORDS`, in its order."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in CLI_RECORDS}
    number = 0
    for text in texts:
        for output in outputs(lines_of(text.lines), text.place):
            found = list(rows_of(output))
            for row in found:
                taken = text.taken_at if output.taken_at is None else output.taken_at
                place_of = {"taken_at": taken, "output": number, "file": text.name, "line": row.line}
                rows[row.table].append({**row.fields, **place_of})
            number += bool(found)
    return {name: Table.from_rows(CLI_RECORDS[name], _with_ids(name, found)) for name, found in rows.items()}


def read_cli(
    sources: Iterable[tuple[Source, tzinfo | None]], problems: list[Problem] | None = None
) -> dict[str, Table]:
    """The same for files, each with the zone of its times; what cannot be read to its end is told in `problems`."""
    told = problems if problems is not None else []
    return cli_tables(CliText(source.name, lines_in(source, told), place=place) for source, place in sources)


def lines_in(source: Source, problems: list[Problem]) -> Iterator[str]:
    """The lines of a text, those before the damage of one that is damaged; UTF-8, else Latin-1; very long ones are cut."""
    left, rest = MOST_BYTES, b""
    with source.open() as raw:
        while left > 0:
            try:
                data = raw.read(1 << 20)
            except OSError as error:
                what = f"damaged: {error}" if str(error) else "damaged"
                problems.append(Problem(source.name, "", what, "what stands before the damage was read"))
                break
            if not data:
                break
            left -= len(data)
            *lines, rest = (rest + data).split(b"\n")
            rest = rest[:MOST_IN_A_LINE]
            yield from map(_decoded, lines)
        else:
            problems.append(Problem(source.name, "", f"only its first {MOST_BYTES >> 20} MB were read", "cut it first"))
    if rest:
        yield _decoded(rest)


def _decoded(line: bytes) -> str:
    line = line[:MOST_IN_A_LINE]
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def rows_of(output: Output) -> Iterator[Found]:
    """What one output says."""
    lines = output.lines
    match output.kind:
        case "channelstats":
            return channelstats(lines)
        case "pjsip":
            return pjsip(lines, output.command)
        case "channels":
            return channels(lines, "plain")
        case "concise" | "verbose":
            return channels(lines, output.kind)
        case "channel":
            return channel_details(lines, output.command)
        case "hints":
            return hints(lines)
        case "server":
            return server(lines)
        case "dialplan":
            return dialplan(lines)
        case "queues":
            return queues(lines)
        case "spans":
            return spans(lines)
    return iter(())


def _with_ids(table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """An id for each row from its content and its time; those that are equal are told apart by their order."""
    seen: dict[str, int] = {}
    for row in rows:
        content = "\x1f".join(f"{name}={row[name]}" for name in row if name not in ("output", "file", "line"))
        digest = hashlib.blake2b(f"{table}\x1f{content}".encode("utf-8", "replace"), digest_size=6).hexdigest()
        seen[digest] = seen.get(digest, 0) + 1
        row["id"] = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
    return rows


_COMMANDS: tuple[tuple[str, str], ...] = (
    (r"pjsip show channelstats", "channelstats"),
    (r"pjsip (?:show|list) channels?", "pjsip-channels"),
    (r"pjsip (?:show|list) identif(?:y|ies)", "identifies"),
    (r"pjsip (?:show|list) (endpoint|contact|aor|auth|registration|transport)s?", ""),
    (r"core show channels.*", "channels"),
    (r"core show channel", "channel-details"),
    (r"core show hints?", "hints"),
    (r"core show (?:version|uptime)", "servers"),
    (r"dialplan show", "dialplan"),
    (r"queue show", "queues"),
    (r"dahdi show status", "spans"),
)


def table_of_command(command: str) -> str | None:
    """The table that holds what a command prints: "pjsip list endpoints" → "endpoints"; None for another command."""
    text = " ".join(command.split())
    if text in CLI_RECORDS:
        return text
    for form, table in _COMMANDS:
        if found := re.match(rf"{form}(?=\s|$)", text):
            return table or f"{found[1]}s"
    return None
