"""Calls, worst first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from xivolab.findings.thresholds import thresholds
from xivolab.report.concerns import Remark, Row, remarks_on, seen_from_both_sides

if TYPE_CHECKING:
    from xivolab.case import Case


_SURELY_RTP_S = 5.0


class Level(IntEnum):
    """How bad a call is, the worst first."""

    FAILURE = 0
    """It failed, was refused, or nobody but the server answered it and the server ended it."""
    DEGRADED = 1
    """People talked, and something is over a threshold."""
    UNSUCCESSFUL = 2
    """Nobody talked, as happens every day: busy, no answer, cancelled, diverted."""
    FINE = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A call record with its place in the ranking and the records of its streams."""

    call: Row
    level: Level
    remarks: tuple[Remark, ...]
    streams: tuple[Row, ...]


def worst_first(case: Case, own: Mapping[str, float] | None = None) -> list[Ranked]:
    """All calls of a case, worst first; `own` thresholds go over the defaults (`xivolab.findings.thresholds`)."""
    limits = thresholds(own)
    streams = list(case.table("streams").records())
    calls = list(case.table("calls").records())
    both_sides = seen_from_both_sides(case, calls)
    ranked = [_ranked(call, [streams[n] for n in call["streams"]], limits, both_sides) for call in calls]
    return sorted(ranked, key=_badness)


def failed_registrations(case: Case) -> list[Row]:
    """The registrations that were refused and never accepted."""
    return [row for row in case.table("registrations").records() if row["rejected"] and not row["accepted"]]


def streams_without_call(case: Case) -> list[Row]:
    """The streams that belong to no call, the worst MOS first."""
    rows = [row for row in case.table("streams").records() if row["call"] is None]
    return sorted(rows, key=lambda row: 5.0 if row["mos"] is None else row["mos"])


def surely_rtp(stream: Row) -> bool:
    """Whether a stream that no call announced is long enough to be no look-alike of another protocol."""
    return (
        stream["mos"] is not None and stream["start"] is not None and stream["end"] - stream["start"] >= _SURELY_RTP_S
    )


def _badness(ranked: Ranked) -> tuple[int, float, float]:
    mos = ranked.call["mos_min"]
    return ranked.level, 5.0 if mos is None else mos, ranked.call["start"] or 0.0


def _ranked(call: Row, streams: list[Row], limits: Mapping[str, float], both_sides: set[str]) -> Ranked:
    remarks = remarks_on(call, streams, limits, both_sides)
    announced = any(remark.code == "announcement" for remark in remarks)
    if announced or call["state"] in ("failed", "rejected"):
        level = Level.FAILURE
    elif remarks:
        level = Level.DEGRADED
    elif call["state"] in ("completed", "in-call", "setup", "ringing"):
        level = Level.FINE
    else:
        level = Level.UNSUCCESSFUL
    return Ranked(call, level, tuple(remarks), tuple(streams))
