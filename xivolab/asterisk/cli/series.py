"""Counters of `pjsip show channelstats` taken again and again: what happened between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xivolab.table import Table

MEASURES = ("rx_loss", "rx_jitter", "tx_loss", "tx_jitter", "rtt")
"""Loss in % of what came between two outputs, jitters and round trip in ms as they were then."""

RTCP_INTERVAL_S = 5.5
"""A little more than the five seconds between two reports (RFC 3550, 6.2; Asterisk's rtcpinterval)."""


@dataclass(frozen=True, slots=True)
class Point:
    """One output: `at` in seconds after the first of the channel; values of `MEASURES`, None where nothing tells."""

    at: float
    values: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class CounterTrack:
    """One channel through all outputs; `start` in epoch seconds, None where no clock stood beside the first."""

    channel: str
    codec: str | None
    start: float | None
    points: tuple[Point, ...]
    last: dict[str, Any]

    def worst(self, measure: str) -> float | None:
        """The highest value of a measure, None when there is none."""
        return max((v for point in self.points if (v := point.values[measure]) is not None), default=None)


def counter_tracks(table: Table) -> list[CounterTrack]:
    """The channels of the table "channelstats" that were counted, in the order in which they first appear.

    By the clock beside the outputs; without one by the time that each channel has been up. Once a phone has sent a report,
    its silence in a later output is a loss of nothing.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in table.records():
        if row["state"] == "counted":
            rows.setdefault(row["channel"], []).append(row)
    return [_track(found) for found in rows.values()]


def _track(rows: Sequence[dict[str, Any]]) -> CounterTrack:
    clock = "taken_at" if all(row["taken_at"] is not None for row in rows) else "uptime_s"
    ordered = sorted(rows, key=lambda row: (row[clock], row["output"]))
    first = ordered[0]
    times = [round(row[clock] - first[clock], 3) for row in ordered]
    reported = [any(row["rtcp"] for row in ordered[: n + 1]) for n in range(len(ordered))]
    rx_loss, tx_loss = _loss(ordered, times, "rx", expected=True), _loss(ordered, times, "tx", expected=False)
    # Once it was more, this Asterisk tells it: 0.000 is less than half a millisecond then.
    silent = 0.0 if any(row["tx_jitter_ms"] for row in ordered) else None
    points = tuple(
        Point(
            at,
            {
                "rx_loss": rx_loss[n],
                "rx_jitter": row["rx_jitter_ms"],
                "tx_loss": tx_loss[n] if reported[n] else None,
                "tx_jitter": (row["tx_jitter_ms"] or silent) if reported[n] else None,
                "rtt": row["rtt_ms"],
            },
        )
        for n, (at, row) in enumerate(zip(times, ordered, strict=True))
    )
    return CounterTrack(first["channel"], ordered[-1]["codec"], first["taken_at"], points, ordered[-1])


def _loss(rows: Sequence[dict[str, Any]], times: Sequence[float], way: str, *, expected: bool) -> list[float | None]:
    """Lost packets in % of those between two outputs; None for the last ones, of which nothing is known yet.

    Asterisk counts losses when it writes an RTCP report, a phone tells them in one: every five seconds. So a loss is spread over
    the outputs since the counter was known to be fresh: since it changed, or stood still for longer than that.
    """
    packets = [row[f"{way}_packets"] for row in rows]
    lost = [row[f"{way}_lost"] or 0 for row in rows]
    values: list[float | None] = [None] * len(rows)
    fresh = 0
    for n in range(1, len(rows)):
        if lost[n] == lost[fresh] and times[n] - times[fresh] < RTCP_INTERVAL_S:
            continue
        came, missing = packets[n] - packets[fresh], lost[n] - lost[fresh]
        of = came + missing if expected else came
        share = round(min(100 * max(missing, 0) / of, 100.0), 3) if came >= 0 and of > 0 else None
        values[fresh + 1 : n + 1] = [share] * (n - fresh)
        fresh = n
    if fresh == 0:  # too short for a report: all there is
        values = [_percent_of(row, way) for row in rows]
    values[0] = values[0] if values[0] is not None else values[min(1, len(values) - 1)]
    return values


def _percent_of(row: dict[str, Any], way: str) -> float | None:
    value: float | None = row[f"{way}_lost_pct"]
    return value
