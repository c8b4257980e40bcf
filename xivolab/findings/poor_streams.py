"""Streams over a threshold, as findings of their calls: one for each direction, where the fault arose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.media_ways import host, not_passed_on
from xivolab.schema import NULL_INT


@dataclass(frozen=True, slots=True)
class Run:
    """So many seconds in a row over a limit, and their mean."""

    seconds: int
    mean_ms: float


def poor_directions(
    evidence: Evidence, code: str, poor: Callable[[int], Mapping[str, Any] | None]
) -> Iterator[Finding]:
    """A finding for each stream of which `poor` (by its row) tells fields, those that a PBX only passed on left out."""
    rows = {str(key): row for row, key in enumerate(evidence.calls["id"].tolist())}
    streams = evidence.streams
    for call, members in evidence.streams_of.items():
        told = {stream: fields for stream in members if (fields := poor(stream)) is not None}
        row = rows.get(call)
        arose = list(told) if row is None else not_passed_on(evidence, row, list(told))
        for stream in arose:
            src, dst = evidence.stream_ends[stream]
            fields = {**told[stream], "src": evidence.name(src), "dst": evidence.name(dst)}
            variant = fields.pop("variant", "")
            proofs = (evidence.stream_proof(stream), evidence.stream_proof(stream, last=True))
            about = f"{host(src)} → {host(dst)} {streams['ssrc'][stream]}"
            yield Finding(code, row, proofs, fields, variant, about, int(streams["start"][stream]))


def seconds_of(evidence: Evidence, stream: int) -> NDArray[np.intp]:
    """Rows of the quality table of a stream, in order."""
    return evidence.quality_of.get(str(evidence.streams["id"][stream]), np.zeros(0, np.intp))


def worst_window(evidence: Evidence, stream: int, seconds: int, share: Callable[[float, float], float]) -> float:
    """The highest `share(lost, packets)` of so many seconds in a row."""
    rows = seconds_of(evidence, stream)
    lost, packets = (np.maximum(evidence.quality[name][rows], 0) for name in ("lost", "packets"))
    lost_sums, packet_sums = (_sums(values, seconds) for values in (lost, packets))
    return max((share(float(a), float(b)) for a, b in zip(lost_sums, packet_sums, strict=True)), default=0.0)


def longest_run(evidence: Evidence, stream: int, limit_ms: float) -> Run:
    """The longest run of seconds with so much jitter or more."""
    rows = seconds_of(evidence, stream)
    jitter = evidence.quality["jitter_ms"][rows]
    seconds = evidence.quality["second"][rows]
    best = Run(0, 0.0)
    begin = None
    for n in range(len(rows) + 1):
        over = n < len(rows) and seconds[n] != NULL_INT and jitter[n] >= limit_ms
        if over and begin is None:
            begin = n
        elif not over and begin is not None:
            if n - begin > best.seconds:
                best = Run(n - begin, float(np.mean(jitter[begin:n])))
            begin = None
    return best


def _sums(values: NDArray[Any], window: int) -> NDArray[Any]:
    """Sums over each `window` values in a row; of all of them where there are fewer."""
    if len(values) <= window:
        return np.array([values.sum()]) if len(values) else values
    total = np.concatenate([[0], np.cumsum(values)])
    return np.asarray(total[window:] - total[:-window])
