"""Media that should be there and is not: directions of answered calls without packets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from xivolab.findings.evidence import Evidence
from xivolab.findings.media_ways import host, lasted_s, pbx_of, signalled_both_ways, ways


@dataclass(frozen=True, slots=True)
class Missing:
    """A direction without packets; `others` are the streams of the other one (rows), which were heard `heard_s`.

    `answer` is the message that opened it, `begins` when it should have begun (ns).
    """

    src: str
    dst: str
    others: tuple[int, ...]
    heard_s: float
    answer: int | None
    begins: int


def missing_ways(evidence: Evidence) -> Iterator[tuple[int, list[Missing]]]:
    """For each answered call that lasted long enough the directions that are missing while the other one flows.

    Across a PBX that is the direction towards it: the onward silence follows from it. Nothing is said of half a capture,
    nor of a leg that was on hold or told to send one way.
    """
    limit = evidence.limits["one-way-audio"]
    for row in _answered(evidence):
        missing = []
        for way in ways(evidence, row):
            if way.streams:
                continue
            others = next(other for other in ways(evidence, row) if (other.src, other.dst) == (way.dst, way.src))
            heard = lasted_s(evidence, others)
            if heard < limit or not signalled_both_ways(evidence, row, way.src, way.dst):
                continue
            if _one_way_agreed(evidence, row, way.src, way.dst):
                continue
            begins = min(int(evidence.streams["start"][stream]) for stream in others.streams)
            answer = evidence.legs[row][0].session.answer if evidence.legs[row] else None
            missing.append(Missing(way.src, way.dst, others.streams, heard, answer, begins))
        pbx = pbx_of(evidence, row)
        towards = [way for way in missing if way.dst == pbx]
        if towards or missing:
            yield row, towards or missing


def silent_calls(evidence: Evidence, *, could_be_seen: bool) -> Iterator[tuple[int, int]]:
    """Answered calls without any stream, each with the row of its 2xx: those whose media could have been seen, or the others.

    It could where RTP of one of the call's hosts is in the same file, and the media was not to go past them.
    """
    seen = _hosts_heard(evidence)
    if could_be_seen and not seen:
        return
    limit = evidence.limits["one-way-audio"]
    for row in _answered(evidence):
        legs = evidence.legs[row]
        talk = evidence.call_value(row, "talk_s")
        if not legs or legs[0].session.answer is None or evidence.call_value(row, "streams"):
            continue
        if talk is None or talk < limit:
            continue
        heard = seen.get(int(evidence.sip.raw.file[legs[0].session.answer]), set())
        if bool(heard and _could_be_seen(evidence, row, heard)) == could_be_seen:
            yield row, legs[0].session.answer


def _hosts_heard(evidence: Evidence) -> dict[int, set[str]]:
    """By file the hosts with RTP in it."""
    found: dict[int, set[str]] = defaultdict(set)
    ends = zip(evidence.streams["src"].tolist(), evidence.streams["dst"].tolist(), strict=True)
    for stream, places in enumerate(ends):
        found[evidence.reading.stream_places(stream)[0][0]] |= {host(place) for place in places if place}
    return found


def _could_be_seen(evidence: Evidence, row: int, heard: set[str]) -> bool:
    hosts = {host(place) for leg in evidence.legs[row] for place in (leg.src, leg.dst) if place}
    return bool(hosts & heard) and not _goes_past(evidence, row)


def _goes_past(evidence: Evidence, row: int) -> bool:
    """Whether the ends of some leg were told to send their media elsewhere (direct media): not past the capture point."""
    index = evidence.sip.index
    for leg in evidence.legs[row]:
        ends = {host(place) for place in (leg.src, leg.dst) if place}
        for message in leg.messages:
            sdp = index.sdp(message)
            for media in sdp.media if sdp else ():
                if media.kind == "audio" and media.port and media.address and media.address not in ends:
                    return True
    return False


def _answered(evidence: Evidence) -> list[int]:
    calls = evidence.calls
    return [
        int(row) for row in np.flatnonzero((calls["answered"] == 1) & (calls["partial"] != 1)) if evidence.legs[row]
    ]


def _one_way_agreed(evidence: Evidence, row: int, src: str, dst: str) -> bool:
    """Whether some description says that nothing shall go from `src` to `dst`: hold, or one way from the beginning."""
    index = evidence.sip.index
    for leg in evidence.legs[row]:
        for message in leg.messages:
            sdp = index.sdp(message)
            sender = host(index.place(index.src[message]) or "")
            if sdp is None or sender not in (src, dst):
                continue
            for media in sdp.media:
                if media.kind != "audio" or not media.port:
                    continue
                quiet = {"recvonly", "inactive"} if sender == src else {"sendonly", "inactive"}
                if media.direction in quiet or media.address == "0.0.0.0":  # noqa: S104
                    return True
    return False
