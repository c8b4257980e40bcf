"""Legs that media ties together, whatever their numbers say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from xivolab.calls.announced import Announcements
from xivolab.calls.media import NO_SSRC, StreamRows, Tie, overlap

_BESIDE = 8
"""With how many others a stream or announcement is compared: more that are alike tie nothing."""


def linked_legs(streams: StreamRows, ties: Sequence[Tie | None], announcements: Announcements) -> set[frozenset[str]]:
    """Pairs of Call-IDs that media ties together."""
    return _relaying(streams, ties) | _handing_on(announcements)


def _relaying(streams: StreamRows, ties: Sequence[Tie | None]) -> set[frozenset[str]]:
    """Legs of which one goes on with the SSRC of the other: the PBX received and sent it."""
    pairs: set[frozenset[str]] = set()
    by_ssrc: dict[str, list[tuple[int, Tie]]] = defaultdict(list)
    for row, tie in enumerate(ties):
        if tie is not None and streams.ssrc[row] != NO_SSRC:
            by_ssrc[streams.ssrc[row]].append((row, tie))
    for rows in by_ssrc.values():
        for (one, tie), (other, peer) in ((a, b) for n, a in enumerate(rows) for b in rows[n + 1 : n + 1 + _BESIDE]):
            at_one_host = _ip(streams.dst[one]) == _ip(streams.src[other]) or _ip(streams.dst[other]) == _ip(
                streams.src[one]
            )
            if tie.leg is not peer.leg and at_one_host and overlap(streams, one, other):
                pairs.add(frozenset((tie.leg.call_id, peer.leg.call_id)))
    return pairs


def _ip(place: str | None) -> str | None:
    """The address of a place; None for the Asterisk whose log does not tell its own."""
    return None if place is None else place.rpartition(":")[0]


def _handing_on(announcements: Announcements) -> set[frozenset[str]]:
    """Legs that announce the same address and port at one time: direct media. A traffic generator announces one port in
    all its calls, which ties nothing.
    """
    pairs: set[frozenset[str]] = set()
    for announced in announcements.by_place.values():
        for n, later in enumerate(announced):
            before = {a.leg for a in announced[max(0, n - _BESIDE) : n] if a.leg is not later.leg}
            alive = [leg for leg in before if leg.alive_at(later.time)]
            if len(alive) == 1:
                pairs.add(frozenset((alive[0].call_id, later.leg.call_id)))
    return pairs
