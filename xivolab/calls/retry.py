"""Attempts that go on under a new Call-ID: a phone that answers a challenge as if with a new call."""

from __future__ import annotations

from xivolab.calls.leg import Leg

RETRY_WITHIN_NS = 2_000_000_000
"""A phone that answers a challenge under a new Call-ID does so at once."""


def attach_retries(legs: list[Leg]) -> list[Leg]:
    """The legs without those that were challenged and tried again under a new Call-ID; the retry knows them."""
    refused: dict[tuple[str | None, str | None, str | None], Leg] = {}
    kept: dict[Leg, None] = {}
    for leg in legs:
        key = (leg.src, leg.from_user, leg.to_user)
        earlier = refused.pop(key, None)
        if earlier is not None and earlier.end is not None and 0 <= leg.start - earlier.end <= RETRY_WITHIN_NS:
            leg.challenged = [*earlier.challenged, earlier]
            earlier.role = leg.role
            del kept[earlier]
        if leg.status in (401, 407):
            refused[key] = leg
        kept[leg] = None
    return list(kept)
