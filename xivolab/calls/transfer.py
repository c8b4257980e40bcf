"""Transfers by REFER (RFC 3515, RFC 5589): who was sent where, and whether it worked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from xivolab.calls.leg import Leg
from xivolab.calls.numbers import user_key
from xivolab.sip import scan
from xivolab.sip.index import MessageIndex

_REPLACES = re.compile(r"[?&]replaces=([^&>]*)", re.IGNORECASE)
_SIPFRAG = re.compile(rb"\r?\n\r?\nSIP/2\.0 (\d{3})")


@dataclass(frozen=True, slots=True)
class Transfer:
    """One REFER on `leg`: `sender` ("ip:port") is who transfers, `target` the comparable user of Refer-To, `replaced` the
    Call-ID it names (attended).

    `completed` is false when it was refused, or when a NOTIFY told of a failure.
    """

    leg: Leg
    time: int
    sender: str | None
    target: str | None
    replaced: str | None
    completed: bool


def find_transfers(index: MessageIndex, legs: Iterable[Leg]) -> list[Transfer]:
    """The REFERs on `legs`, in order."""
    found: list[Transfer] = []
    for leg in legs:
        if not leg.session.refers:
            continue
        for transaction in leg.session.transactions:
            row = transaction.request
            if transaction.method != "REFER" or row is None:
                continue
            refer_to = index.text(row, scan.REFER_TO) or ""
            replaces = _REPLACES.search(refer_to)
            accepted = transaction.final is None or index.status[transaction.final] < 300
            told = _told_status(index, leg, row)
            found.append(
                Transfer(
                    leg=leg,
                    time=index.time[row],
                    sender=index.place(transaction.client),
                    target=user_key(index.user(row, scan.REFER_TO)),
                    replaced=unquote(replaces[1]).partition(";")[0] if replaces else None,
                    completed=accepted and (told is None or told < 300),
                )
            )
    return sorted(found, key=lambda transfer: transfer.time)


def _told_status(index: MessageIndex, leg: Leg, refer: int) -> int | None:
    """The last final status that a NOTIFY after the REFER told (message/sipfrag, RFC 3420)."""
    told: int | None = None
    for row in leg.messages:
        if row > refer and index.method[row] == "NOTIFY" and index.is_request(row):
            status = _SIPFRAG.search(index.raw.data[row])
            if status and int(status[1]) >= 200:
                told = int(status[1])
    return told
