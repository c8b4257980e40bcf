"""Which call at one point is which at the other: those that share a leg; else two legs of one call, by parties and time."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from xivolab.calls import same_party
from xivolab.schema import NULL_INT
from xivolab.work.compare.matching import Matching

Relation = Literal["same", "legs", "a", "b"]

_LEGS_WITHIN_NS = 3 * 10**9
_CLOCKS_WITHIN_NS = 60 * 10**9
"""A B2BUA that only rings the called phone sends its INVITE well within this."""


@dataclass(slots=True)
class CallPair:
    """One call: its rows in the tables of A and B, and how they belong together."""

    a: list[int]
    b: list[int]
    relation: Relation
    id: str = ""


def pair_calls(matching: Matching) -> list[CallPair]:
    """The calls of both points, by start on A's clock."""
    table_a, table_b = (side.case.table("calls") for side in (matching.a, matching.b))
    renamed = matching.pairing.call_ids
    at_b = {call_id: row for row, legs in enumerate(table_b["legs"].tolist()) for call_id in legs}
    pairs: list[CallPair] = []
    for row, legs in enumerate(table_a["legs"].tolist()):
        shared = {at_b[renamed[call_id]] for call_id in legs if renamed.get(call_id) in at_b}
        touched = [pair for pair in pairs if shared & set(pair.b)]
        pairs = [pair for pair in pairs if pair not in touched]
        rows_a = sorted({row}.union(*(pair.a for pair in touched)))
        rows_b = sorted(shared.union(*(pair.b for pair in touched)))
        pairs.append(CallPair(rows_a, rows_b, "same" if rows_b else "a"))
    taken = {row for pair in pairs for row in pair.b}
    left = [row for row in range(len(table_b)) if row not in taken]
    for pair in pairs:
        if pair.relation == "a" and (found := _other_leg(matching, pair.a[0], left)) is not None:
            left.remove(found)
            pair.b, pair.relation = [found], "legs"
    pairs += [CallPair([], [row], "b") for row in left]
    for pair in pairs:
        pair.id = _id(table_a, table_b, pair)
    return sorted(pairs, key=lambda pair: (start(matching, pair) or 0, pair.id))


def start(matching: Matching, pair: CallPair) -> int | None:
    """When a call began, by A's clock (ns)."""
    if pair.a:
        time = int(matching.a.case.table("calls")["start"][pair.a[0]])
        return None if time == NULL_INT else time
    time = int(matching.b.case.table("calls")["start"][pair.b[0]])
    return None if time == NULL_INT else matching.offset.one_to_a(time)


def _other_leg(matching: Matching, row: int, left: list[int]) -> int | None:
    """The call at B that has the parties of one at A and begins soon after or before it; None if there is not just one."""
    calls_a, calls_b = (side.case.table("calls") for side in (matching.a, matching.b))
    begun = start(matching, CallPair([row], [], "a"))
    # Without a packet in common nothing tells the offset: clocks that somebody set differ by less than this.
    within = _CLOCKS_WITHIN_NS if matching.offset.ways == "none" else _LEGS_WITHIN_NS
    fits = []
    for other in left:
        parties = [
            (calls_a[field][row], calls_b[field][other]) for field in ("caller", "from_user", "callee", "to_user")
        ]
        same = [same_party(*pair) for pair in parties]
        time = start(matching, CallPair([], [other], "b"))
        if any(same[:2]) and any(same[2:]) and (begun is None or time is None or abs(time - begun) <= within):
            fits.append(other)
    return fits[0] if len(fits) == 1 else None


def _id(table_a: Any, table_b: Any, pair: CallPair) -> str:
    ids = [table_a["id"][row] for row in pair.a] + ["|"] + [table_b["id"][row] for row in pair.b]
    return sha256(" ".join(ids).encode()).hexdigest()[:12]
