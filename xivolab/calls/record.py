"""The record of one call, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xivolab.calls.leg import Leg
from xivolab.calls.media import StreamRows
from xivolab.calls.outcome import answered_by, call_end, call_state, connected_at
from xivolab.calls.parties import callee_number, caller_number
from xivolab.calls.places import Places
from xivolab.calls.release import released_by, told_cause
from xivolab.calls.transfer import Transfer
from xivolab.calls.tree import all_legs
from xivolab.schema import NULL_INT
from xivolab.sip.index import MessageIndex


def signalling_fields(
    index: MessageIndex, legs: Sequence[Leg], places: Places, transfers: Sequence[Transfer]
) -> dict[str, Any]:
    """The fields that signalling tells. `transfers` are those on `legs`; log and CEL fill the last three."""
    root = legs[0]
    first = all_legs(legs)[0]
    by_server = places.is_server(root.src) and not root.partial
    originated = by_server and len(legs) > 1 and places.machine(root.src) == places.machine(legs[1].src)
    end = call_end(legs, transfers)
    by = answered_by(legs, places)
    connected = connected_at(legs, by)
    talking = connected if connected is not None else root.answered_at
    return {
        "from_user": first.from_user,
        "to_user": first.to_user,
        "caller": caller_number(legs, originated),
        "callee": callee_number(index, legs, originated),
        "start": None if root.partial else first.start,
        "end": end,
        "answered": None if root.partial and root.status is None else root.answered_at is not None,
        "answered_at": root.answered_at,
        "answered_by": by,
        "connected_at": connected,
        "setup_s": None if root.partial else _seconds(first.start, root.ringing_at),
        "talk_s": _talk_seconds(root, talking, end),
        "state": call_state(legs, end),
        "status": root.status,
        "cause": told_cause(index, legs),
        "released_by": released_by(index, legs, places, transfers, originated),
        "partial": root.partial,
        "legs": [leg.call_id for leg in all_legs(legs)],
        "leg_details": [leg.detail() for leg in all_legs(legs)],
        "codecs": root.codecs,
        "findings": [],
        "log_ids": [],
        "linkedids": [],
        "related": [],
        "originated": originated,
    }


def _talk_seconds(root: Leg, talking: int | None, end: int | None) -> float | None:
    if talking is not None:
        return _seconds(talking, end)
    return None if root.partial and root.status is None else 0.0


def _seconds(start: int, end: int | None) -> float | None:
    """The time between two events; None where one is unknown, or where the capture's clock was set back between them."""
    return None if end is None or NULL_INT in (start, end) or end < start else (end - start) / 1e9


def media_fields(streams: StreamRows, rows: Sequence[int]) -> dict[str, Any]:
    """The fields that streams tell. The lowest MOS is over one scale: the one most of the streams have."""
    rated = [row for row in rows if len(streams.mos) and streams.mos[row] == streams.mos[row]]
    scales = [streams.mos_scale[row] for row in rated]
    scale = max(sorted({s for s in scales if s}), key=scales.count, default=None)
    values = [streams.mos[row] for row in rated if streams.mos_scale[row] == scale]
    return {
        "streams": list(rows),
        "stream_ids": [streams.id[row] for row in rows],
        "mos_min": min(values, default=None),
        "mos_scale": scale,
    }
