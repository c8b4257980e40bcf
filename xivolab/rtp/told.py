"""What a log tells of a stream beside its packets, and what it cannot tell: times as fine as a capture's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.schema import NULL_INT

FINE_MS = 1.0
"""Of times that are coarser than this no jitter can be told."""

_TIMED = (
    "jitter_mean_ms",
    "jitter_max_ms",
    "delta_max_ms",
    "jitter_rfc_ms",
    "mos",
    "mos_assumed",
    "r_factor",
    "late_50",
    "mos_lq_50",
    "mos_cq_50",
    "late_200",
    "mos_lq_200",
    "mos_cq_200",
    "late_adaptive",
    "mos_lq_adaptive",
    "mos_cq_adaptive",
    "buffer_adaptive_ms",
    "clock_skew_ppm",
    "gap_max_ms",
)


@dataclass(frozen=True, slots=True)
class ToldStream:
    """A stream as the lines of `file` tell it: `sent` by the Asterisk that wrote them, whose own address they do not print.

    `ssrc` is None where no report of RTCP told it; `resolution_ms` is that of the times, None where the lines have none; `key`
    tells the stream from others.
    """

    file: str
    sent: bool
    key: str
    ssrc: int | None = None
    resolution_ms: float | None = None

    @property
    def fine(self) -> bool:
        """Whether its times tell when packets came, and not only in which second."""
        return self.resolution_ms is not None and self.resolution_ms <= FINE_MS


Told = Sequence[ToldStream | None]
"""One for each stream; None for one that was captured."""


def limit_streams(columns: dict[str, Any], told: Told) -> None:
    """Take out of the columns of the streams what lines of a log cannot tell, and put in where they are."""
    rows = [row for row, one in enumerate(told) if one is not None]
    if not rows:
        return
    for name in ("ssrc", "src", "dst", "start", "end", *_TIMED):
        columns[name] = np.array(columns[name], object if name in ("ssrc", "src", "dst") else None)
    for row in rows:
        one = told[row]
        assert one is not None
        columns["ssrc"][row] = None if one.ssrc is None else f"0x{one.ssrc:08x}"
        columns["src" if one.sent else "dst"][row] = None
        columns["delta_max_ms"][row] = np.nan  # leaves out packets with a marker, which no line tells
        if one.resolution_ms is None:
            columns["start"][row] = columns["end"][row] = NULL_INT
        if not one.fine:
            for name in _TIMED:
                column = columns[name]
                column[row] = NULL_INT if column.dtype.kind == "i" else np.nan


def limit_quality(columns: Mapping[str, NDArray[Any]], told: Mapping[str, ToldStream]) -> dict[str, NDArray[Any]]:
    """The columns of the seconds without what lines of a log cannot tell; `told` by id of the stream."""
    coarse = np.array([(one := told.get(name)) is not None and not one.fine for name in columns["stream"]], np.bool_)
    timeless = np.array(
        [(one := told.get(name)) is not None and one.resolution_ms is None for name in columns["stream"]], np.bool_
    )
    found = dict(columns)
    found["late"] = np.where(coarse, NULL_INT, columns["late"])
    for name in ("jitter_ms", "delta_max_ms", "mos", "mos_cq"):
        found[name] = np.where(coarse, np.nan, columns[name])
    return {name: column[~timeless] for name, column in found.items()}
