"""Flows: what the messages of one Call-ID say to one another, without when and between whom.

Most calls have one of a few hundred flows. Each message is a row of small numbers that count within its Call-ID; so equal
flows are equal bytes, and what follows from a flow is worked out once for all Call-IDs that have it. Compiled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import kernel
from xivolab.sip import scan
from xivolab.sip.index import MAGIC_COOKIE, MessageIndex, Numbered
from xivolab.sip.interning import grouped, intern_rows, intern_spans
from xivolab.sip.sdp import Sdp

METHOD, STATUS, SDP, COOKIE, COPY, CSEQ, FROM_TAG, TO_TAG, BRANCH, SRC, DST, SRC_HOST, DST_HOST = range(13)
COLUMNS = 13

_SPACES = np.array([-1, -1, -1, -1, -1, 0, 1, 1, 2, 3, 3, 4, 4], np.int64)
"""Which columns count together within a Call-ID; -1 for those whose numbers mean the same everywhere."""


class Messages(Protocol):
    """What transactions, sessions and offers need of messages, row by row. Tags, addresses and hosts only compare."""

    @property
    def method(self) -> Sequence[str | None]:
        """The request's method."""

    @property
    def status(self) -> Sequence[int]:
        """0 for a request."""

    @property
    def cseq(self) -> Sequence[int]:
        """The number in CSeq, or one that stands for it."""

    @property
    def src(self) -> Sequence[int]:
        """The address of the sender."""

    @property
    def dst(self) -> Sequence[int]:
        """The address of the receiver."""

    @property
    def from_tag(self) -> Sequence[Any]:
        """The tag of From."""

    @property
    def to_tag(self) -> Sequence[Any]:
        """The tag of To."""

    @property
    def branch(self) -> Sequence[Any]:
        """The branch of the topmost Via."""

    def is_request(self, row: int) -> bool:
        """Whether it is a request."""

    def has_cookie(self, row: int) -> bool:
        """Whether its branch is one of RFC 3261."""

    def sdp(self, row: int) -> Sdp | None:
        """Its session description."""

    def host(self, address: int) -> Any:
        """The host of an address."""


@kernel
def count_within(offsets: Any, rows: Any, spaces: Any, bases: Any, owner: Any, number: Any) -> None:
    """Make the numbers in the rows of each group count within the group, in order of first appearance.

    Group j is rows[offsets[j]:offsets[j + 1]], rows (n, COLUMNS) int32, -1 for none; column c counts in the space
    spaces[c], whose numbers begin at bases[spaces[c]] of owner (-1 before) and number, both (m,) int32 for the work.
    """
    for group in range(len(offsets) - 1):
        used0 = used1 = used2 = used3 = used4 = 0
        for place in range(offsets[group], offsets[group + 1]):
            for column in range(len(spaces)):
                value, space = rows[place, column], spaces[column]
                if space < 0 or value < 0:
                    continue
                at = bases[space] + value
                if owner[at] != group:
                    owner[at] = group
                    if space == 0:
                        number[at] = used0
                        used0 += 1
                    elif space == 1:
                        number[at] = used1
                        used1 += 1
                    elif space == 2:
                        number[at] = used2
                        used2 += 1
                    elif space == 3:
                        number[at] = used3
                        used3 += 1
                    else:
                        number[at] = used4
                        used4 += 1
                rows[place, column] = number[at]


class Flow:
    """The messages of a flow, as `Messages` has them: row n is the n-th message of the Call-ID."""

    def __init__(self, rows: NDArray[np.int32], index: MessageIndex) -> None:
        columns = rows.T.tolist()
        names = index.method_names
        self._index = index
        self.copy: list[int] = columns[COPY]
        self.method: list[str | None] = [names[number] for number in columns[METHOD]]
        self.status: list[int] = columns[STATUS]
        self.cseq: list[int] = columns[CSEQ]
        self.src: list[int] = columns[SRC]
        self.dst: list[int] = columns[DST]
        self.from_tag, self.to_tag, self.branch = (
            [None if number < 0 else number for number in columns[column]] for column in (FROM_TAG, TO_TAG, BRANCH)
        )
        self._cookie = columns[COOKIE]
        self._sdp = columns[SDP]
        self._address_places = _places((self.src, self.dst))
        self._tag_places = _places((self.from_tag, self.to_tag))
        self._hosts = dict(zip(columns[SRC] + columns[DST], columns[SRC_HOST] + columns[DST_HOST], strict=True))

    def __len__(self) -> int:
        return len(self.status)

    def is_request(self, row: int) -> bool:
        """Whether the message is a request."""
        return self.status[row] == 0

    def has_cookie(self, row: int) -> bool:
        """Whether its branch is one of RFC 3261."""
        return bool(self._cookie[row])

    def sdp(self, row: int) -> Sdp | None:
        """Its session description; addresses and ports in it are not those of any message."""
        return None if self._sdp[row] < 0 else self._index.sdp_shapes.parsed(self._sdp[row])

    def host(self, address: int) -> int:
        """The host of an address."""
        host: int = self._hosts[address]
        return host

    def addresses(self, rows: Sequence[int]) -> dict[int, int]:
        """The address numbers behind those of the flow, in the Call-ID that has `rows`."""
        src, dst = self._index.src, self._index.dst
        return {address: (dst if to else src)[rows[row]] for address, (row, to) in self._address_places.items()}

    def tag(self, number: int | None, rows: Sequence[int]) -> str | None:
        """The tag behind a number of the flow, in the Call-ID that has `rows`."""
        if number is None:
            return None
        row, to = self._tag_places[number]
        return self._index.text(rows[row], scan.TO_TAG if to else scan.FROM_TAG)


