"""When packets came: jitter as RFC 3550 A.8 has it, and what a fixed play-out buffer would have thrown away."""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab._kernel import helper

BUFFER_MS = 50.0
"""Depth of the simulated play-out buffer, behind the quickest packet."""

_DRIFT = 3e-4  # the quickest packet is forgotten at this rate (300 ppm), so that a skewed clock is no lateness
_STEP = 50  # this many late packets in a row are a longer path, to which a buffer adapts


@helper
def signed32(value: int) -> int:
    """A difference of two RTP timestamps, wrapped to -2^31 … 2^31-1."""
    value &= 0xFFFFFFFF
    return value - 0x100000000 if value >= 0x80000000 else value


@helper
def pause_timing(stream: Any) -> None:
    """An event or comfort noise passed: the next packet is compared with nothing."""
    stream["time"] = -1


@helper
def count_timing(stream: Any, time: int, timestamp: int, clock: int) -> bool:
    """Count the arrival (ns) of one packet of media; whether the play-out buffer throws it away."""
    if stream["time"] < 0 or stream["clock"] != clock:
        stream["time"] = time
        stream["timestamp"] = timestamp
        stream["clock"] = clock
        stream["base_transit"] = np.inf
        return False
    elapsed = (time - stream["time"]) / 1e6
    nominal = signed32(timestamp - stream["timestamp"]) * 1000.0 / clock
    difference = elapsed - nominal
    stream["jitter"] += (abs(difference) - stream["jitter"]) / 16.0
    stream["jitter_sum"] += stream["jitter"]
    stream["jitter_count"] += 1
    stream["time"] = time
    stream["timestamp"] = timestamp
    # Transit is counted from the last packet, so only its distance from the quickest one is kept.
    behind = difference if stream["base_transit"] == np.inf else stream["base_transit"] + difference
    behind = max(behind - _DRIFT * max(elapsed, 0.0), 0.0)
    late = behind > BUFFER_MS
    if late:
        if stream["late_run"] == 0:
            stream["bursts"] += 1
        stream["late_run"] += 1
        stream["discarded"] += 1
        if stream["late_run"] >= _STEP:
            behind = 0.0
            stream["late_run"] = 0
    else:
        stream["late_run"] = 0
    stream["base_transit"] = behind
    return late
