"""The numbers of the two parties of a call, where SIP users are only names of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xivolab.calls.leg import Leg
from xivolab.calls.numbers import number_key
from xivolab.sip import scan
from xivolab.sip.index import MessageIndex


def _first_number(users: Iterable[str | None]) -> str | None:
    return next((user for user in users if number_key(user)), None)


def caller_number(legs: Sequence[Leg], originated: bool) -> str | None:
    """P-Asserted-Identity or Remote-Party-ID of the caller's leg or of what the PBX dialled for it, From of that; else
    the caller's SIP user. Of a call that the PBX `originated` the caller is the party it dialled first.
    """
    root = legs[0]
    dialled = [leg for leg in legs[1:] if leg.role != "transfer"]
    # An operator that was tried in vain, and sent the call back, was shown the number of the trunk.
    dialled.sort(key=lambda leg: leg.answered_at is None)
    users = [root.asserted_user] * (not originated) + [leg.asserted_user for leg in dialled]
    users += [leg.from_user for leg in dialled]
    users += [root.to_user if originated else root.from_user]
    return _first_number(users) or users[-1]


def callee_number(index: MessageIndex, legs: Sequence[Leg], originated: bool) -> str | None:
    """What the caller dialled; where that is a name, the identity the PBX asserted in its answers, else the name."""
    root = legs[0]
    if originated and len(legs) > 1:
        return _first_number([legs[1].to_user, root.from_user]) or legs[1].to_user
    return _first_number([root.to_user]) or _first_number(_told_in_answers(index, root)) or root.to_user


def _told_in_answers(index: MessageIndex, leg: Leg) -> Iterator[str | None]:
    """The identities that the answers to the INVITE assert."""
    for row in leg.messages:
        if 180 <= index.status[row] < 300 and index.method[row] == "INVITE":
            yield index.user(row, scan.ASSERTED)
            yield index.user(row, scan.REMOTE_PARTY)
