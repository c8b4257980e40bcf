"""What a trace shows of each row: its words, its colour and sign, and the records of the log behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from shlex import quote
from typing import Any

from xivolab.asterisk.trace.line import Line
from xivolab.asterisk.trace.outline import Row
from xivolab.asterisk.trace.words import sentence
from xivolab.views.clean import HIDDEN, hide_secrets, one_line
from xivolab.views.scene import Ink

NO_ROWS = {
    "en": "The log holds no step of the dialplan for this call.",
    "fr": "Le journal ne contient aucune étape du plan de numérotation pour cet appel.",
}
_RECORDS = {"en": "records", "fr": "lignes"}

_GOOD_STATES = frozenset({"open", "allowed", "answered"})
_BAD_STATES = frozenset({"closed", "denied", "error", "failed", "timeout", "unreachable", "unfinished", "not-created"})
_BAD_CODES = frozenset(
    {
        "no-extension",
        "no-application",
        "dialplan-failure",
        "special-extension",
        "fell-through",
        "notice",
        "no-more-trunks",
        "forward-limit",
    }
)
_TURNS = frozenset(
    {"forward", "forward-reason", "was-forwarded", "forward-count", "voicemail", "password", "next-trunk", "redirect"}
)
_QUIET = frozenset({"agi", "customer-subroutine", "sip-call-id", "enters"})
_COMPLAINS = re.compile(r"reject|fail|refus|not found|no such|unable|cannot|denied|invalid", re.IGNORECASE)
_PIN = re.compile(r"\bapplication:(?:(?:callback)?disa|password),([^,)\"]+)")
_ARGUMENT = re.compile(r"(\bARG\d=|_ACTIONARG\d=)([^\",)]+)")
_UNPACKERS = ((".gz", "zcat"), (".xz", "xzcat"), (".zst", "zstdcat"))
_SIGNS: dict[Ink, str] = {"success": "✔", "failure": "✖", "redirect": "↪", "request": "☎", "text": "·", "muted": "·"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A row ready to be laid out; `time` is "" where it is that of the row before, `details` are its records.

    `command` prints its lines of the log, "" where it has none."""

    depth: int
    text: str
    ink: Ink
    sign: str
    heading: bool
    time: str
    place: str
    where: str
    details: str
    note: str
    command: str = ""


def shown(rows: Sequence[Row], lang: str, place: tzinfo, *, secrets: bool) -> list[Shown]:
    """The rows in words. Passwords in the arguments of the dialplan are hidden unless `secrets`."""
    fine = any(row.line.time is not None and row.line.time % 1_000_000_000 for row in rows)
    pins = None if secrets else pins_of(line for row in rows for line in row.lines)
    found, before = [], ""
    for row in rows:
        ink = _ink(row.code, row.fields)
        heading = row.code in ("channel", "frame")
        time = _clock(row.line.time, place, fine)
        step = row.step
        where = "" if step is None else f"{step.exten}@{step.context}:{step.priority} {step.app}"
        found.append(
            Shown(
                row.depth,
                one_line(sentence(row.code, row.fields, lang)),
                "text" if heading else ink,
                "" if heading else _SIGNS[ink],
                heading,
                "" if time == before else time,
                _place(row.line),
                one_line(where),
                "\n".join(_record(line, place, fine, pins) for line in row.lines),
                f"{_place(row.line, whole=True)} · {len(row.lines)} {_RECORDS[lang]}",
                _command(row.lines),
            )
        )
        before = time
    return found


def _ink(code: str, fields: Mapping[str, Any]) -> Ink:
    if code == "notice" and fields["level"] == "NOTICE" and not _COMPLAINS.search(fields["text"]):
        return "muted"
    state = fields.get("state")
    if code == "dial":
        outcome = fields["outcome"]
        return "success" if outcome == "answered" else "muted" if outcome in ("cancelled", "unfinished") else "failure"
    if code == "queue":
        return "success" if fields["by"] else "failure" if fields["status"] else "request"
    if code in _BAD_CODES or state in _BAD_STATES:
        return "failure"
    if state in _GOOD_STATES or code == "talk":
        return "success"
    if code in _TURNS or state in ("on", "nobody"):
        return "redirect"
    if code in _QUIET or state == "off":
        return "muted"
    return "request" if code in ("parties", "conference", "paging", "pickup", "trunk", "outgoing-call") else "text"


def _clock(time: int | None, place: tzinfo, fine: bool) -> str:
    """The time of day, to the millisecond where the log has it."""
    if time is None:
        return ""
    moment = datetime.fromtimestamp(time // 1_000_000_000, UTC).astimezone(place)
    return moment.strftime("%H:%M:%S") + (f".{time % 1_000_000_000 // 1_000_000:03d}" if fine else "")


def _place(line: Line, *, whole: bool = False) -> str:
    name = line.file if whole else Path(line.file).name
    return "" if line.number is None else f"{name}:{line.number}"


def _command(lines: Sequence[Line]) -> str:
    """What to type to see the lines of some records, from the first to the last; "" where they have no place."""
    placed = [line for line in lines if line.number is not None and line.file == lines[0].file]
    if not placed or not lines[0].file:
        return ""
    first, last = placed[0], placed[-1]
    begin, end = first.number or 0, (last.number or 0) + last.text.strip("\r\n").count("\n")
    lines_of = f"{begin}p" if begin == end else f"{begin},{end}p"
    unpack = next((tool for suffix, tool in _UNPACKERS if first.file.endswith(suffix)), None)
    if unpack is not None:
        return f"{unpack} {quote(first.file)} | sed -n {lines_of}"
    return f"sed -n {lines_of} {quote(first.file)}"


def pins_of(lines: Iterable[Line]) -> frozenset[str]:
    """The passwords that forwards to a service (DISA, password) name: variables of the dialplan hold them bare."""
    return frozenset(found[1] for line in lines for found in _PIN.finditer(line.text))


def without_secrets(text: str, pins: frozenset[str]) -> str:
    """A record of the log with its passwords hidden."""
    text = hide_secrets(text)
    return _ARGUMENT.sub(lambda found: found[1] + (HIDDEN if found[2] in pins else found[2]), text) if pins else text


def _record(line: Line, place: tzinfo, fine: bool, pins: frozenset[str] | None) -> str:
    number = "" if line.number is None else f"{line.number:>7}  "
    time = _clock(line.time, place, fine)
    text = line.text.rstrip() if pins is None else without_secrets(line.text.rstrip(), pins)
    return f"{number}{time}{'  ' if time else ''}{text}"
