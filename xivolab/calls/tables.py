"""The table of calls, with the legs and streams of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from xivolab._collector import collector_paused
from xivolab.calls.across import attach_across
from xivolab.calls.announced import read_announcements
from xivolab.calls.begun import attach_begun_before, direct
from xivolab.calls.dialled import attach_dialled
from xivolab.calls.leg import Leg, invite_hops, make_leg
from xivolab.calls.linked import linked_legs
from xivolab.calls.media import StreamRows, Tie, tie_streams
from xivolab.calls.onward import attach_onward, attach_picked_up
from xivolab.calls.originated import attach_click_to_call
from xivolab.calls.outcome import answered_by, call_end, call_state, connected_at, set_roles
from xivolab.calls.parties import callee_number, caller_number
from xivolab.calls.places import Places, find_places
from xivolab.calls.release import released_by, told_cause
from xivolab.calls.retry import attach_retries
from xivolab.calls.told import attach_told
from xivolab.calls.transfer import Transfer, find_transfers
from xivolab.calls.tree import groups, root_of
from xivolab.schema import CALL, NULL_INT
from xivolab.sip.index import MessageIndex
from xivolab.sip.tables import SipTables
from xivolab.table import Table


@dataclass(slots=True)
class CallTables:
    """`calls` by start; `legs` are the legs of each of its rows, the caller's first.

    For each stream `stream_calls` has the id of its call or None, `stream_rules` the rule that tied it, `stream_legs`
    the Call-ID of its leg.
    """

    calls: Table
    legs: list[list[Leg]]
    stream_calls: list[str | None]
    stream_rules: list[str | None]
    stream_legs: list[str | None]


@collector_paused
def build(sip: SipTables, streams: StreamRows, hosts: Mapping[str, tuple[str, str]] | None = None) -> CallTables:
    """The calls in the messages of `sip`, with `streams` tied to them. `hosts` maps an IP to (name, role)."""
    index = sip.index
    legs = [make_leg(index, call_id, session) for call_id, sessions in sip.sessions.items() for session in sessions]
    places = find_places(index, hosts or {}, (hop for leg in legs for hop in invite_hops(index, leg.session)))
    announcements = read_announcements(index, legs)
    ties = tie_streams(streams, announcements)
    transfers = find_transfers(index, legs)
    direct(index, legs, places)
    attempts = attach_retries(legs)
    attach_told(index, attempts, transfers, places)
    attach_dialled(attempts, places, linked_legs(streams, ties, announcements))
    attach_across(attempts, places)
    attach_click_to_call(attempts, places)
    attach_onward(attempts, places)
    attach_picked_up(attempts, places)
    attach_begun_before(index, attempts, places)
    calls = groups(attempts, transfers)
    ids = _ids(calls)
    stream_calls = [_call_id(tie, ids) for tie in ties]
    by_call: dict[str, list[int]] = {}
    for row, call in enumerate(stream_calls):
        if call is not None:
            by_call.setdefault(call, []).append(row)
    rows = []
    for members in calls:
        set_roles(members)
        call = ids[members[0]]
        media = _media(streams, by_call.get(call, []))
        rows.append({"id": call, **_record(index, members, places, transfers), **media})
    return CallTables(
        calls=Table.from_rows(CALL, rows),
        legs=[_all_legs(members) for members in calls],
        stream_calls=stream_calls,
        stream_rules=[tie.rule if tie else None for tie in ties],
        stream_legs=[tie.leg.call_id if tie else None for tie in ties],
    )


def _all_legs(members: Sequence[Leg]) -> list[Leg]:
    """The legs of a call, each after its tries under other Call-IDs."""
    return [leg for member in members for leg in (*member.challenged, member)]


def _ids(calls: Sequence[Sequence[Leg]]) -> dict[Leg, str]:
    """The id of the call of each leg: a hash of the first Call-ID; and of the From tag where that is another call's."""
    ids: dict[Leg, str] = {}
    taken: set[str] = set()
    for members in calls:
        first = _all_legs(members)[0]
        text = first.call_id if first.call_id not in taken else f"{first.call_id} {first.session.from_tag}"
        taken.add(first.call_id)
        for leg in _all_legs(members):
            ids[leg] = blake2b(text.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
    return ids


def _call_id(tie: Tie | None, ids: Mapping[Leg, str]) -> str | None:
    return None if tie is None else ids[tie.leg]


def _record(index: MessageIndex, legs: Sequence[Leg], places: Places, transfers: Sequence[Transfer]) -> dict[str, Any]:
    """The fields that signalling tells."""
    root = legs[0]
    first = _all_legs(legs)[0]
    originated = len(legs) > 1 and places.machine(root.src) == places.machine(legs[1].src) and not root.partial
    own = [transfer for transfer in transfers if root_of(transfer.leg) is root]
    end = call_end(legs, own)
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
        "released_by": released_by(index, legs, places, own, originated),
        "partial": root.partial,
        "legs": [leg.call_id for leg in _all_legs(legs)],
        "leg_details": [leg.detail() for leg in _all_legs(legs)],
        "codecs": root.codecs,
        "findings": [],
        "log_ids": [],
        "linkedids": [],
    }


def _talk_seconds(root: Leg, talking: int | None, end: int | None) -> float | None:
    if talking is not None:
        return _seconds(talking, end)
    return None if root.partial and root.status is None else 0.0


def _seconds(start: int, end: int | None) -> float | None:
    """The time between two events; None where one is unknown, or where the capture's clock was set back between them."""
    return None if end is None or NULL_INT in (start, end) or end < start else (end - start) / 1e9


def _media(streams: StreamRows, rows: Sequence[int]) -> dict[str, Any]:
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
