"""Parents that messages name: X-Call-ID, Replaces, and the targets of blind transfers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

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
    dialled = _Dialled(legs, places)
    for transfer in transfers:
        if transfer.replaced is None:
            target = dialled.target(transfer)
            if target is not None:
                adopt(transfer.leg, target)
                target.role = "transfer"


class _Dialled:
    """Which leg was dialled for a REFER: legs are looked up by the machine that dialled and the time of it."""

    def __init__(self, legs: Sequence[Leg], places: Places) -> None:
        self._places = places
        self._by_machine: dict[str | None, list[tuple[int, int, Leg]]] = defaultdict(list)
        for number, leg in enumerate(legs):
            self._by_machine[places.machine(leg.src)].append((leg.start, number, leg))
        for dialled in self._by_machine.values():
            dialled.sort(key=_start)

    def target(self, transfer: Transfer) -> Leg | None:
        """The leg dialled by whom the REFER was sent to: to its target; a PBX may dial another number for it."""
        places = self._places
        ends = {places.machine(transfer.leg.src), *map(places.machine, transfer.leg.end_places)}
        dialled = sorted(
            (number, leg)
            for machine in ends - {None, places.machine(transfer.sender)}
            for _, number, leg in self._since(machine, transfer.time)
            if leg.parent is None
        )
        named = (leg for _, leg in dialled if transfer.target in leg.callees)
        by_pbx = (leg for _, leg in dialled if places.is_server(leg.src))
        return next(named, None) or next(by_pbx, None)

    def _since(self, machine: str | None, time: int) -> Iterator[tuple[int, int, Leg]]:
        dialled = self._by_machine.get(machine, [])
        first, last = (
            bisect_left(dialled, time, key=_start),
            bisect_right(dialled, time + TRANSFER_WITHIN_NS, key=_start),
        )
        yield from dialled[first:last]


def _start(dialled: tuple[int, int, Leg]) -> int:
    return dialled[0]
