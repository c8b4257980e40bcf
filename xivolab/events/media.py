"""What RTP tells: media that begins and ends, digits and tones in it, senders that change their SSRC or their codec."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from xivolab.events.event import Event
from xivolab.rtp.marks import Mark
from xivolab.schema import NULL_INT
from xivolab.sip.info import digit_name
from xivolab.table import Table

Place = tuple[int, int]
"""Index of a file, and a frame in it."""

_TAKEN_OVER_NS = 5_000_000_000
"""A stream between the same two ports of one call that begins within this time of the other's end continues it."""

_PASSING_NS = 500_000_000

TONES = {32: "ANS", 33: "/ANS", 34: "ANSam", 35: "/ANSam", 36: "CNG", 38: "V.21 ch1 0", 39: "V.21 ch2", 40: "CI"}
"""Events that are no digits: those of faxes and modems, by their code (RFC 4734, table 1)."""

Row = dict[str, Any]


def media_events(
    streams: Table,
    places: Callable[[int], tuple[Place, Place]],
    marks: Iterable[Mark],
    files: Sequence[str],
    of: Iterable[int] | None = None,
) -> list[Event]:
    """The events of the streams (with their calls), or of the rows `of` alone.

    `places` gives the first and last packet of a row, `marks` what happened in single packets, `files` the names of files.
    """
    columns = ("id", "ssrc", "src", "dst", "codec", "payload_type", "start", "end", "call", "line")
    wanted = np.arange(len(streams)) if of is None else np.fromiter(of, np.int64)
    values = zip(*(streams[column][wanted].tolist() for column in columns), strict=True)
    rows: dict[int, Row] = {
        n: {**dict(zip(columns, row, strict=True)), "n": n} for n, row in zip(wanted.tolist(), values, strict=True)
    }

    def event(row: Row, time: int, place: Place, kind: str, text: str, **more: Any) -> Event:
        name = files[place[0]] if place[0] < len(files) else None
        known = {"call": row["call"], "stream": row["id"], "file": name}
        known["frame" if row["line"] == NULL_INT else "line"] = place[1]  # of a log
        return Event(time=time, source="rtp", kind=kind, text=text, **known, **more)

    found: list[Event] = []
    for chain in _chains(rows.values()):
        first, last = chain[0], chain[-1]
        start, stop = places(first["n"])[0], places(last["n"])[1]
        found.append(event(first, first["start"], start, "media-start", f"{_codec(first)} · {_way(first)}"))
        found.append(event(last, last["end"], stop, "media-stop", f"{_codec(last)} · {_way(last)}"))
        for before, after in pairwise(chain):
            text = f"{before['ssrc'] or '?'} → {after['ssrc'] or '?'} · {_way(after)}"
            found.append(event(after, after["start"], places(after["n"])[0], "ssrc-change", text))
    for mark in marks:
        row = rows.get(mark.stream)
        if row is None:
            continue
        kind, text, more = _words(mark)
        found.append(event(row, mark.time, (mark.file, mark.frame), kind, f"{text}{_way(row)}", **more))
    return found


def _words(mark: Mark) -> tuple[str, str, Row]:
    """Kind, facts and further fields of a mark."""
    if mark.kind == "restart":
        return "stream-restart", "", {}
    if mark.kind == "type-change":
        return "payload-type-change", f"{mark.before} → {mark.after} · ", {}
    code = mark.code or 0
    digit = digit_name(code)
    if digit is not None:
        return "dtmf", f"{digit} · RFC 4733 · ", {"digit": digit, "duration_ms": mark.duration_ms}
    return "tone", f"{TONES.get(code, code)} · RFC 4733 · ", {"duration_ms": mark.duration_ms}


def _chains(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The streams one after another between the same two ports of one call: a sender that changed its SSRC."""
    between: dict[tuple[str | None, str | None, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        between[row["src"], row["dst"], row["call"]].append(row)
    for group in between.values():
        chains: list[list[Row]] = []
        for row in sorted(group, key=lambda row: (row["start"], row["ssrc"] or "")):
            ended = (chain for chain in chains if _goes_on(chain[-1], row))
            found = min(ended, key=lambda chain: abs(row["start"] - chain[-1]["end"]), default=None)
            if found is None:
                chains.append([row])
            else:
                found.append(row)
        yield from chains


def _goes_on(old: Row, new: Row) -> bool:
    """Whether a stream takes over from another: its first packets may pass the last of the old one."""
    since = new["start"] - old["end"]
    shorter = min(old["end"] - old["start"], new["end"] - new["start"])
    return bool(-min(_PASSING_NS, shorter // 2) <= since <= _TAKEN_OVER_NS and new["end"] > old["end"])


def _codec(row: Row) -> str:
    return row["codec"] or f"PT {row['payload_type']}"


def _way(row: Row) -> str:
    return f"{row['src'] or '?'} → {row['dst'] or '?'}"
