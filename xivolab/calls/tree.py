"""The tree that the legs of a call form: each below the leg that it was dialled for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xivolab.calls.leg import Leg
from xivolab.calls.transfer import Transfer


def adopt(parent: Leg, child: Leg) -> None:
    """Make `child` a leg dialled for `parent`, unless that would close a ring."""
    above: Leg | None = parent
    while above is not None:
        if above is child:
            return
        above = above.parent
    child.parent = parent
    parent.children.append(child)


def root_of(leg: Leg) -> Leg:
    """The caller's leg of its call."""
    while leg.parent is not None:
        leg = leg.parent
    return leg


def groups(legs: Iterable[Leg], transfers: Iterable[Transfer]) -> list[list[Leg]]:
    """The legs of each call, the caller's first, then by start; calls by start.

    The consultation call of an attended transfer that completed belongs to the call it was made in.
    """
    ordered = sorted(legs, key=lambda leg: leg.start)
    by_call_id = {leg.call_id: leg for leg in ordered}
    for transfer in transfers:
        consultation = by_call_id.get(transfer.replaced or "")
        if consultation is None or not transfer.completed:
            continue
        roots = sorted((root_of(transfer.leg), root_of(consultation)), key=lambda leg: leg.start)
        if roots[0] is not roots[1]:
            adopt(roots[0], roots[1])
            for leg in _tree(roots[1]):
                leg.role = "transfer"
    return [_tree(leg) for leg in ordered if leg.parent is None]


def _tree(root: Leg) -> list[Leg]:
    """A leg and all below it: the leg first, then by start."""
    below: list[Leg] = []
    stack = list(root.children)
    while stack:
        leg = stack.pop()
        below.append(leg)
        stack += leg.children
    return [root, *sorted(below, key=lambda leg: (leg.start, leg.call_id))]


def all_legs(members: Sequence[Leg]) -> list[Leg]:
    """The legs of a call, each after its tries under other Call-IDs."""
    return [leg for member in members for leg in (*member.challenged, member)]
