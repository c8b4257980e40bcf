"""When packets came: jitter as RFC 3550 A.8 has it, the length of packets, and what jitter buffers make of it."""

from __future__ import annotations

from typing import Any

from xivolab._kernel import helper
from xivolab.rtp.playout import begin_playout, count_playout
from xivolab.rtp.skew import begin_skew

_STANDSTILL_MS = 1000.0  # media time that stands still for longer (hold) or jumps is no transit


@helper
def signed32(value: int) -> int:
    """A difference of two RTP timestamps, wrapped to -2^31 … 2^31-1."""
    value &= 0xFFFFFFFF
    return value - 0x100000000 if value >= 0x80000000 else value


@helper
def pause_timing(stream: Any) -> None:
    """An event or comfort noise passed: the next packet is compared with nothing."""
    stream["paused"] = 1


@helper
def _vote(stream: Any, ticks: int) -> None:
    """Find the step of the timestamp that most packets have (Boyer and Moore's majority vote)."""
    if ticks == stream["ptime_ticks"]:
        stream["ptime_votes"] += 1
    elif stream["ptime_votes"] > 0:
        stream["ptime_votes"] -= 1
    else:
        stream["ptime_ticks"] = ticks


@helper
def count_timing(stream: Any, time: int, timestamp: int, clock: int) -> None:
    """Count the arrival (ns) of one packet of media."""
    if stream["time"] < 0 or stream["clock"] != clock:
        stream["time"] = time
        stream["timestamp"] = timestamp
        stream["clock"] = clock
        stream["paused"] = 0
        stream["ptime_ticks"] = 0
        stream["ptime_votes"] = 0
        begin_playout(stream)
        begin_skew(stream)
        return
    elapsed = (time - stream["time"]) / 1e6
    ticks = signed32(timestamp - stream["timestamp"])
    difference = elapsed - ticks * 1000.0 / clock
    stream["time"] = time
    stream["timestamp"] = timestamp
    if abs(difference) < _STANDSTILL_MS:
        stream["transit"] += difference
        stream["s_transit"] = min(stream["s_transit"], stream["transit"])
    if stream["paused"] != 0:
        stream["paused"] = 0
        begin_playout(stream)
        return
    stream["jitter"] += (abs(difference) - stream["jitter"]) / 16.0
    stream["jitter_sum"] += stream["jitter"]
    stream["jitter_count"] += 1
    _vote(stream, ticks)
    count_playout(stream, difference, elapsed)
