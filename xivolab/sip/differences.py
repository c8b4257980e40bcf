"""What differs between two SIP messages: start line, header by header, SDP by line, other bodies by line.

The order of headers with different names, their spelling (compact, upper case) and folding mean nothing (RFC 3261 7.3.1)
and are no difference; the order of values of one header is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from xivolab.sip.body import find_sdp
from xivolab.sip.message import SipMessage, canonical, decode, parse_message
from xivolab.sip.uri import parse_address

Part = Literal["start-line", "header", "sdp", "body"]
Change = Literal["changed", "added", "removed", "same"]

REQUEST_URI, START_LINE = "Request-URI", "start line"

# Headers of which each hop writes a value of its own: their values are compared one by one, any other header as a whole.
_BY_VALUE = frozenset(
    (
        "contact",
        "diversion",
        "history-info",
        "p-asserted-identity",
        "path",
        "record-route",
        "route",
        "service-route",
        "via",
    )
)
_SHORT_WORDS = {"id": "ID", "cseq": "CSeq", "www": "WWW", "mime": "MIME", "sip": "SIP", "rack": "RAck", "rseq": "RSeq"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: `name` is a header's long name ("Contact"), "Request-URI", or what an SDP line begins with
    ("c=", "m=audio", "a=rtpmap:8").

    `old` is None where it was added, `new` where it was removed; both are text as in the message, unfolded. `place` tells
    where an SDP line stands: "session", "audio 1", … (the number of the media line); "" elsewhere.
    """

    part: Part
    name: str
    old: str | None
    new: str | None
    place: str = ""

    @property
    def change(self) -> Change:
        """What happened to it; "same" only where both messages are shown whole."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "same" if self.old == self.new else "changed"


def differences(old: bytes, new: bytes) -> list[Difference]:
    """What must be changed in the message `old` (as captured) to get `new`: start line, headers, body, in this order."""
    before, after = parse_message(old), parse_message(new)
    return [*_start_line(before, after), *_headers(before, after), *_bodies(old, new, before, after)]


def side_by_side(old: bytes, new: bytes) -> list[Difference]:
    """Both messages whole, line by line: what is the same too. The start lines first, each header beside its like."""
    before, after = parse_message(old), parse_message(new)
    lines = [Difference("start-line", START_LINE, before.start_line, after.start_line)]
    for name in dict.fromkeys(canonical(name) for name, _ in (*before.headers, *after.headers)):
        values = [_values(message, name) for message in (before, after)]
        pairs = _paired(values[0], values[1], _branch if name == "via" else str)
        lines += [Difference("header", long_name(name), *pair) for pair in pairs]
    descriptions = find_sdp(old), find_sdp(new)
    if not any(descriptions):
        bodies = [decode(body).replace("\r\n", "\n").splitlines() for body in (before.body, after.body)]
        return [*lines, *(Difference("body", "", *pair) for pair in _paired(bodies[0], bodies[1], str))]
    sections = [_sections(sdp) for sdp in descriptions]
    for place in dict.fromkeys([*sections[0], *sections[1]]):
        pairs = _paired(sections[0].get(place, []), sections[1].get(place, []), sdp_key)
        lines += [Difference("sdp", sdp_key(a or b or ""), a, b, place) for a, b in pairs]
    return lines


def _start_line(before: SipMessage, after: SipMessage) -> list[Difference]:
    if before.start_line == after.start_line:
        return []
    if before.is_request and before.method == after.method and before.uri != after.uri:
        return [Difference("start-line", REQUEST_URI, before.uri, after.uri)]
    return [Difference("start-line", START_LINE, before.start_line, after.start_line)]


def _headers(before: SipMessage, after: SipMessage) -> list[Difference]:
    names = dict.fromkeys(canonical(name) for name, _ in (*before.headers, *after.headers))
    found: list[Difference] = []
    for name in names:
        values = [_values(message, name) for message in (before, after)]
        pairs = _aligned(values[0], values[1], _branch if name == "via" else str)
        found += [Difference("header", long_name(name), *pair) for pair in pairs]
    return found


def long_name(name: str) -> str:
    """A header's name in lower case, as the RFCs write it: "call-id" gives "Call-ID"."""
    return "-".join(_SHORT_WORDS.get(word, word[:1].upper() + word[1:]) for word in name.split("-"))


def _values(message: SipMessage, name: str) -> list[str]:
    values = message.values(name)
    return values if name in _BY_VALUE or not values else [", ".join(values)]


def _branch(via: str) -> str:
    """The branch of a Via (RFC 3261 8.1.1.7): a hop that fills in `received` and `rport` leaves it alone."""
    return parse_address(f"<{via.partition(';')[0]}>;{via.partition(';')[2]}").parameters.get("branch", via)


def _bodies(old: bytes, new: bytes, before: SipMessage, after: SipMessage) -> list[Difference]:
    descriptions = find_sdp(old), find_sdp(new)
    if any(descriptions):
        return sdp_differences(*descriptions)
    if before.body == after.body:
        return []
    lines = [decode(body).replace("\r\n", "\n").splitlines() for body in (before.body, after.body)]
    return [Difference("body", "", *pair) for pair in _aligned(lines[0], lines[1], str)]


def sdp_differences(old: bytes | None, new: bytes | None) -> list[Difference]:
    """What differs between two session descriptions, by line; a description that is not there is an empty one."""
    sections = [_sections(old), _sections(new)]
    found: list[Difference] = []
    for place in dict.fromkeys([*sections[0], *sections[1]]):
        lines = [section.get(place, []) for section in sections]
        for before, after in _aligned(lines[0], lines[1], sdp_key):
            found.append(Difference("sdp", sdp_key(before or after or ""), before, after, place))
    return found


def _sections(sdp: bytes | None) -> dict[str, list[str]]:
    """The lines of a description by the place where they stand."""
    sections: dict[str, list[str]] = {}
    place, media = "session", 0
    for line in decode(sdp or b"").replace("\r", "").split("\n"):
        if line.startswith("m="):
            media += 1
            place = f"{line[2:].split(' ', 1)[0]} {media}"
        if line.strip():
            sections.setdefault(place, []).append(line)
    return sections


def sdp_key(line: str) -> str:
    """What an SDP line is about, its value left out: "c=", "m=audio", "a=sendrecv", "a=fmtp:101"."""
    kind, value = line[:2], line[2:]
    if kind == "m=":
        return kind + value.split(" ", 1)[0]
    if kind != "a=":
        return kind
    name, colon, rest = value.partition(":")
    return f"a={name}:{rest.split(' ', 1)[0]}" if colon and name in ("rtpmap", "fmtp", "rtcp-fb") else f"a={name}"


def _aligned(old: Sequence[str], new: Sequence[str], key: Callable[[str], str]) -> list[tuple[str | None, str | None]]:
    """The values that differ, side by side."""
    return [] if old == new else [pair for pair in _paired(old, new, key) if pair[0] != pair[1]]


def _paired(old: Sequence[str], new: Sequence[str], key: Callable[[str], str]) -> list[tuple[str | None, str | None]]:
    """The values side by side: those of one key, else those of one place counted from the end (a hop that adds a Via,
    Route or Record-Route puts it on top).
    """
    keys = [key(value) for value in old], [key(value) for value in new]
    found: list[tuple[str | None, str | None]] = []
    for _, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        missing = (d - c) - (b - a)
        before = [*[None] * missing, *old[a:b]]
        after = [*[None] * -missing, *new[c:d]]
        found += zip(before, after, strict=True)
    return found
