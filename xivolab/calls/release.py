"""Who hung up, and the Q.850 cause that was told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xivolab.calls.leg import Leg
from xivolab.calls.likeness import SECOND
from xivolab.calls.outcome import bridged_legs, outer_legs
from xivolab.calls.places import Places
from xivolab.calls.transfer import Transfer
from xivolab.schema import NULL_INT
from xivolab.sip import scan
from xivolab.sip.index import MessageIndex
from xivolab.sip.message import parse_message

_Q850 = re.compile(r"Q\.850\s*;[^,]*?cause\s*=\s*(\d{1,3})", re.IGNORECASE)

APART_NS = SECOND
"""Two capture points may be this far apart without anybody's noticing: an order closer than that is no order."""


def released_by(
    index: MessageIndex, legs: Sequence[Leg], places: Places, transfers: Sequence[Transfer], originated: bool
) -> str | None:
    """ "caller", "callee", "server", or None where the evidence cannot tell."""
    root = legs[0]
    if root.state == "cancelled":
        return "caller"
    if root.answered_at is None and not (root.partial and root.status is None):
        return _refused_by(legs, places)
    byes = _in_order(index, _byes(legs, transfers))
    if not byes:
        return None
    row, number = byes[0]
    leg = legs[number]
    by_client = _sent_by_client(index, leg, row)
    if len(legs) == 1:
        return _seen_alone(leg, by_client, places)
    if number == 0:
        return "caller" if by_client != originated else "server"
    party_called = not places.is_server(leg.src)  # a consultation, a pickup
    by_party = by_client if party_called else not by_client and not leg.children
    return "callee" if by_party else "server"


def _seen_alone(leg: Leg, by_client: bool, places: Places) -> str | None:
    """Who sent the BYE of a leg that nothing was joined to; None for a PBX: it may have handed it on."""
    sender, far = ({leg.src}, leg.end_places) if by_client else (leg.end_places, {leg.src})
    if any(map(places.is_pbx, sender)) and not (by_client and any(map(places.is_pbx, far))):
        return None
    return "caller" if by_client else "callee"


def _refused_by(legs: Sequence[Leg], places: Places) -> str | None:
    """Who ended a call that was not answered: the callee when every phone refused it, else the server."""
    root, attempts = legs[0], outer_legs(legs)
    if root.status is None:
        return None
    if attempts:
        return "callee" if all(leg.status is not None and leg.state != "cancelled" for leg in attempts) else "server"
    return "server" if any(map(places.is_server, root.end_places)) else "callee"


def _byes(legs: Sequence[Leg], transfers: Sequence[Transfer]) -> list[tuple[Sequence[int], int]]:
    """(rows, number of the leg) of the BYEs on each leg that was up at the end.

    A transferor leaves before the end, also one that the PBX's own keys made one: another callee stayed to the end. When
    the callee left seconds before, the caller was with the server again.
    """
    left = {transfer.leg for transfer in transfers if transfer.completed}
    connected = [legs[0], *bridged_legs(legs)] if not legs[0].partial else list(legs)
    remaining = [leg for leg in connected if leg not in left] or connected
    root_end = legs[0].end
    if legs[0] in remaining and root_end is not None:
        stayed = any(leg is not legs[0] and leg.end is not None and root_end - leg.end < APART_NS for leg in remaining)
        bound = APART_NS if stayed else 5 * SECOND
        remaining = [leg for leg in remaining if leg.end is None or root_end - leg.end < bound]
    return [(leg.session.last_byes, legs.index(leg)) for leg in remaining if leg.session.last_byes]


def _in_order(index: MessageIndex, byes: Sequence[tuple[Sequence[int], int]]) -> list[tuple[int, int]]:
    """(row, number of the leg) of the first BYE of each leg, in their order; none where that cannot be told.

    Where a second capture saw one of the legs alone, one that saw them all tells.
    """
    first = sorted((rows[0], number) for rows, number in byes)
    if len(first) < 2 or _ordered(index, first[0][0], first[1][0]):
        return first
    for file in sorted({int(index.raw.file[row]) for rows, _ in byes for row in rows}):
        within = [([row for row in rows if index.raw.file[row] == file], number) for rows, number in byes]
        if all(rows for rows, _ in within):
            return sorted((rows[0], number) for rows, number in within)
    return []


def _ordered(index: MessageIndex, one: int, other: int) -> bool:
    """Whether one BYE surely came before the other: in one file its order tells, between files only the clocks."""
    if index.raw.file[one] == index.raw.file[other]:
        return True
    times = index.time[one], index.time[other]
    return NULL_INT not in times and abs(times[0] - times[1]) > APART_NS


def _sent_by_client(index: MessageIndex, leg: Leg, row: int) -> bool:
    """Whether the side that sent the INVITE also sent this BYE: its tag is the same (RFC 3261 12.2.1.1)."""
    return bool(index.from_tag[row] == leg.session.from_tag)


def told_cause(index: MessageIndex, legs: Sequence[Leg]) -> int | None:
    """The Q.850 cause in a Reason header (RFC 3326) of what ended the caller's leg, else of what ended a callee's."""
    if not index.rows_with(scan.REASON):
        return None
    others = bridged_legs(legs) if legs[0].answered_at is not None else outer_legs(legs)
    for leg in (legs[0], *others):
        session = leg.session
        for row in (session.bye, session.final, session.cancel):
            cause = _cause(index, row)
            if cause:
                return cause
    return None


def _cause(index: MessageIndex, row: int | None) -> int:
    """The cause in one message; 0, which Asterisk writes for one it does not know, without one."""
    if row is None or row not in index.rows_with(scan.REASON):
        return 0
    found = _Q850.search(",".join(parse_message(index.raw.data[row]).values("reason")))
    return int(found[1]) if found else 0
