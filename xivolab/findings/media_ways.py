"""Which way media went in a call, which way it is missing, and which stream a PBX only passed on."""

from __future__ import annotations

from dataclasses import dataclass

from xivolab.findings.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Way:
    """One direction between two hosts of a call: its streams (rows), none where it is missing."""

    src: str
    dst: str
    streams: tuple[int, ...]


def host(place: str | None) -> str:
    """The IP address of "ip:port" or "[ip]:port"; "" for an Asterisk whose log does not print its own."""
    return place.rpartition(":")[0].strip("[]") if place else ""


def pbx_of(evidence: Evidence, row: int) -> str | None:
    """The IP address that the caller's leg of a call goes to."""
    legs = evidence.legs[row]
    return host(legs[0].dst) if legs and legs[0].dst else None


def ways(evidence: Evidence, row: int) -> list[Way]:
    """The directions of the media of a call, each with its counterpart, which may have no streams."""
    seen: dict[tuple[str, str], list[int]] = {}
    for stream in evidence.streams_of.get(str(evidence.calls["id"][row]), ()):
        src, dst = evidence.stream_ends[stream]
        seen.setdefault((host(src), host(dst)), []).append(stream)
    both = dict.fromkeys(pair for src, dst in seen for pair in ((src, dst), (dst, src)))
    return [Way(src, dst, tuple(seen.get((src, dst), ()))) for src, dst in both]


def lasted_s(evidence: Evidence, way: Way) -> float:
    """How long the longest stream of a direction lasted."""
    streams = evidence.streams
    return max((int(streams["end"][n] - streams["start"][n]) / 1e9 for n in way.streams), default=0.0)


def not_passed_on(evidence: Evidence, row: int, poor: list[int]) -> list[int]:
    """Of the streams with one fault those where it arose: a PBX passes on what it got from the other party."""
    pbx = pbx_of(evidence, row)
    ends = {n: (host(src), host(dst)) for n in poor for src, dst in (evidence.stream_ends[n],)}
    got = {src for src, dst in ends.values() if dst == pbx}
    return [n for n, (src, dst) in ends.items() if src != pbx or not got - {dst}]


def signalled_both_ways(evidence: Evidence, row: int, one: str, other: str) -> bool:
    """Whether messages of the call were seen from each of two hosts to the other: the evidence is no half of the traffic."""
    index = evidence.sip.index
    seen = set()
    for leg in evidence.legs[row]:
        for message in leg.messages:
            seen.add((host(index.place(index.src[message]) or ""), host(index.place(index.dst[message]) or "")))
    return (one, other) in seen and (other, one) in seen
