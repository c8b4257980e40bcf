"""Wireshark 4.0's analysis of a stream, bug for bug, so that its numbers and ours can be laid side by side.

Source: wireshark 4.0, ui/tap-rtp-analysis.c, rtppacket_analyse(). Known oddities that are kept: milliseconds per tick
use the clock divided by 1000 in whole numbers; a mean divides by all packets while it sums only regular ones; what is
lost is expected − received, so that duplicates make it negative; skew counts as jitter.
"""

from __future__ import annotations

from typing import Any

from xivolab._kernel import helper
from xivolab.rtp.state import COMFORT_NOISE, COMFORT_NOISE_OLD


@helper
def start_wireshark(stream: Any, now: float, sequence: int, timestamp: int, payload_type: int, clock: int) -> None:
    """The first packet of a stream; `now` in ms since the first frame of the file, `clock` 0 for unknown."""
    stream["w_start_seq"] = sequence
    stream["w_stop_seq"] = sequence
    stream["w_time"] = now
    stream["w_first_timestamp"] = timestamp
    stream["w_type"] = payload_type
    stream["w_clock"] = clock if clock >= 1000 else 0
    stream["w_total"] = 1


@helper
def count_wireshark(
    stream: Any, now: float, sequence: int, timestamp: int, payload_type: int, marker: bool, clock: int
) -> None:
    """Every packet after the first; `clock` is 0 for events and unknown types."""
    ahead = timestamp - stream["w_first_timestamp"]
    in_time = (0 <= ahead < 0x80000000) or (ahead < 0 and ahead + 0xFFFFFFFF < 0x80000000)
    below = sequence < stream["w_start_seq"] or (sequence == 0 and stream["w_stop_seq"] == 65535)
    if in_time and below and not stream["w_under"]:
        stream["w_cycles"] += 1
        stream["w_under"] = 1
    elif in_time and sequence > stream["w_start_seq"] and stream["w_under"]:
        stream["w_under"] = 0
    noise = payload_type in (COMFORT_NOISE, COMFORT_NOISE_OLD)
    after_noise = stream["w_type"] in (COMFORT_NOISE, COMFORT_NOISE_OLD)
    stream["w_type"] = payload_type
    if in_time:
        if clock >= 1000:  # a slower one has no whole ticks in a millisecond
            stream["w_clock"] = clock
            nominal = ((timestamp - stream["w_first_timestamp"]) & 0xFFFFFFFF) / (clock // 1000)
            difference = abs(now - (stream["w_time"] + (nominal - stream["w_nominal"])))
            stream["w_jitter"] = (15 * stream["w_jitter"] + difference) / 16
            stream["w_nominal"] = nominal
        stream["w_delta"] = now - stream["w_time"]
    if in_time and not (marker or noise or after_noise):
        if stream["w_delta"] > stream["w_delta_max"]:
            stream["w_delta_max"] = stream["w_delta"]
        if clock >= 1000:
            if stream["w_jitter"] > stream["w_jitter_max"]:
                stream["w_jitter_max"] = stream["w_jitter"]
            total = stream["w_total"]
            stream["w_jitter_mean"] = (stream["w_jitter_mean"] * (total - 1) + stream["w_jitter"]) / total
    if in_time:
        stream["w_time"] = now
    stream["w_stop_seq"] = sequence
    stream["w_total"] += 1
