"""Legs that media ties together, whatever their numbers say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from xivolab.calls.announced import Announcements
from xivolab.calls.media import NO_SSRC, StreamRows, Tie, overlap


def linked_legs(streams: StreamRows, ties: Sequence[Tie | None], announcements: Announcements) -> set[frozenset[str]]:
    """Pairs of Call-IDs that media ties together: an SSRC relayed from one leg to the other, or a phone's address
    handed on to the other leg (direct media).
    """
    pairs: set[frozenset[str]] = set()
    by_ssrc: dict[str, list[int]] = defaultdict(list)
    for row, tie in enumerate(ties):
        if tie is not None and streams.ssrc[row] != NO_SSRC:
            by_ssrc[streams.ssrc[row]].append(row)
    for rows in by_ssrc.values():
        for one, other in ((a, b) for n, a in enumerate(rows) for b in rows[n + 1 : n + 9]):
            ends = ties[one], ties[other]
            relayed = streams.dst[one].rpartition(":")[0] == streams.src[other].rpartition(":")[0]
            relayed |= streams.dst[other].rpartition(":")[0] == streams.src[one].rpartition(":")[0]
            if relayed and ends[0] and ends[1] and ends[0].leg is not ends[1].leg and overlap(streams, one, other):
                pairs.add(frozenset((ends[0].leg.call_id, ends[1].leg.call_id)))
    for announced in announcements.by_place.values():
        for n, later in enumerate(announced):
            alive = {
                a.leg for a in announced[max(0, n - 4) : n] if a.leg is not later.leg and a.leg.alive_at(later.time)
            }
            if len(alive) == 1:  # a traffic generator announces one port in all its calls: that ties nothing
                pairs.add(frozenset((alive.pop().call_id, later.leg.call_id)))
    return pairs
