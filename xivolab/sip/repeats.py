"""Messages that are there more than once: the packet captured twice, and the message sent again."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import kernel
from xivolab.sip import scan
from xivolab.sip.index import MessageIndex
from xivolab.sip.interning import intern_rows, intern_spans

DUPLICATE_WITHIN_NS = 5_000_000
"""A copy of a packet taken at another interface comes within 5 ms; a SIP timer needs 500 (RFC 3261 17.1.1.2)."""

Marks = NDArray[np.bool_]


@kernel
def mark_copies(
    content: Any, time: Any, file_order: bool, places: Any, ip_id: Any, ttl: Any, last: Any, before: Any, found: Any
) -> None:
    """Mark in found (n,) uint8 the rows that are the packet of an earlier row captured once more.

    content (n,) int32 numbers equal payloads, -1 for those that are there once; places (n, 3) int64 are source,
    destination and transport; last (m,) and before (n,) int64 come filled with -1, for the work. `file_order` says that
    time never goes back: what is further away than 5 ms ends the search.
    """
    for row in range(len(content)):
        number = content[row]
        if number < 0:
            continue
        other = last[number]
        before[row] = other
        last[number] = row
        while other >= 0:
            near = abs(time[row] - time[other]) <= DUPLICATE_WITHIN_NS
            if (
                near
                and places[row, 0] == places[other, 0]
                and places[row, 1] == places[other, 1]
                and places[row, 2] == places[other, 2]
                and (ip_id[row] == ip_id[other] or ip_id[row] == 0 or ip_id[other] == 0)
                and abs(ttl[row] - ttl[other]) <= 1
            ):
                found[row] = 1
                break
            if file_order and not near:
                break
            other = before[other]


def capture_duplicates(index: MessageIndex) -> Marks:
    """Which messages are the same packet captured once more: same 5-tuple and payload within 5 ms, IP ids equal unless
    zero, TTLs at most one apart.
    """
    raw = index.raw
    found = np.zeros(len(index), np.uint8)
    places = np.stack([raw.src, raw.dst, raw.transport], axis=1).astype(np.int64)
    alike = np.concatenate([places, _names(index)], axis=1)
    alike = np.concatenate([alike, (raw.data.ends - raw.data.starts)[:, None]], axis=1)
    rows = _repeated(alike)
    content = np.full(len(index), -1, np.int32)
    values = intern_spans(raw.data.buffer, raw.data.starts[rows], raw.data.ends[rows])
    content[rows] = values.ids
    mark_copies(
        content,
        raw.time,
        bool((np.diff(raw.time) >= 0).all()),
        places,
        raw.ip_id.astype(np.int64),
        raw.ttl.astype(np.int64),
        np.full(len(values), -1, np.int64),
        np.full(len(index), -1, np.int64),
        found,
    )
    return found.astype(np.bool_)


def _names(index: MessageIndex) -> NDArray[np.int64]:
    """What names a message: Call-ID, branch, CSeq, method and status as numbers (n, 5)."""
    columns = (
        index.numbered(scan.CALL_ID).ids,
        index.numbered(scan.BRANCH).ids,
        index.cseqs,
        index.numbered(scan.METHOD).ids,
        index.statuses,
    )
    return np.stack(columns, axis=1).astype(np.int64)


def _repeated(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The indexes of the rows that are there more than once."""
    values = intern_rows(np.ascontiguousarray(rows))
    counts = np.bincount(values.ids, minlength=len(values))
    return np.flatnonzero(counts[values.ids] > 1)


def retransmissions(index: MessageIndex, duplicate: Marks) -> Marks:
    """Which messages their sender sent again on the same hop (source, destination, branch, method or status).

    Provisional responses count only when they are the same to the byte: a second 180 may carry news. What two captures
    of one time both have was captured twice, not sent twice.
    """
    raw = index.raw
    rows = np.flatnonzero(~duplicate)
    series = np.zeros(int(raw.file.max(initial=0)) + 1, np.int64)
    for file, number in _series(index).items():
        series[file] = number
    tags = index.numbered(scan.FROM_TAG).ids, index.numbered(scan.TO_TAG).ids
    hop = np.stack([series[raw.file], raw.src, raw.dst, tags[0], tags[1]], axis=1).astype(np.int64)
    alike = np.concatenate([hop, _names(index)], axis=1)[rows]
    candidates = _repeated(alike)
    alike, rows = alike[candidates], rows[candidates]
    provisional = (index.statuses[rows] > 100) & (index.statuses[rows] < 200)
    starts = raw.data.starts[rows]
    ends = np.where(provisional, raw.data.ends[rows], starts)
    content = intern_spans(raw.data.buffer, starts, ends).ids
    values = intern_rows(np.ascontiguousarray(np.concatenate([alike, content[:, None]], axis=1).astype(np.int64)))
    found = np.zeros(len(index), np.bool_)
    found[rows] = values.firsts[values.ids] != np.arange(len(rows))
    return found


def _series(index: MessageIndex) -> dict[int, int]:
    """A number for each file: files that follow each other in time, as tcpdump rotates them, have the same."""
    file, time = index.raw.file, index.raw.time
    spans = {int(n): (int(time[file == n].min()), int(time[file == n].max())) for n in np.unique(file)}
    ends: list[int] = []
    series: dict[int, int] = {}
    for number_of_file, (first, last) in sorted(spans.items(), key=lambda item: item[1]):
        number = next((n for n, end in enumerate(ends) if end <= first), len(ends))
        ends[number : number + 1] = [last]
        series[number_of_file] = number
    return series
