"""Which message at one point is which at the other: by Call-ID, tags, CSeq and status on the same hop, copies in order.

NAT leaves SIP alone, an ALG changes addresses in it, a proxy adds a Via: none of them touches what messages are paired by.
Where a border controller changes the Call-ID, its part before the "@", or the From tag, tells which Call-ID became which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import product

from xivolab.work.compare.sides import Side

Hop = frozenset[str]
"""The two hosts between which messages went; ports change behind NAT, so that they do not count."""

Key = tuple[object, ...]

HALF_APART_NS = 250_000_000
"""Half of the shortest time between two copies (T1, RFC 3261 17.1.1.1): a pair further apart is of different copies."""

_CONTAINED, _SAME = 2, 5


@dataclass(slots=True)
class Group:
    """The copies of one message on one hop: rows at A and at B, each by time."""

    a: list[int]
    b: list[int]

    @property
    def plain(self) -> bool:
        """Whether it was sent, and arrived, once."""
        return len(self.a) == len(self.b) == 1


@dataclass(frozen=True, slots=True)
class Pairing:
    """What can be paired: groups that both points saw, and the rows of hops and messages only one saw. `call_ids` tells
    what each Call-ID at A is called at B.
    """

    groups: list[Group]
    call_ids: dict[str, str]
    hops: list[tuple[Hop, Hop]]


def pair_messages(a: Side, b: Side) -> Pairing:
    """The groups of messages of both points."""
    at_a, at_b = _hops(a), _hops(b)
    call_ids = _call_ids(a, b, at_a, at_b)
    groups: list[Group] = []
    found: set[tuple[Hop, Hop]] = set()
    for id_a, id_b in call_ids.items():
        renamed = id_a != id_b
        for hop_a, hop_b in _hop_pairs(a, b, at_a[id_a], at_b[id_b]):
            found.add((hop_a, hop_b))
            keyed = [_keyed(side, rows, renamed) for side, rows in ((a, at_a[id_a][hop_a]), (b, at_b[id_b][hop_b]))]
            every = dict.fromkeys([*keyed[0], *keyed[1]])
            groups += [Group(keyed[0].get(key, []), keyed[1].get(key, [])) for key in every]
    return Pairing(groups, call_ids, sorted(found, key=lambda pair: (sorted(pair[0]), sorted(pair[1]))))


def align(times_a: Sequence[int], times_b: Sequence[int]) -> list[tuple[int | None, int | None]]:
    """Copies of one message, by time on one clock (ns): pairs in order, as many as lie close together, the closest of
    those; the others alone.
    """
    # best[i][j]: (unpaired, distance) for the first i and j copies.
    best = [[(i + j, 0) for j in range(len(times_b) + 1)] for i in range(len(times_a) + 1)]
    for i, time_a in enumerate(times_a, 1):
        for j, time_b in enumerate(times_b, 1):
            alone = min((best[i - 1][j][0] + 1, best[i - 1][j][1]), (best[i][j - 1][0] + 1, best[i][j - 1][1]))
            apart = abs(time_a - time_b)
            paired = (best[i - 1][j - 1][0], best[i - 1][j - 1][1] + apart)
            best[i][j] = min(alone, paired) if apart <= HALF_APART_NS else alone
    pairs: list[tuple[int | None, int | None]] = []
    i, j = len(times_a), len(times_b)
    while i or j:
        if i and j and abs(times_a[i - 1] - times_b[j - 1]) <= HALF_APART_NS:
            apart = abs(times_a[i - 1] - times_b[j - 1])
            if best[i][j] == (best[i - 1][j - 1][0], best[i - 1][j - 1][1] + apart):
                i, j = i - 1, j - 1
                pairs.append((i, j))
                continue
        if i and best[i][j] == (best[i - 1][j][0] + 1, best[i - 1][j][1]):
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]


def _hops(side: Side) -> dict[str, dict[Hop, list[int]]]:
    """The messages of each Call-ID by the hop they were seen on."""
    found: dict[str, dict[Hop, list[int]]] = {}
    index = side.index
    for row in side.rows:
        # A message that names no dialog is the same one when its bytes are.
        call_id = index.call_id[row] or f"bytes {sha256(index.raw.data[row]).hexdigest()}"
        found.setdefault(call_id, {}).setdefault(hop_of(side, row), []).append(row)
    return found


def hop_of(side: Side, row: int) -> Hop:
    """The hop of a message; where both ends share an address (a laboratory on one machine), their ports count."""
    source, target = side.ends(row)
    if source != target:
        return frozenset((source, target))
    index = side.index
    return frozenset((index.place(index.src[row]) or "", index.place(index.dst[row]) or ""))


def _call_ids(
    a: Side, b: Side, at_a: dict[str, dict[Hop, list[int]]], at_b: dict[str, dict[Hop, list[int]]]
) -> dict[str, str]:
    """What each Call-ID at A is called at B: the same, else one that has its local part or its From tag, if only one has."""
    same = {call_id: call_id for call_id in at_a if call_id in at_b}
    left = [[call_id for call_id in hops if call_id not in same] for hops in (at_a, at_b)]
    for mark in (_local_part, _from_tags):
        marked: list[dict[Key, list[str]]] = []
        for side, hops, ids in ((a, at_a, left[0]), (b, at_b, left[1])):
            by_mark: dict[Key, list[str]] = defaultdict(list)
            for call_id in ids:
                if key := mark(side, call_id, hops[call_id]):
                    by_mark[key].append(call_id)
            marked.append(by_mark)
        for key, ids_a in marked[0].items():
            ids_b = marked[1].get(key, [])
            if len(ids_a) == len(ids_b) == 1:
                same[ids_a[0]] = ids_b[0]
        left = [[i for i in left[0] if i not in same], [i for i in left[1] if i not in same.values()]]
    return same


def _local_part(side: Side, call_id: str, hops: dict[Hop, list[int]]) -> Key:
    local, at, _ = call_id.partition("@")
    return (local,) if at and len(local) > 5 else ()


def _from_tags(side: Side, call_id: str, hops: dict[Hop, list[int]]) -> Key:
    first = min(rows[0] for rows in hops.values())
    tag = side.index.from_tag[first]
    return (side.index.method[first], tag) if tag and len(tag) > 5 else ()


def _hop_pairs(a: Side, b: Side, at_a: dict[Hop, list[int]], at_b: dict[Hop, list[int]]) -> list[tuple[Hop, Hop]]:
    """Which hop at A is which at B: the one whose topmost Via is the same; behind a proxy, the one whose Via it holds."""
    if len(at_a) == len(at_b) == 1:
        return [(next(iter(at_a)), next(iter(at_b)))]
    vias_a = {hop: [_branches(a, row) for row in rows] for hop, rows in at_a.items()}
    vias_b = {hop: [_branches(b, row) for row in rows] for hop, rows in at_b.items()}
    scored = []
    for hop_a, hop_b in product(at_a, at_b):
        score = _likeness(vias_a[hop_a], vias_b[hop_b]) + 3 * len(hop_a & hop_b)
        scored.append((-score, sorted(hop_a), sorted(hop_b), hop_a, hop_b))
    pairs: list[tuple[Hop, Hop]] = []
    for _, _, _, hop_a, hop_b in sorted(scored, key=lambda one: one[:3]):
        if all(hop_a != x and hop_b != y for x, y in pairs):
            pairs.append((hop_a, hop_b))
    return pairs


def _branches(side: Side, row: int) -> tuple[str, ...]:
    parts = (via.partition("branch=")[2] for via in side.parsed(row).values("via"))
    return tuple(part.partition(";")[0].strip() for part in parts)


def _likeness(vias_a: Iterable[tuple[str, ...]], vias_b: Iterable[tuple[str, ...]]) -> int:
    """How much the Vias of two hops have in common."""
    tops_b = {vias[0] for vias in vias_b if vias}
    all_b = {branch for vias in vias_b for branch in vias}
    score = 0
    for vias in vias_a:
        if vias and vias[0] in tops_b:
            score += _SAME
        elif (vias and vias[0] in all_b) or tops_b & set(vias):
            score += _CONTAINED
    return score


def _keyed(side: Side, rows: Iterable[int], renamed: bool) -> dict[Key, list[int]]:
    """The messages of a hop by what makes them the same one; where the Call-ID was changed, tags may be too."""
    index = side.index
    found: dict[Key, list[int]] = {}
    for row in rows:
        tags: Key = () if renamed else (index.from_tag[row], index.to_tag[row] if index.status[row] else None)
        found.setdefault((index.cseq[row], index.method[row], index.status[row], *tags), []).append(row)
    return found
