"""What the traffic pictures plot, and how many points of it they draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xivolab.table import Table

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Measure:
    """One plot: its heading, the column it draws as `first`, and what is drawn over it as `second`, with their words.

    `bad` says that what `second` counts is nothing to be glad of.
    """

    heading: str
    first: str
    first_word: str
    second: str = ""
    second_word: str = ""
    bad: bool = False


MEASURES = (
    Measure("calls_per_s", "calls_per_s", "all calls", "calls_failed", "failed calls", bad=True),
    Measure("concurrent", "concurrent_max", "held", "talking_max", "talking"),
    Measure("registrations_per_s", "registrations_per_s", "all calls", "registrations_accepted", "accepted"),
    Measure("streams", "streams_max", ""),
    Measure("kbit_s", "kbit_s", ""),
)
_COUNTS = ("calls_failed", "registrations_accepted")


def measures(series: Table) -> list[Measure]:
    """Those that are not nought all the time."""
    return [measure for measure in MEASURES if len(series) and series[measure.first].any()]


def values(series: Table, column: str, most: int) -> Values:
    """At most `most` values of a column, the highest of each share; counts as rates per second."""
    found = series[column].astype(np.float64)
    if column in _COUNTS:
        found = found / series["interval_s"]
    if len(found) <= most:
        return found
    edges = np.linspace(0, len(found), most + 1).astype(int)
    return np.asarray(np.maximum.reduceat(found, edges[:-1]))
