"""Offers and their answers: what two ends agreed on.

RFC 3264 (model, 6.1 codecs, 8.4 hold), RFC 3261 13.2.1 and 14 (INVITE, late offers, re-INVITE), RFC 3262 (PRACK),
RFC 3311 (UPDATE).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from xivolab.sip.flow import Messages
from xivolab.sip.payload_types import NOT_CODECS
from xivolab.sip.sdp import PayloadFormat, Sdp

_CARRIERS = frozenset({"INVITE", "UPDATE", "PRACK", "ACK"})


class Exchange(NamedTuple):
    """One offer and its answer: the rows of the messages that carry them."""

    offer: int
    answer: int


def exchanges(index: Messages, rows: Iterable[int]) -> list[Exchange]:
    """The completed offers among `rows` (of one leg, in order).

    An offer is in the request and its answer in the first 18x or 2xx with SDP; or, when the INVITE had none, in the
    response, and its answer in PRACK or ACK. A 2xx that repeats the answer of a 18x is no further exchange, and one
    that differs replaces it (a fork's answer, RFC 3261 13.2.2.4).
    """
    found: dict[int, Exchange] = {}
    offered: dict[tuple[str | None, int], int] = {}
    late: int | None = None
    for row in rows:
        method, status = index.method[row], index.status[row]
        if method not in _CARRIERS or status >= 300 or index.sdp(row) is None:
            continue
        key = (method, index.cseq[row])
        if not status and late is not None and method in ("ACK", "PRACK"):
            found[late] = Exchange(late, row)
            late = None
        elif not status:
            offered.setdefault(key, row)
        elif key in offered:
            found[offered[key]] = Exchange(offered[key], row)
        elif method == "INVITE":
            late = row
    return list(found.values())


def _same(a: PayloadFormat, b: PayloadFormat) -> bool:
    if a.name is None or b.name is None:
        return a.pt == b.pt
    return a.name.upper() == b.name.upper() and a.clock == b.clock


@lru_cache(maxsize=4096)
def _common(offered: tuple[PayloadFormat, ...], answered: tuple[PayloadFormat, ...]) -> tuple[str, ...]:
    """The names in the answer's order, of codecs that were offered too."""
    return tuple(
        f.name or f"PT {f.pt}"
        for f in answered
        if (f.name or "").upper() not in NOT_CODECS and any(_same(f, o) for o in offered)
    )


def negotiated(offer: Sdp, answer: Sdp) -> list[str]:
    """The codecs that both ends take, in the answer's order (RFC 3264 6.1); events and comfort noise are none.

    Media lines are paired by position; a refused one (port 0) counts for nothing. Fax over UDPTL counts as "T38".
    """
    names: list[str] = []
    for o, a in zip(offer.media, answer.media, strict=False):
        if o.port and a.port:
            names += _common(o.formats, a.formats) if a.is_rtp else ["T38"] * (a.kind == "image")
    return list(dict.fromkeys(names))


def codecs(index: Messages, rows: Iterable[int]) -> list[str]:
    """The codecs negotiated in a leg: those of the first exchange in the answer's order, then those that came later."""
    names: dict[str, None] = {}
    for exchange in exchanges(index, rows):
        offer, answer = index.sdp(exchange.offer), index.sdp(exchange.answer)
        if offer and answer:
            names.update(dict.fromkeys(negotiated(offer, answer)))
    return list(names)
