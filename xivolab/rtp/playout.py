"""Jitter buffers, simulated: which packets would have come too late to be played.

Three of them, as VoIPmonitor has them: fixed 50 ms, fixed 200 ms, and one that adapts. A fixed one plays a packet that much
after the quickest; when 50 packets in a row are too late for the first the path has become longer, and both begin anew. The adaptive one
plays at the mean transit plus three times its mean deviation, both smoothed with 0.01 a packet, but at least 60 and at most
500 ms later: algorithm 1 of Ramjee, Kurose, Towsley and Schulzrinne, "Adaptive playout mechanisms for packetized audio
applications in wide-area networks" (INFOCOM 1994), with the rate and the nominal delay of oRTP (src/jitterctl.c).
"""

from __future__ import annotations

from typing import Any

from xivolab._kernel import helper

BUFFERS = ("50", "200", "adaptive")
"""The buffers in the order of a stream's `late`; the first is that of `mos`."""

FIXED_MS, DEEP_MS = 50.0, 200.0
LEAST_MS, MOST_MS = 60.0, 500.0

_ADAPTIVE = 2
_RATE = 0.01
_DEVIATIONS = 3.0
_DRIFT = 3e-4  # the quickest packet is forgotten at this rate (300 ppm), so that a skewed clock is no lateness
_STEP = 50  # this many late packets in a row are a longer path, to which a buffer adapts


@helper
def begin_playout(stream: Any) -> None:
    """The buffers are empty: the next packet is on time."""
    stream["behind"] = 0.0
    stream["offset"] = 0.0


@helper
def _count_late(stream: Any, buffer: int) -> bool:
    """Count a packet that came too late; whether the buffer begins anew."""
    if stream["run"][buffer] == 0:
        stream["late_runs"][buffer] += 1
    stream["run"][buffer] += 1
    stream["late"][buffer] += 1
    if stream["run"][buffer] < _STEP:
        return False
    stream["run"][buffer] = 0
    return True


@helper
def _wait(stream: Any) -> Any:
    """How long (ms) after the mean transit the adaptive buffer plays now."""
    return min(max(_DEVIATIONS * stream["spread"], LEAST_MS), MOST_MS)


@helper
def count_playout(stream: Any, difference: float, elapsed: float) -> None:
    """Count a packet that came `elapsed` ms after the one before it, `difference` of which it was late against that."""
    # Transit is counted from the last packet, so only its distance from the quickest one, and from the mean, is kept.
    behind = max(stream["behind"] + difference - _DRIFT * max(elapsed, 0.0), 0.0)
    if behind > FIXED_MS:
        if behind > DEEP_MS:
            _count_late(stream, 1)
        else:
            stream["run"][1] = 0
        if _count_late(stream, 0):
            behind = 0.0
    elif stream["run"][0] != 0:
        stream["run"][0] = 0
        stream["run"][1] = 0
    stream["behind"] = behind
    offset = stream["offset"] + difference
    if offset > LEAST_MS and offset > _wait(stream):
        if _count_late(stream, _ADAPTIVE):
            offset = 0.0
    elif stream["run"][_ADAPTIVE] != 0:
        stream["run"][_ADAPTIVE] = 0
    stream["spread"] += (abs(offset) - stream["spread"]) * _RATE
    stream["offset"] = offset * (1.0 - _RATE)


@helper
def sample_depth(stream: Any) -> None:
    """A second ends: add up what the adaptive buffer waits now after the quickest packet."""
    if stream["jitter_count"] > 0:
        stream["depth_sum"] += max(stream["behind"] - stream["offset"] + _wait(stream), 0.0)
        stream["depth_count"] += 1
