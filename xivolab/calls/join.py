"""Legs into calls: every kind of evidence in its order, the surest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from xivolab.calls.across import attach_across
from xivolab.calls.begun import attach_begun_before, direct
from xivolab.calls.dialled import attach_dialled
from xivolab.calls.leg import Leg
from xivolab.calls.onward import attach_onward, attach_picked_up
from xivolab.calls.originated import attach_click_to_call
from xivolab.calls.outcome import set_roles
from xivolab.calls.places import Places
from xivolab.calls.retry import attach_retries
from xivolab.calls.told import attach_told
from xivolab.calls.transfer import Transfer
from xivolab.calls.tree import groups
from xivolab.sip.index import MessageIndex


def join(
    index: MessageIndex,
    legs: list[Leg],
    places: Places,
    transfers: Sequence[Transfer],
    linked: Collection[frozenset[str]],
) -> list[list[Leg]]:
    """The legs of each call, the caller's first, with their roles; calls by start. `linked` are Call-IDs tied by media."""
    direct(index, legs, places)
    attempts = attach_retries(legs)
    attach_told(index, attempts, transfers, places)
    attach_dialled(attempts, places, linked)
    attach_across(attempts, places)
    attach_click_to_call(attempts, places)
    attach_onward(attempts, places)
    attach_picked_up(attempts, places)
    attach_begun_before(index, attempts, places)
    calls = groups(attempts, transfers)
    for members in calls:
        set_roles(members)
    return calls
