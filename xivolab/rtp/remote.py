"""The columns of the table of streams that RTCP fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.rtp.extended import VoipMetrics
from xivolab.rtp.reports import RemoteView, StreamKey
from xivolab.schema import NULL_INT

_METRICS: dict[str, Callable[[VoipMetrics], float | None]] = {
    "xr_lost_pct": lambda m: m.lost_pct,
    "xr_discarded_pct": lambda m: m.discarded_pct,
    "xr_burst_pct": lambda m: m.burst_pct,
    "xr_burst_ms": lambda m: m.burst_ms,
    "xr_rtt_ms": lambda m: m.rtt_ms,
    "xr_end_system_ms": lambda m: m.end_system_ms,
    "xr_buffer_ms": lambda m: m.buffer_ms,
    "xr_r_factor": lambda m: m.r_factor,
    "xr_mos_lq": lambda m: m.mos_lq,
    "xr_mos_cq": lambda m: m.mos_cq,
}


def remote_columns(
    views: Mapping[StreamKey, RemoteView], states: NDArray[Any], src: Sequence[str], dst: Sequence[str]
) -> dict[str, Any]:
    """What RTCP says of each of `states` (n,) STREAM, whose ends are `src` and `dst`: columns of n values."""
    n = len(states)
    numbers = {
        name: np.full(n, np.nan)
        for name in ("remote_lost_pct", "remote_jitter_ms", "rtt_ms", "xr_jitter_ms", *_METRICS)
    }
    counts = {name: np.full(n, NULL_INT, np.int64) for name in ("xr_lost", "xr_duplicates")}
    cname = np.full(n, None, object)
    bye = np.full(n, NULL_INT, np.int64)
    ssrcs = states["ssrc"].tolist() if views else []
    for row, ssrc in enumerate(ssrcs):
        view = views.get((ssrc, _host(src[row]), _host(dst[row])))
        if view is None:
            continue
        clock = int(states["clock"][row])
        if view.reports:
            numbers["remote_lost_pct"][row] = _or_nan(remote_loss(view, int(states["base_seq"][row])))
            numbers["remote_jitter_ms"][row] = _ms(view.jitter, clock)
            numbers["rtt_ms"][row] = _or_nan(view.rtt_ms)
        if view.metrics is not None:
            for name, value in _METRICS.items():
                numbers[name][row] = _or_nan(value(view.metrics))
        numbers["xr_jitter_ms"][row] = _ms(view.xr_jitter, clock)
        for name, count in (("xr_lost", view.xr_lost), ("xr_duplicates", view.xr_duplicates)):
            counts[name][row] = NULL_INT if count is None else count
        cname[row] = view.cname
        bye[row] = NULL_INT if view.bye is None else view.bye
    return {**numbers, **counts, "cname": cname, "rtcp_bye": bye}


def remote_loss(view: RemoteView, base: int) -> float | None:
    """Cumulative loss of the last report, in percent of what the receiver expected by then."""
    expected = (view.highest & 0xFFFFFFFF) - (base & 0xFFFF) + 1
    if expected <= 0:
        return None
    return min(100.0, max(0.0, 100.0 * view.lost / expected))


def _host(endpoint: str) -> str:
    return endpoint.rpartition(":")[0].strip("[]")


def _ms(ticks: int | None, clock: int) -> float:
    return ticks * 1000.0 / clock if ticks is not None and clock else np.nan


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value
