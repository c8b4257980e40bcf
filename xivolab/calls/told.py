"""Parents that messages name: X-Call-ID, Replaces, and the targets of blind transfers."""

from __future__ import annotations

from collections.abc import Sequence

from xivolab.calls.leg import Leg, peer_call_id, replaced_call_id
from xivolab.calls.places import Places
from xivolab.calls.transfer import Transfer
from xivolab.calls.tree import adopt
from xivolab.sip.index import MessageIndex

TRANSFER_WITHIN_NS = 5_000_000_000
"""A PBX dials the target of a REFER at once; a slow dialplan may say something first."""


def attach_told(index: MessageIndex, legs: Sequence[Leg], transfers: Sequence[Transfer], places: Places) -> None:
    """Set the parents that messages name: X-Call-ID, Replaces, and the targets of blind transfers."""
    by_call_id = {leg.call_id: leg for leg in legs}
    for leg in legs:
        named = peer_call_id(index, leg)
        if named and named in by_call_id and by_call_id[named].start <= leg.start:
            adopt(by_call_id[named], leg)
        replaced = replaced_call_id(index, leg)
        if replaced and replaced in by_call_id and leg.parent is None:
            adopt(by_call_id[replaced], leg)
            leg.role = "transfer"
    for transfer in transfers:
        if transfer.replaced is None:
            target = _transfer_target(transfer, legs, places)
            if target is not None:
                adopt(transfer.leg, target)
                target.role = "transfer"


def _transfer_target(transfer: Transfer, legs: Sequence[Leg], places: Places) -> Leg | None:
    """The leg dialled for a REFER, by whom it was sent to: to its target; a PBX may dial another number for it."""
    ends = {places.machine(transfer.leg.src), *map(places.machine, transfer.leg.end_places)}
    dialled = [
        leg
        for leg in legs
        if leg.parent is None
        and places.machine(leg.src) in ends - {None, places.machine(transfer.sender)}
        and 0 <= leg.start - transfer.time <= TRANSFER_WITHIN_NS
    ]
    named = [leg for leg in dialled if transfer.target in leg.callees]
    by_pbx = [leg for leg in dialled if places.machine(leg.src) in places.servers]
    return next(iter(named or by_pbx), None)
