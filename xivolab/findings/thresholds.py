"""From which figure on something is a finding: the defaults, and how a user's own are checked."""

from __future__ import annotations

import math
from collections.abc import Mapping

from xivolab.errors import UsageError

DEFAULTS: dict[str, float] = {
    "packet-loss": 1.0,  # % of a stream
    "packet-loss-burst": 5.0,  # % in 10 s
    "high-jitter": 30.0,  # ms, RFC 3550 A.8
    "high-jitter-for": 5.0,  # s
    "low-mos": 3.6,  # narrow-band MOS: ITU-T G.107, "some users dissatisfied" begins there
    "one-way-audio": 5.0,  # s a call must have lasted before a missing direction is pointed out
    "retransmissions": 3.0,  # sendings of one message over UDP
    "clock-skew": 100.0,  # ppm, over 60 s
    "clock-offset": 1.0,  # s between two sources
}


def thresholds(own: Mapping[str, object] | None = None) -> dict[str, float]:
    """The defaults with the user's `own` figures over them. Raises UsageError for an unknown code or no number."""
    result = dict(DEFAULTS)
    for code, value in (own or {}).items():
        if code not in DEFAULTS:
            raise UsageError("there is no such threshold", f"threshold {code!r}", f"use {', '.join(DEFAULTS)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
            raise UsageError("not a number of 0 or more", f"threshold {code!r}", f"for example {DEFAULTS[code]:g}")
        result[code] = float(value)
    return result