def _places(sides: Sequence[Sequence[Any]]) -> dict[Any, tuple[int, int]]:
    """The row and the side where each value comes first."""
    found: dict[Any, tuple[int, int]] = {}
    for row, values in enumerate(zip(*sides, strict=True)):
        for side, value in enumerate(values):
            found.setdefault(value, (row, side))
    return found


class Flows:
    """The flows of all Call-IDs of `index`.

    The rows of Call-ID j are order[offsets[j]:offsets[j + 1]]; ids[j] numbers its flow; the first Call-ID that has flow f
    is firsts[f].
    """

    def __init__(self, index: MessageIndex, duplicate: NDArray[np.bool_]) -> None:
        self._index = index
        calls = index.numbered(scan.CALL_ID)
        self.order, self.offsets = grouped(calls.ids, len(calls))
        within, bases, numbers = _columns(index, duplicate, self.order)
        owner, number = np.full(numbers, -1, np.int32), np.empty(numbers, np.int32)
        count_within(self.offsets, within, _SPACES, bases, owner, number)
        bounds = self.offsets * (COLUMNS * within.itemsize)
        found = intern_spans(within.view(np.uint8).reshape(-1), bounds[:-1].copy(), bounds[1:].copy())
        self.ids, self.firsts = found.ids, found.firsts
        self._unlike = [within[self.offsets[call] : self.offsets[call + 1]].copy() for call in self.firsts.tolist()]
        self._made: dict[int, Flow] = {}

    def flow(self, number: int) -> Flow:
        """The flow of that number."""
        if number not in self._made:
            self._made[number] = Flow(self._unlike[number], self._index)
        return self._made[number]

    def rows(self, call: int) -> list[int]:
        """The rows of one Call-ID, in order."""
        found: list[int] = self.order[self.offsets[call] : self.offsets[call + 1]].tolist()
        return found


def _columns(
    index: MessageIndex, duplicate: NDArray[np.bool_], order: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64], int]:
    """The columns of messages in some order (n, COLUMNS), where the numbers of each space begin, and how many there are."""
    raw = index.raw
    branches = index.numbered(scan.BRANCH)
    cseqs = intern_rows(index.cseqs.reshape(-1, 1))
    cseq_numbers = np.where(index.cseqs < 0, -1, cseqs.ids)
    hosts: dict[str, int] = {}
    host_of = np.array([hosts.setdefault(a.rpartition(":")[0], len(hosts)) for a in raw.addresses] + [-1], np.int64)
    tags = index.numbered(scan.FROM_TAG), index.numbered(scan.TO_TAG)
    columns: tuple[NDArray[Any], ...] = (
        index.numbered(scan.METHOD).ids,
        index.statuses,
        index.sdp_shapes.ids,
        _cookies(index, branches),
        duplicate,
        cseq_numbers,
        tags[0].ids,
        tags[1].ids,
        branches.ids,
        raw.src,
        raw.dst,
        host_of[raw.src],
        host_of[raw.dst],
    )
    rows = np.empty((len(order), COLUMNS), np.int32)
    for number, column in enumerate(columns):
        rows[:, number] = column[order]
    sizes = [len(cseqs), len(tags[0]), len(branches), len(raw.addresses), len(hosts)]
    bases = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=bases[1:])
    return rows, bases, int(bases[-1])


def _cookies(index: MessageIndex, branches: Numbered) -> NDArray[np.bool_]:
    """Which messages have a branch of RFC 3261."""
    starts, ends = branches.spans[:, 0], branches.spans[:, 1]
    buffer = index.raw.data.buffer
    told = np.zeros(len(branches) + 1, np.bool_)
    told[:-1] = ends - starts >= len(MAGIC_COOKIE)
    for place, byte in enumerate(MAGIC_COOKIE):
        inside = np.flatnonzero(told)
        told[inside] &= buffer[starts[inside] + place] == byte
    return told[branches.ids]
