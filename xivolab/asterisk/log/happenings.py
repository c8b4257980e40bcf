"""What the chosen records of a log say: steps of the dialplan, and what befell which channel.

The texts are Asterisk's own, of pbx.c, app_dial.c, app_queue.c, bridge_channel.c and others, versions 11 to 23.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xivolab.asterisk.log.pick import INVITE, LOST, MARK, STEP


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that a record tells: `what` as the name of a group below, of `channel` and perhaps an `other`.

    `facts` are what else it says: for a step (exten, context, priority, application, arguments).
    """

    what: str
    channel: str = ""
    other: str = ""
    facts: tuple[str, ...] = ()


_STEP = re.compile(r'Executing \[(.*?)@([^\]]*):(\d+)\] ([^\s("]+)\("([^"]*)", "(.*)"\)(?: in new stack)?\s*$', re.S)
_STORIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("bridge", re.compile(r"Channel (?P<channel>\S+) (?P<a>joined|left) '(?P<b>[^']*)' (?P<c>\S+) <(?P<d>[^>]+)>")),
    (
        "bridge",
        re.compile(
            r"Channel (?P<channel>\S+) (?P<a>swapped) with (?P<other>\S+) into '(?P<b>[^']*)' (?P<c>\S+) <(?P<d>[^>]+)>"
        ),
    ),
    ("answered", re.compile(r"(?P<channel>\S+) answered (?P<other>\S+)$")),
    ("ringing", re.compile(r"(?P<channel>\S+) is ringing")),
    ("called", re.compile(r"Called (?P<a>\S+)$")),
    (
        "exit",
        re.compile(r"Spawn extension \((?P<a>.*), (?P<b>.*), (?P<c>\d+)\) exited non-zero on '(?P<channel>[^']+)'"),
    ),
    ("no-answer", re.compile(r"Nobody picked up in (?P<a>\d+) ms")),
    ("no-answer", re.compile(r"No one is available to answer at this time")),
    ("refused", re.compile(r"Everyone is busy/congested at this time \(\d+:(?P<a>\d+)/(?P<b>\d+)/(?P<c>\d+)\)")),
    ("progress", re.compile(r"(?P<channel>\S+) is making progress passing it to (?P<other>\S+)")),
    ("busy", re.compile(r"(?P<channel>\S+) is (?P<a>busy|circuit-busy)$")),
    ("fell-through", re.compile(r"Auto fallthrough, channel '(?P<channel>[^']+)' status is '(?P<a>[^']*)'")),
    ("not-made", re.compile(r"Unable to create channel of type '(?P<a>[^']*)' \(cause (?P<b>\d+)")),
    ("forwarded", re.compile(r"Now forwarding (?P<channel>\S+) to '(?P<a>[^']+)'")),
    ("timed-out", re.compile(r"Disconnecting channel '(?P<channel>[^']+)' for lack of (?P<a>\w+)")),
    (
        "no-extension",
        re.compile(
            r"\s*(?P<a>\S*?):? ?Call \(?(?:from '(?P<b>[^']*)' \()?(?P<c>[^)]*)\) to extension '(?P<d>[^']*)' rejected because "
            r"extension not found in context '(?P<e>[^']*)'"
        ),
    ),
)
_CALL_ID = re.compile(rb"^(?:Call-ID|i)[ \t]*:[ \t]*([^\r\n]+?)[ \t]*(?:\r|\^M)?$", re.M | re.I)
_USER = re.compile(rb"^INVITE sips?:(?:([^@\s;>]+)@)?", re.M)
_FROM = re.compile(rb"^(?:From|f)[ \t]*:[^\r\n]*?sips?:(?:([^@\s;>]+)@)?", re.M | re.I)


def read_step(text: str) -> Happening | None:
    """A step of the dialplan; None for what is none."""
    found = _STEP.match(text)
    if found is None:
        return None
    exten, context, priority, application, channel, arguments = found.groups()
    return Happening("step", channel, "", (exten, context, priority, application, arguments))


def read_story(text: str) -> Happening | None:
    """What befell a channel; None for what tells nothing."""
    for what, pattern in _STORIES:
        found = pattern.match(text)
        if found:
            named = found.groupdict()
            facts = tuple(named[name] or "" for name in "abcde" if name in named)
            return Happening(what, named.get("channel") or "", named.get("other") or "", facts)
    return None


def read_invite(text: bytes) -> Happening | None:
    """An INVITE that the SIP logger printed: facts are "in" or "out", Call-ID, user of From, user of the Request-URI."""
    found = _CALL_ID.search(text)
    if found is None:
        return None
    head = text[:40]
    way = "in" if b"Received" in head or b"read from" in head else "out"
    users = [match[1] if (match := pattern.search(text)) else None for pattern in (_FROM, _USER)]
    return Happening(
        "invite", "", "", (way, *((word or b"").decode("utf-8", "replace") for word in (found[1], *users)))
    )


def read_record(kind: int, text: bytes) -> Happening | None:
    """What a chosen record tells."""
    if kind == INVITE:
        return read_invite(text)
    words = text.decode("utf-8", "replace")
    if kind == LOST:
        number = re.search(r"(\d+) messages discarded", words)
        return Happening("lost", "", "", (number[1] if number else "",))
    if kind == MARK:
        return Happening(
            "opened" if " built by " in words else "stopped" if "nding" in words or "eginning" in words else "started"
        )
    if kind == STEP:
        return read_step(words)
    return read_step(words) if words.startswith("Executing [") else read_story(words)
