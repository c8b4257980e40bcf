"""`queue show` (apps/app_queue.c): queues, their members, who waits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from xivolab.asterisk.cli.found import Found, seconds, told, whole
from xivolab.asterisk.cli.lines import Line
from xivolab.asterisk.cli.wrapped import joined_rows

_ROW = re.compile(
    r"""
      (?P<queue>\S.*?)\ has\ (?P<calls>\d+)\ calls?\ \(max\ (?P<most>unlimited|\d+)\)\ in\ '(?P<strategy>[^']*)'\ strategy
      (?:\ \((?P<hold>-?\d+)s\ holdtime(?:,\ (?P<talk>-?\d+)s\ talktime)?\))?,\ W:(?P<weight>-?\d+),\ C:(?P<completed>\d+),\ A:(?P<abandoned>\d+),
      \ SL:(?P<level>[\d.]+)%(?:,\ SL2:(?P<level2>[\d.]+)%)?\ within\ (?P<within>\d+)s
    | (?P<nobody>No\ Members|No\ Callers)
    | (?P<heading>Members|Callers):
    | (?P<position>\d+)\.\ (?P<channel>\S+)\ \(wait:\ (?P<wait>[\d:]+),\ prio:\ (?P<prio>-?\d+)\)
    | (?=.*\ has\ taken\ )(?P<member>\S.*?)(?P<told>(?:\ \(.*?\)|\ with\ penalty\ -?\d+)*)\ has\ taken\ (?P<taken>no|\d+)\ calls?(?:\ yet)?
      (?P<since>(?:\ \((?:last|login)\ was\ -?\d+\ secs\ ago\))*)
    """,
    re.VERBOSE,
)
_BEGINS = re.compile(r"\s*(?:.* has \d+ calls? \(max |No Members|No Callers|Members:|Callers:|\d+\. \S+/)")
_AGO = re.compile(r"(last|login) was (-?\d+) secs ago")
_PAUSED = re.compile(r"\(paused(?::(?P<reason>.*?))?(?: was (?P<ago>-?\d+) secs ago)?\)")
_FLAGS = ("dynamic", "realtime", "in call")


def queues(lines: Sequence[Line]) -> Iterator[Found]:
    """The rows of the tables "queues", "queue-members" and "queue-callers"."""
    members = _Members()
    rows = [line for line in lines if not line.blank]
    queue: Found | None = None
    for line, found in joined_rows(rows, _ROW, members.begins):
        if found["queue"] is not None:
            queue = Found("queues", line.number, _queue(found))
            yield queue
        elif queue is None:
            continue
        elif found["position"] is not None:
            yield Found("queue-callers", line.number, {"queue": queue.fields["queue"], **_caller(found)})
        elif found["member"] is not None:
            queue.fields["members"] += 1
            yield Found("queue-members", line.number, {"queue": queue.fields["queue"], **_member(found)})


class _Members:
    """Where a row begins: a member's does not look like anything, so it is what follows a whole one."""

    def __init__(self) -> None:
        self._text: str | None = None

    def begins(self, text: str) -> bool:
        """Whether a row begins with this line."""
        return bool(_BEGINS.match(text)) or bool(_MEMBER.match(text))


# An interface, in brackets or alone, and what is told of it; its name before it may be anything.
_MEMBER = re.compile(r"\s*(?!has\b|\()(?:\S.*? \()?[A-Za-z]\w*/\S+(?: from \S+)?(?:[) ]|$)")


def _queue(found: re.Match[str]) -> dict[str, Any]:
    return {
        "queue": found["queue"],
        "calls": int(found["calls"]),
        "calls_max": None if found["most"] == "unlimited" else int(found["most"]),
        "strategy": found["strategy"],
        "holdtime_s": whole(found["hold"]),
        "talktime_s": whole(found["talk"]),
        "weight": int(found["weight"]),
        "completed": int(found["completed"]),
        "abandoned": int(found["abandoned"]),
        "sl_pct": float(found["level"]),
        "sl2_pct": float(found["level2"]) if found["level2"] else None,
        "sl_s": int(found["within"]),
        "members": 0,
    }


def _caller(found: re.Match[str]) -> dict[str, Any]:
    return {
        "position": int(found["position"]),
        "channel": found["channel"],
        "wait_s": seconds(found["wait"]),
        "priority": int(found["prio"]),
    }


def _member(found: re.Match[str]) -> dict[str, Any]:
    text = found["told"]
    ago = {name: int(count) for name, count in _AGO.findall(found["since"])}
    penalty = re.search(r" with penalty (-?\d+)", text)
    paused = _PAUSED.search(text)
    named = re.match(r" \((?P<interface>[A-Za-z]\w*/\S+?)(?: from (?P<state>\S+?))?\)", text)
    ringing = re.search(r"\(ringinuse (enabled|disabled)\)", text)
    flags = re.findall(r"\(([^()]*)\)", text)
    state = next((flag for flag in reversed(flags) if flag[:1].isupper() and "/" not in flag), None)
    plain = re.fullmatch(r"(\S+) from (\S+)", found["member"])
    return {
        "name": plain[1] if plain else found["member"],
        "interface": named["interface"] if named else plain[1] if plain else found["member"],
        "state_interface": told(named["state"]) if named else plain[2] if plain else None,
        "state": state,
        "penalty": int(penalty[1]) if penalty else 0,
        "paused": bool(paused),
        "paused_reason": told(paused["reason"]) if paused else None,
        "paused_for_s": whole(paused["ago"]) if paused else None,
        **{flag.replace(" ", "_"): flag in flags for flag in _FLAGS},
        "ringinuse": ringing[1] == "enabled" if ringing else None,
        "calls_taken": 0 if found["taken"] == "no" else int(found["taken"]),
        "last_call_ago_s": ago.get("last"),
        "login_ago_s": ago.get("login"),
    }
