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
    same_name, names = _namesakes(index)
    length = raw.data.ends[same_name] - raw.data.starts[same_name]
    places = _stacked(raw.src[same_name], raw.dst[same_name], raw.transport[same_name])
    alike = _repeated(_stacked(names, length, *places.T))
    rows = same_name[alike]
    values = intern_spans(raw.data.buffer, raw.data.starts[rows], raw.data.ends[rows])
    copies = np.zeros(len(rows), np.uint8)
    mark_copies(
        values.ids,
        raw.time[rows],
        bool((np.diff(raw.time[rows]) >= 0).all()),
        np.ascontiguousarray(places[alike]),
        raw.ip_id[rows].astype(np.int64),
        raw.ttl[rows].astype(np.int64),
        np.full(len(values), -1, np.int64),
        np.full(len(rows), -1, np.int64),
        copies,
    )
    found = np.zeros(len(index), np.bool_)
    found[rows] = copies
    return found


def _namesakes(index: MessageIndex) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The rows whose Call-ID, branch, CSeq, method and status others have too, and a number for these: most are alone."""
    numbered = (index.numbered(field).ids for field in (scan.CALL_ID, scan.BRANCH, scan.METHOD))
    values = intern_rows(_stacked(*numbered, index.cseqs, index.statuses))
    counts = np.bincount(values.ids, minlength=len(values))
    rows = np.flatnonzero(counts[values.ids] > 1)
    return rows, values.ids[rows]


def _stacked(*columns: NDArray[Any]) -> NDArray[np.int64]:
    """Columns as a contiguous matrix."""
    rows = np.empty((len(columns[0]), len(columns)), np.int64)
    for number, column in enumerate(columns):
        rows[:, number] = column
    return rows


def _repeated(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The indexes of the rows that are there more than once."""
    values = intern_rows(rows)
    counts = np.bincount(values.ids, minlength=len(values))
    return np.flatnonzero(counts[values.ids] > 1)


def retransmissions(index: MessageIndex, duplicate: Marks) -> Marks:
    """Which messages their sender sent again on the same hop (source, destination, branch, method or status).

    Provisional responses count only when they are the same to the byte: a second 180 may carry news. What two captures
    of one time both have was captured twice, not sent twice.
    """
    raw = index.raw
    rows, names = _namesakes(index)
    rows, names = rows[~duplicate[rows]], names[~duplicate[rows]]
    series = np.zeros(int(raw.file.max(initial=0)) + 1, np.int64)
    for file, number in _series(index).items():
        series[file] = number
    tags = (index.numbered(tag).ids[rows] for tag in (scan.FROM_TAG, scan.TO_TAG))
    alike = _stacked(names, series[raw.file[rows]], raw.src[rows], raw.dst[rows], *tags)
    candidates = _repeated(alike)
    alike, rows = alike[candidates], rows[candidates]
    provisional = (index.statuses[rows] > 100) & (index.statuses[rows] < 200)
    starts = raw.data.starts[rows]
    ends = np.where(provisional, raw.data.ends[rows], starts)
    content = intern_spans(raw.data.buffer, starts, ends).ids
    values = intern_rows(_stacked(*alike.T, content))
    found = np.zeros(len(index), np.bool_)
    found[rows] = values.firsts[values.ids] != np.arange(len(rows))
    return found


def _series(index: MessageIndex) -> dict[int, int]:
    """A number for each file: files that follow each other in time, as tcpdump rotates them, have the same."""
    file, time = index.raw.file, index.raw.time
    numbers = np.flatnonzero(np.bincount(file)).tolist()  # np.unique would import numpy.ma
    spans = {n: (int(time[file == n].min()), int(time[file == n].max())) for n in numbers}
    ends: list[int] = []
    series: dict[int, int] = {}
    for number_of_file, (first, last) in sorted(spans.items(), key=lambda item: item[1]):
        number = next((n for n, end in enumerate(ends) if end <= first), len(ends))
        ends[number : number + 1] = [last]
        series[number_of_file] = number
    return series
