"""The SIP messages a reader found: one row per captured message, as numpy columns beside their bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.schema import NULL_INT
from xivolab.sip.arena import MessageBytes
from xivolab.sip.fields import Fields

TRANSPORTS = ("UDP", "TCP", "TLS", "WS", "WSS", "SCTP")

THIS_ASTERISK = "Asterisk:0"
"""The place of an Asterisk whose log does not print its own address: the name of its host, if one is told, and port 0."""

_WRITTEN = ("0.0.0.0:0", "[::]:0")  # so Asterisk's own captures say it


def shown_place(place: str | None) -> str | None:
    """A place as tables and JSON have it: null where the evidence does not say."""
    return None if place is None or (place.endswith(":0") and place not in _WRITTEN) else place


def shown_places(addresses: Sequence[str]) -> NDArray[np.object_]:
    """`shown_place` of each address, shape (m + 1,): the last is None, for -1."""
    return np.array([*map(shown_place, addresses), None], dtype=object)


@dataclass(slots=True)
class RawMessages:
    """Captured SIP messages in capture-time order; every array has shape (n,).

    `time` is ns since 1970 (`NULL_INT` where unknown); `src` and `dst` index `addresses` ("ip:port", IPv6 in
    brackets), -1 where unknown; `transport` indexes `TRANSPORTS`; `ip_id` and `ttl` are those of the IP packet.
    `data` is a sequence of bytes: start line, headers and body, or what is there of them in a cut packet; `fields` tells
    where what is in them.
    """

    file: NDArray[np.int32]
    frame: NDArray[np.int64]
    time: NDArray[np.int64]
    src: NDArray[np.int32]
    dst: NDArray[np.int32]
    transport: NDArray[np.uint8]
    ip_id: NDArray[np.int32]
    ttl: NDArray[np.uint8]
    data: MessageBytes
    fields: Fields
    addresses: list[str]

    def __len__(self) -> int:
        return len(self.data)

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, Any]]) -> RawMessages:
        """Messages from dicts: `data` is required; `time` is in ns, `src` and `dst` are "ip:port", `transport` a name."""
        addresses: dict[str, int] = {}

        def address(row: Mapping[str, Any], key: str) -> int:
            text = row.get(key)
            return -1 if text is None else addresses.setdefault(text, len(addresses))

        def column(key: str, default: Any, dtype: type) -> NDArray[Any]:
            values = [row.get(key) for row in rows]
            return np.array([default if v is None else v for v in values], dtype=dtype)

        data = MessageBytes.of(bytes(row["data"]) for row in rows)
        return cls(
            file=column("file", 0, np.int32),
            frame=np.array([row.get("frame", n + 1) for n, row in enumerate(rows)], dtype=np.int64),
            time=column("time", NULL_INT, np.int64),
            src=np.array([address(row, "src") for row in rows], dtype=np.int32),
            dst=np.array([address(row, "dst") for row in rows], dtype=np.int32),
            transport=np.array([TRANSPORTS.index(row.get("transport", "UDP")) for row in rows], dtype=np.uint8),
            ip_id=column("ip_id", 0, np.int32),
            ttl=column("ttl", 64, np.uint8),
            data=data,
            fields=Fields.of(data),
            addresses=list(addresses),
        )
