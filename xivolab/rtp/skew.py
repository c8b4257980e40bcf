"""The clock of a sender beside the one of the capture: how much faster it runs.

As Wireshark's clock drift (ui/tap-rtp-analysis.c): the line of least squares through media time over arrival. But there is
one point a second, that of its quickest packet: what waits in queues says nothing of a clock.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper

LEAST_SECONDS = 10
"""Over less than this the jitter of a few packets would be taken for skew."""


@helper
def sample_skew(stream: Any) -> None:
    """Take the quickest packet of the second that ends: its transit (ms) over the time (s)."""
    if stream["s_transit"] < np.inf:
        at, transit = float(stream["second"]), stream["s_transit"]
        sums = stream["skew"]
        sums[0] += 1.0
        sums[1] += at
        sums[2] += transit
        sums[3] += at * at
        sums[4] += at * transit
        stream["s_transit"] = np.inf


@helper
def begin_skew(stream: Any) -> None:
    """Media time begins anew: nothing from before is comparable."""
    stream["transit"] = 0.0
    stream["s_transit"] = 0.0
    for index in range(5):
        stream["skew"][index] = 0.0


def skew_ppm(states: NDArray[Any]) -> NDArray[np.float64]:
    """For each of `states` (n,) STREAM how fast its clock is, in millionths; slow is negative, NaN where too short."""
    n, t, x, tt, tx = states["skew"].T.astype(np.float64)
    below = n * tt - t * t
    slope = np.where(below > 0, (n * tx - t * x) / np.where(below > 0, below, 1.0), 0.0)  # ms of transit a second
    return np.where(n >= LEAST_SECONDS, -1000.0 * slope, np.nan)
