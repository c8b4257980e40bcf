"""Which RTP packet at one point is which at the other: by SSRC, sequence number and timestamp (RFC 3550 5.1), copies in order.

Addresses and ports do not count: NAT changes them. A relay that writes an SSRC of its own keeps number and timestamp; one
that makes a new stream (a B2BUA that decodes) keeps nothing, and its two legs are not compared packet by packet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.work.compare.sides import Side

_RENAMED_LEAST = 10
"""Packets that streams with different SSRC must have in common: number and timestamp alone are 48 bits, but counters that
begin at 0 are common.
"""

Keys = NDArray[np.uint64]


@dataclass(slots=True)
class StreamPair:
    """One stream at both points: rows of its table there (several where a port changed on the way), the packets of each
    (by time, keys beside them), and which of them are the same (indexes into both).
    """

    a: list[int]
    b: list[int]
    packets_a: NDArray[Any]
    packets_b: NDArray[Any]
    same_a: NDArray[np.int64]
    same_b: NDArray[np.int64]
    renamed: bool = False


def keys(packets: NDArray[Any]) -> Keys:
    """What tells a packet of a stream (n,): sequence number, timestamp, and how many copies came before it."""
    key = packets["sequence"].astype(np.uint64) << np.uint64(32) | packets["timestamp"].astype(np.uint64)
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    copy = np.arange(len(key)) - np.repeat(starts, np.diff(np.append(starts, len(key))))
    out = np.empty_like(key)
    out[order] = ordered | copy.astype(np.uint64) << np.uint64(48)
    return out


def is_copy(key: Keys) -> NDArray[np.bool_]:
    """Which of the packets with these keys were there before."""
    return np.asarray(key >> np.uint64(48) > 0)


def pair_streams(a: Side, b: Side, likely: Callable[[int, int], bool] = lambda row_a, row_b: False) -> list[StreamPair]:
    """The streams that both points saw. `likely` says of a row at A and one at B whether their hosts are known to be a pair:
    a B2BUA that hands packets on untouched has them on two legs.
    """
    keyed = [[keys(packets) for packets in side.packets] for side in (a, b)]
    ssrcs = [side.streams["ssrc"].tolist() for side in (a, b)]
    free = [[np.ones(len(key), np.bool_) for key in side] for side in keyed]
    links: list[tuple[int, int]] = []
    by_ssrc: dict[str, list[int]] = defaultdict(list)
    for row, ssrc in enumerate(ssrcs[1]):
        by_ssrc[ssrc].append(row)
    named = [(x, y) for x, ssrc in enumerate(ssrcs[0]) for y in by_ssrc.get(ssrc, ())]
    _link(named, keyed, free, links, likely, 1)
    linked = {x for x, _ in links}, {y for _, y in links}
    rest = [
        (x, y) for x in range(len(ssrcs[0])) if x not in linked[0] for y in range(len(ssrcs[1])) if y not in linked[1]
    ]
    _link([(x, y) for x, y in rest if _overlap(a, x, b, y)], keyed, free, links, likely, _RENAMED_LEAST)
    return [_pair(rows_a, rows_b, a, b) for rows_a, rows_b in _components(links)]


def _overlap(a: Side, x: int, b: Side, y: int) -> bool:
    """Whether two streams with different SSRC may be one: the payload type is kept, and so, nearly, is the number of packets."""
    counts = sorted((int(a.streams["packets"][x]), int(b.streams["packets"][y])))
    return bool(a.streams["payload_type"][x] == b.streams["payload_type"][y]) and counts[0] * 4 >= counts[1]


def _link(
    candidates: Iterable[tuple[int, int]],
    keyed: list[list[Keys]],
    free: list[list[NDArray[np.bool_]]],
    links: list[tuple[int, int]],
    likely: Callable[[int, int], bool],
    least: int,
) -> None:
    """Take the pairs that have most packets in common first; what was taken is no longer free for another."""
    scored = []
    for x, y in candidates:
        common = len(np.intersect1d(keyed[0][x], keyed[1][y], assume_unique=True))
        whole = min(len(keyed[0][x]), len(keyed[1][y]))
        if common >= least and (least == 1 or common * 2 >= whole):
            scored.append((round(common / whole, 1), likely(x, y), common, -x, -y))
    for _, _, _, x, y in sorted(scored, reverse=True):
        x, y = -x, -y
        at_a, at_b = np.flatnonzero(free[0][x]), np.flatnonzero(free[1][y])
        _, mine, theirs = np.intersect1d(keyed[0][x][at_a], keyed[1][y][at_b], assume_unique=True, return_indices=True)
        if len(mine):
            free[0][x][at_a[mine]] = False
            free[1][y][at_b[theirs]] = False
            links.append((x, y))


def _components(links: list[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """The rows that links tie together."""
    found: list[tuple[set[int], set[int]]] = []
    for x, y in links:
        touched = [one for one in found if x in one[0] or y in one[1]]
        found = [one for one in found if one not in touched]
        found.append(({x}.union(*(one[0] for one in touched)), {y}.union(*(one[1] for one in touched))))
    return sorted((sorted(rows_a), sorted(rows_b)) for rows_a, rows_b in found)


def _pair(rows_a: list[int], rows_b: list[int], a: Side, b: Side) -> StreamPair:
    packets_a, packets_b = (
        _by_time(np.concatenate([side.packets[row] for row in rows])) for side, rows in ((a, rows_a), (b, rows_b))
    )
    _, same_a, same_b = np.intersect1d(keys(packets_a), keys(packets_b), assume_unique=True, return_indices=True)
    order = np.argsort(same_a)
    renamed = a.streams["ssrc"][rows_a[0]] != b.streams["ssrc"][rows_b[0]]
    return StreamPair(rows_a, rows_b, packets_a, packets_b, same_a[order], same_b[order], bool(renamed))


def _by_time(packets: NDArray[Any]) -> NDArray[Any]:
    return packets[np.argsort(packets["time"], kind="stable")]
