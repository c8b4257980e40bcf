"""Tables of traffic with a few figures of interest, for the tests of its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xivolab.schema import TRAFFIC, TRAFFIC_BY, TRAFFIC_SERIES, Record
from xivolab.table import Table

NOON = 1_795_435_200 * 10**9
"""2026-11-23 12:00:00 UTC in nanoseconds."""


def table(record: Record, rows: Sequence[dict[str, Any]]) -> Table:
    """A table of rows that give only what a test is about; the rest is null, or nought."""
    nought: dict[str, Any] = {"time": NOON, "int": 0, "float": 0.0, "str": "", "list": []}
    made = [
        {
            f.name: row.get(f.name, None if f.null else f.values[0] if f.values else nought[f.kind])
            for f in record.fields
        }
        for row in rows
    ]
    return Table.from_rows(record, made)


def summary(**figures: Any) -> Table:
    """A summary of ten seconds of ten calls."""
    known = {
        "start": NOON,
        "end": NOON + 10_000_000_000,
        "duration_s": 10.0,
        "capture_points": ["pbx:eth0"],
        "calls": 10,
        "calls_answered": 8,
        "calls_per_s": 1.0,
        "concurrent_max": 4,
        "concurrent_max_at": NOON + 3_000_000_000,
        "concurrent_mean": 2.5,
        "talking_mean": 2.0,
        "asr_pct": 80.0,
        "srd_count": 8,
        "srd_mean_ms": 1234.5,
        "srd_p95_ms": 2000.0,
        "srd_max_ms": 12000.0,
    }
    return table(TRAFFIC, [known | figures])


def series(calls: Sequence[int], failed: Sequence[int] | None = None, **columns: Sequence[Any]) -> Table:
    """One row a second."""
    rows = [
        {
            "id": str(n),
            "start": NOON + n * 1_000_000_000,
            "interval_s": 1.0,
            "covered_s": 1.0,
            "calls": count,
            "calls_per_s": float(count),
            "calls_failed": failed[n] if failed else 0,
            **{name: values[n] for name, values in columns.items()},
        }
        for n, count in enumerate(calls)
    ]
    return table(TRAFFIC_SERIES, rows)


def by(*rows: tuple[str, str | None, int, int]) -> Table:
    """Shares as (dimension, value, calls, registrations)."""
    made = [
        {"id": f"{d}/{v}", "dimension": d, "value": v, "calls": calls, "registrations": registrations, "asr_pct": 50.0}
        for d, v, calls, registrations in rows
    ]
    return table(TRAFFIC_BY, made)
