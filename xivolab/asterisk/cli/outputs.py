"""A paste taken apart: which lines are the output of which command.

A prompt says which command it was; without one, what stands in the lines does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import tee, zip_longest
from typing import Literal

from xivolab.asterisk.cli.clock import time_on
from xivolab.asterisk.cli.lines import Line

Kind = Literal[
    "channelstats",
    "pjsip",
    "channels",
    "concise",
    "verbose",
    "channel",
    "hints",
    "server",
    "dialplan",
    "queues",
    "spans",
]


@dataclass(slots=True)
class Output:
    """What one command printed. `taken_at` is in ns since 1970, None where nothing told; `command` None without a prompt."""

    kind: Kind | None
    command: str | None
    taken_at: int | None
    lines: list[Line] = field(default_factory=list)
    begun: bool = False  # whether something follows its headings

    @property
    def argument(self) -> str | None:
        """The last word of the command: the object it was about."""
        return self.command.split()[-1] if self.command else None


_NAMES = r"pjsip\s+(?:show|list)|core\s+show|dialplan\s+show|queue\s+show|dahdi\s+show|sip\s+show"
_PROMPT = re.compile(r"\s*[\w.@-]*\*?CLI>\s*(?P<command>.*)")
_SHELL = re.compile(
    r".*\basterisk\s+(?:-\w+\s+)*?-\w*x\s+(?P<quote>['\"“”‘’]?)(?P<command>[a-z].*?)(?:(?P=quote)|['\"”’])?\s*$"
)
_BARE = re.compile(rf"[\W_]{{0,3}}(?P<command>(?:{_NAMES})\s+[\w/@ .:-]+?)\s*")
_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"pjsip\s+show\s+channelstats", "channelstats"),
    (r"pjsip\s+(?:show|list)", "pjsip"),
    (r"core\s+show\s+channels\s+concise", "concise"),
    (r"core\s+show\s+channels\s+verbose", "verbose"),
    (r"core\s+show\s+channels", "channels"),
    (r"core\s+show\s+channel\s", "channel"),
    (r"core\s+show\s+hints?", "hints"),
    (r"core\s+show\s+(?:version|uptime)", "server"),
    (r"dialplan\s+show", "dialplan"),
    (r"queue\s+show", "queues"),
    (r"dahdi\s+show\s+status", "spans"),
)
_HEADINGS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"\s*\.{3,}Receive\.{3,}|\s*BridgeId\s+ChannelId\b"), "channelstats"),
    (
        re.compile(
            r"\s*[\w/]+:\s+<[A-Z][\w/()]*\.{2,}>|\s*<Registration/ServerURI|\s*ParameterName\s*:\s*ParameterValue"
        ),
        "pjsip",
    ),
    (re.compile(r"\s*Channel\s+Location\s+State\s+Application"), "channels"),
    (re.compile(r"\s*Channel\s+Context\b"), "verbose"),
    (re.compile(r"\s*-= Registered Asterisk Dial ?[Pp]lan Hints =-"), "hints"),
    (re.compile(r"\s*\[ (?:Included c|C)ontext '"), "dialplan"),
    (re.compile(r"\s*(?:Span\s+)?Description\s+Alarms\s+IRQ\b"), "spans"),
    (re.compile(r"\s*-- General --"), "channel"),
)
_ROWS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"\s*(?:Endpoint|Aor|Contact|InAuth|OutAuth|Auth|Transport|Identify|Channel):\s+\S+"), "pjsip"),
    (re.compile(r".*\d\d:\d\d:\d\d\s+(?:\S+\s+)?\d+K?\s+\d+K?\s*\d+\s+\d+\.\d{3}\b"), "channelstats"),
    (re.compile(r".* has \d+ calls? \(max "), "queues"),
    (re.compile(r"[A-Za-z][\w-]*/[^!\s]*![^!]*![^!]*!\d+![A-Z]\w*"), "concise"),
    (re.compile(r"\s*[A-Za-z][\w-]*/\S+\s+(?:\(None\)|\S+@\S+:\d+)\s+[A-Z]\w+\s+\w+"), "channels"),
    (re.compile(r"\s*\S+@\S*\s*:.*\bState:\S+\s+(?:Presence:\S*\s+)?Watchers\s+\d+"), "hints"),
    (re.compile(r"\s*Asterisk \S+ built by |\s*System uptime: |\s*Last reload: "), "server"),
    (
        re.compile(r"\s*\d+ active (?:channel|call)s?\b|\s*\d+ of \d+ max active calls?\b|\s*\d+ calls? processed"),
        "server",
    ),
)
_WIDE = re.compile(r"\s*(?:Channel|Span|Description|BridgeId)\b")
_FIRST_OF_SERVER = re.compile(r"\s*(?:Asterisk |System uptime: |\d+ active channel)")
_RULER = re.compile(r"\s*[=-]{8,}\s*")
_ENDS: dict[Kind, re.Pattern[str]] = {
    "channelstats": re.compile(r"\s*Objects found: \d+|\s*No objects found"),
    "pjsip": re.compile(r"\s*Objects found: \d+|\s*No objects found|\s*Unable to find object"),
    "channels": re.compile(r"\s*\d+ calls? processed"),
    "verbose": re.compile(r"\s*\d+ calls? processed"),
    "hints": re.compile(r"\s*- \d+ hints? registered|\s*There are no registered dialplan hints"),
    "dialplan": re.compile(r"\s*-= \d+ extensions? \(\d+ priorit"),
}


def outputs(lines: Iterable[Line], place: tzinfo | None = None) -> Iterator[Output]:
    """The outputs in the lines of one file, in order. Times without a zone are of `place`."""
    now: int | None = None
    current: Output | None = None
    for line, after in _with_next(lines):
        moment = None if _goes_on(current) else time_on(line.text, place)
        if moment is not None:
            now = moment
            if current:
                yield current
            current = None
        if command := command_on(line.text):
            if current:
                yield current
            current = Output(kind_of(command), command, now)
            continue
        if moment is not None:
            continue
        heading = _first(_HEADINGS, line.text)
        if heading is None and after is not None and _WIDE.match(line.text):  # broken, between words or in one
            heading = _first(_HEADINGS, f"{line.text} {after.text}") or _first(_HEADINGS, line.text + after.text)
        kind = heading or _first(_ROWS, line.text)
        if kind and _begins(current, kind, heading is not None, line):
            if current:
                yield current
            current = Output(kind, None, now)
        if current is None:
            continue
        if current.kind is None:
            current.kind = kind
        current.lines.append(line)
        if not heading and not line.blank and not _RULER.fullmatch(line.text):
            current.begun = True
        if current.kind and (end := _ENDS.get(current.kind)) and end.match(line.text):
            yield current
            current = None
    if current:
        yield current


def _goes_on(current: Output | None) -> bool:
    """Whether a line that looks like a clock is the end of a broken one: a unique id, the day when Asterisk was built."""
    if current is None or not current.lines:
        return False
    last = current.lines[-1].text.rstrip()
    if current.kind == "concise":
        return not re.search(r"!(?:[\w.-]*-)?\d+\.\d+$", last)
    return current.kind == "server" and " built by " in last and not re.search(r"\d\d:\d\d:\d\d(?: UTC)?$", last)


def _with_next(lines: Iterable[Line]) -> Iterator[tuple[Line, Line | None]]:
    """Each line with the one after it."""
    here, there = tee(lines)
    next(there, None)
    return zip_longest(here, there)


def command_on(text: str) -> str | None:
    """The Asterisk command that was typed on this line: after a prompt, given to `asterisk -rx`, or standing alone."""
    for form, whole in ((_PROMPT, False), (_SHELL, False), (_BARE, True)):
        found = form.fullmatch(text) if whole else form.match(text)
        if found:
            return " ".join(found["command"].split()) or None
    return None


def kind_of(command: str) -> Kind | None:
    """What the output of a command is like."""
    return next((kind for form, kind in _KINDS if re.match(form, f"{command} ")), None)


def _first(signs: tuple[tuple[re.Pattern[str], Kind], ...], text: str) -> Kind | None:
    return next((kind for sign, kind in signs if sign.match(text)), None)


def _begins(current: Output | None, kind: Kind, heading: bool, line: Line) -> bool:
    """Whether a line of some kind begins a new output."""
    if current is None:
        return True
    if current.kind is None:
        return False
    if current.kind == "channel":  # its variables may look like anything
        return kind in ("concise", "queues", "server") or (heading and (kind != "channel" or current.begun))
    if kind == "server" and current.kind in ("channels", "verbose"):
        return False
    if kind == current.kind == "server":
        return current.begun and bool(_FIRST_OF_SERVER.match(line.text))
    if kind != current.kind:
        return True
    if kind == "dialplan" or line.text.lstrip().startswith("ParameterName"):
        return False  # every context has such a heading; the table of settings follows the object
    return heading and current.begun
