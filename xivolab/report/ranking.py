"""Calls worst first: what each is pointed out for, and how bad that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from xivolab.report.thresholds import thresholds

if TYPE_CHECKING:
    from xivolab.case import Case

Row = dict[str, Any]
"""One JSON record."""


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
class Remark:
    """One thing pointed out: a code, the figure over the threshold, and the direction as addresses."""

    code: str
    value: float | None = None
    src: str = ""
    dst: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A call record with its place in the ranking and the records of its streams."""

    call: Row
    level: Level
    remarks: tuple[Remark, ...]
    streams: tuple[Row, ...]


def worst_first(case: Case, own: Mapping[str, float] | None = None) -> list[Ranked]:
    """All calls of a case, worst first; `own` thresholds go over the defaults (`xivolab.report.thresholds`)."""
    limits = thresholds(own)
    streams = list(case.table("streams").records())
    calls = list(case.table("calls").records())
    both_sides = _seen_from_both_sides(case, calls)
    ranked = [_ranked(call, [streams[n] for n in call["streams"]], limits, both_sides) for call in calls]
    return sorted(ranked, key=_badness)


def failed_registrations(case: Case) -> list[Row]:
    """The registrations that were refused and never accepted."""
    return [row for row in case.table("registrations").records() if row["rejected"] and not row["accepted"]]


def _badness(ranked: Ranked) -> tuple[int, float, float]:
    mos = ranked.call["mos_min"]
    return ranked.level, 5.0 if mos is None else mos, ranked.call["start"] or 0.0


def _ranked(call: Row, streams: list[Row], limits: Mapping[str, float], both_sides: set[str]) -> Ranked:
    announced = _ended_by_announcement(call, both_sides)
    remarks = [Remark("announcement")] if announced else []
    if call["released_by"] == "server" and call["connected_at"] is not None:
        remarks.append(Remark("server-ended"))
    remarks += [*_missing_directions(call, streams, limits), *_poor_directions(call, streams, limits)]
    if announced or call["state"] in ("failed", "rejected"):
        level = Level.FAILURE
    elif remarks:
        level = Level.DEGRADED
    elif call["state"] in ("completed", "in-call", "setup", "ringing"):
        level = Level.FINE
    else:
        level = Level.UNSUCCESSFUL
    return Ranked(call, level, tuple(remarks), tuple(streams))


def _ended_by_announcement(call: Row, both_sides: set[str]) -> bool:
    """A PBX may answer a call it refuses, to say why: on the wire that is 200, an announcement, and its BYE.

    Where the evidence cannot hold a callee's leg, a healthy call looks the same: there it is not said.
    """
    if call["state"] != "completed" or call["answered_by"] != "server":
        return False
    return call["released_by"] == "server" or (call["released_by"] is None and _pbx(call) in both_sides)


def _seen_from_both_sides(case: Case, calls: list[Row]) -> set[str]:
    """The PBXs whose callee legs the evidence would hold: it was captured there, or holds such legs of other calls."""
    captured_at = {file.host for file in case.files}
    there = {address for address, info in case.hosts.items() if info.name in captured_at}
    return there | {pbx for call in calls if len(call["legs"]) > 1 and (pbx := _pbx(call))}


def _pbx(call: Row) -> str | None:
    """The IP address that the caller's leg goes to."""
    legs = call["leg_details"]
    return host(legs[0]["dst"]) if legs and legs[0]["dst"] else None


def _poor_directions(call: Row, streams: list[Row], limits: Mapping[str, float]) -> list[Remark]:
    """The directions over a threshold, without those where the PBX only passes on what it got from the other party."""
    poor = list(_poor_streams(streams, limits))
    pbx = _pbx(call)
    got = {(remark.code, host(remark.src)) for remark in poor if host(remark.dst) == pbx}
    return [
        remark
        for remark in poor
        if host(remark.src) != pbx or all(code != remark.code or sender == host(remark.dst) for code, sender in got)
    ]


def _poor_streams(streams: list[Row], limits: Mapping[str, float]) -> Iterator[Remark]:
    """The directions over a threshold; a poor MOS is only named where nothing explains it."""
    for stream in streams:
        loss, jitter, mos = stream["lost_pct"], stream["jitter_rfc_ms"], stream["mos"]
        ends = {"src": stream["src"], "dst": stream["dst"]}
        if loss >= limits["packet-loss"]:
            yield Remark("packet-loss", loss, **ends)
        if jitter is not None and jitter >= limits["high-jitter"]:
            yield Remark("high-jitter", jitter, **ends)
        explained = loss >= limits["packet-loss"] or (jitter or 0.0) >= limits["high-jitter"]
        if mos is not None and stream["mos_scale"] == "nb" and mos < limits["low-mos"] and not explained:
            yield Remark("low-mos", mos, **ends)


def _missing_directions(call: Row, streams: list[Row], limits: Mapping[str, float]) -> list[Remark]:
    """Directions without a packet though the other way has some for long enough.

    Across a PBX the direction towards it is the one at fault; the silence it passes on is a consequence.
    """
    if not call["answered"] or call["talk_s"] is None or call["talk_s"] < limits["one-way-audio"]:
        return []
    seen: dict[tuple[str, str], float] = {}
    for stream in streams:
        way = host(stream["src"]), host(stream["dst"])
        seen[way] = max(seen.get(way, 0.0), stream["end"] - stream["start"])
    missing = [
        (dst, src)
        for (src, dst), lasted in seen.items()
        if (dst, src) not in seen and lasted >= limits["one-way-audio"]
    ]
    towards = [way for way in missing if way[1] == _pbx(call)]
    return [Remark("one-way-audio", None, src, dst) for src, dst in towards or missing]


def host(address: str) -> str:
    """The IP address of "ip:port" or "[ip]:port"."""
    return address.rpartition(":")[0].strip("[]")
