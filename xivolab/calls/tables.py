"""The table of calls, with the legs and streams of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from xivolab._collector import collector_paused
from xivolab.calls.announced import read_announcements
from xivolab.calls.join import join
from xivolab.calls.leg import Leg, invite_hops, make_legs
from xivolab.calls.linked import linked_legs
from xivolab.calls.media import Agreed, StreamRows, agreed, tie_streams
from xivolab.calls.places import find_places
from xivolab.calls.record import media_fields, signalling_fields
from xivolab.calls.transfer import Transfer, find_transfers
from xivolab.calls.tree import all_legs, root_of
from xivolab.schema import CALL
from xivolab.sip.tables import SipTables
from xivolab.table import Table


@dataclass(slots=True)
class CallTables:
    """`calls` by start; `legs` are the legs of each of its rows, the caller's first.

    For each stream `stream_calls` has the id of its call or None, `stream_rules` the rule that tied it, `stream_legs`
    the Call-ID of its leg, `stream_agreed` what the SDP of that leg says of it.
    """

    calls: Table
    legs: list[list[Leg]]
    stream_calls: list[str | None]
    stream_rules: list[str | None]
    stream_legs: list[str | None]
    stream_agreed: list[Agreed]


@collector_paused
def build(sip: SipTables, streams: StreamRows, hosts: Mapping[str, tuple[str, str]] | None = None) -> CallTables:
    """The calls in the messages of `sip`, with `streams` tied to them. `hosts` maps an IP to (name, role)."""
    index = sip.index
    legs = make_legs(index, [(call_id, session) for call_id, found in sip.sessions.items() for session in found])
    places = find_places(index, hosts or {}, (hop for leg in legs for hop in invite_hops(index, leg.session)))
    announcements = read_announcements(index, legs)
    ties = tie_streams(streams, announcements)
    transfers = find_transfers(index, legs)
    calls = join(index, legs, places, transfers, linked_legs(streams, ties, announcements))
    ids = _ids(calls)
    transfers_of: dict[Leg, list[Transfer]] = defaultdict(list)
    for transfer in transfers:
        transfers_of[root_of(transfer.leg)].append(transfer)
    streams_of: dict[str, list[int]] = defaultdict(list)
    for row, tie in enumerate(ties):
        if tie is not None:
            streams_of[ids[tie.leg]].append(row)
    rows = [
        {
            "id": ids[members[0]],
            **signalling_fields(index, members, places, transfers_of.get(members[0], [])),
            **media_fields(streams, streams_of.get(ids[members[0]], [])),
        }
        for members in calls
    ]
    return CallTables(
        calls=Table.from_rows(CALL, rows),
        legs=[all_legs(members) for members in calls],
        stream_calls=[ids[tie.leg] if tie else None for tie in ties],
        stream_rules=[tie.rule if tie else None for tie in ties],
        stream_legs=[tie.leg.call_id if tie else None for tie in ties],
        stream_agreed=[agreed(index, streams, row, tie, announcements) for row, tie in enumerate(ties)],
    )


def _ids(calls: Sequence[Sequence[Leg]]) -> dict[Leg, str]:
    """The id of the call of each leg: a hash of the first Call-ID; and of the From tag where that is another call's."""
    ids: dict[Leg, str] = {}
    taken: set[str] = set()
    for members in calls:
        first = all_legs(members)[0]
        text = first.call_id if first.call_id not in taken else f"{first.call_id} {first.session.from_tag}"
        taken.add(first.call_id)
        for leg in all_legs(members):
            ids[leg] = blake2b(text.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
    return ids
