"""What a call is pointed out for: nobody but the server answered, a direction is missing, or a stream is poor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xivolab.case import Case

Row = dict[str, Any]
"""One JSON record."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing pointed out: a code, the figure over the threshold, and the direction as addresses."""

    code: str
    value: float | None = None
    src: str | None = ""
    dst: str | None = ""


def remarks_on(call: Row, streams: list[Row], limits: Mapping[str, float], both_sides: set[str]) -> list[Remark]:
    """Everything one call is pointed out for; `both_sides` as `seen_from_both_sides` tells."""
    found = [Remark("announcement")] if _ended_by_announcement(call, both_sides) else []
    if call["released_by"] == "server" and call["connected_at"] is not None:
        found.append(Remark("server-ended"))
    return [*found, *_missing_directions(call, streams, limits), *_poor_directions(call, streams, limits)]


def seen_from_both_sides(case: Case, calls: list[Row]) -> set[str]:
    """The PBXs whose callee legs the evidence would hold: it was captured there, or holds such legs of other calls."""
    captured_at = {file.host for file in case.files}
    there = {address for address, info in case.told_hosts.items() if info.name in captured_at}
    return there | {pbx for call in calls if len(call["legs"]) > 1 and (pbx := _pbx(call))}


def _ended_by_announcement(call: Row, both_sides: set[str]) -> bool:
    """A PBX may answer a call it refuses, to say why: on the wire that is 200, an announcement, and its BYE.

    Where the evidence cannot hold a callee's leg, a healthy call looks the same: there it is not said.
    """
    if call["state"] != "completed" or call["answered_by"] != "server":
        return False
    return call["released_by"] == "server" or (call["released_by"] is None and _pbx(call) in both_sides)


def _pbx(call: Row) -> str | None:
    """The IP address that the caller's leg goes to."""
    legs = call["leg_details"]
    return host(legs[0]["dst"]) if legs else None


def _poor_directions(call: Row, streams: list[Row], limits: Mapping[str, float]) -> list[Remark]:
    """The directions over a threshold, without those where the PBX only passes on what it got from the other party."""
    poor = list(poor_streams(streams, limits))
    pbx = _pbx(call)
    got = {(remark.code, host(remark.src)) for remark in poor if host(remark.dst) == pbx}
    return [
        remark
        for remark in poor
        if host(remark.src) != pbx or all(code != remark.code or sender == host(remark.dst) for code, sender in got)
    ]


def poor_streams(streams: list[Row], limits: Mapping[str, float]) -> Iterator[Remark]:
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
    seen: dict[tuple[str | None, str | None], float] = {}
    for stream in streams:
        way = host(stream["src"]), host(stream["dst"])
        lasted = 0.0 if stream["start"] is None else stream["end"] - stream["start"]
        seen[way] = max(seen.get(way, 0.0), lasted)
    missing = [
        (dst, src)
        for (src, dst), lasted in seen.items()
        if (dst, src) not in seen and lasted >= limits["one-way-audio"]
    ]
    towards = [way for way in missing if way[1] == _pbx(call)]
    return [Remark("one-way-audio", None, src, dst) for src, dst in towards or missing]


def host(address: str | None) -> str | None:
    """The IP address of "ip:port" or "[ip]:port"; None where a log does not tell it."""
    if address is None:
        return None
    return address.rpartition(":")[0].strip("[]")
