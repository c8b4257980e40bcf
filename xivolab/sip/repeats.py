"""Messages that are there more than once: the packet captured twice, and the message sent again."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from xivolab.sip.index import MessageIndex

DUPLICATE_WITHIN_NS = 5_000_000
"""A copy of a packet taken at another interface comes within 5 ms; a SIP timer needs 500 (RFC 3261 17.1.1.2)."""


def capture_duplicates(index: MessageIndex) -> list[bool]:
    """Which messages are the same packet captured once more: same 5-tuple and payload within 5 ms, IP ids equal unless
    zero, TTLs at most one apart.
    """
    first: dict[bytes, int] = {}
    copies: dict[int, list[int]] = {}
    found = [False] * len(index)
    for row, data in enumerate(index.raw.data):
        earliest = first.setdefault(data, row)
        if earliest != row:
            earlier = copies.setdefault(earliest, [earliest])
            found[row] = any(_same_packet(index, row, other) for other in earlier)
            earlier.append(row)
    return found


def _same_packet(index: MessageIndex, row: int, other: int) -> bool:
    """Whether two rows with one payload are one packet at two capture points."""
    raw = index.raw
    ids = int(raw.ip_id[row]), int(raw.ip_id[other])
    return bool(
        abs(index.time[row] - index.time[other]) <= DUPLICATE_WITHIN_NS
        and (index.src[row], index.dst[row]) == (index.src[other], index.dst[other])
        and raw.transport[row] == raw.transport[other]
        and (ids[0] == ids[1] or 0 in ids)
        and abs(int(raw.ttl[row]) - int(raw.ttl[other])) <= 1
    )


def retransmissions(index: MessageIndex, duplicate: list[bool]) -> list[bool]:
    """Which messages their sender sent again on the same hop (source, destination, branch, method or status).

    Provisional responses count only when they are the same to the byte: a second 180 may carry news. What two captures
    of one time both have was captured twice, not sent twice.
    """
    seen: set[Hashable] = set()
    found: list[bool] = []
    files, series = index.raw.file.tolist(), _series(index)
    status, cseq, method = index.status, index.cseq, index.method
    call_id, branch, from_tag, to_tag = index.call_id, index.branch, index.from_tag, index.to_tag
    for row, data in enumerate(index.raw.data):
        if duplicate[row]:
            found.append(False)
            continue
        key = (
            series[files[row]],
            index.src[row],
            index.dst[row],
            call_id[row],
            branch[row],
            cseq[row],
            method[row],
            status[row],
            from_tag[row],
            to_tag[row],
            data if 100 < status[row] < 200 else None,
        )
        found.append(key in seen)
        seen.add(key)
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
