"""The seconds of streams as series of values, ready to plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xivolab.views.names import host_at, name_in, timed
from xivolab.views.subjects import Call, Stream

THRESHOLDS: Mapping[str, float] = {"packet-loss": 1.0, "high-jitter": 30.0, "low-mos": 3.6}
"""Figures from which a finding would be raised, by its code: %, ms, MOS."""


LONGEST_S = 7 * 24 * 3600
"""What lies behind is not drawn: in a damaged capture a stream may seem to last for years."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing measured every second: `threshold` is the finding code of its line, `worst` the side on which values are bad."""

    name: str
    unit: str
    digits: int
    threshold: str | None
    worst: str


MEASURES = (
    Measure("loss", "%", 1, "packet-loss", "high"),
    Measure("jitter", "ms", 1, "high-jitter", "high"),
    Measure("delta", "ms", 0, None, "high"),
    Measure("mos", "", 2, "low-mos", "low"),
)


@dataclass(frozen=True, slots=True)
class Track:
    """One stream: names of its ends, role of its leg ("" if unknown), and `values` of each measure.

    `start` is in seconds after the first stream of the call; values are float64 of shape (seconds,), NaN where there is none.
    """

    stream: Stream
    source: str
    target: str
    role: str
    start: float
    values: dict[str, NDArray[np.float64]]


def tracks(call: Call, lang: str = "en") -> tuple[Track, ...]:
    """The streams of a call, by leg, then as they begin; hosts that were learnt have names in `lang`."""
    streams = timed(call.streams)
    if not streams:
        return ()
    roles = _roles(call)
    first = min(stream.start for stream in streams)
    found = [
        Track(
            stream,
            _name(call, stream.src, lang),
            _name(call, stream.dst, lang),
            roles.get(stream.src or "") or roles.get(stream.dst or "") or "",
            stream.start - first,
            _values(stream),
        )
        for stream in streams
    ]
    order = [leg.role for leg in call.legs]
    return tuple(
        sorted(found, key=lambda track: (order.index(track.role) if track.role in order else len(order), track.start))
    )


def length(tracks: Sequence[Track]) -> float:
    """Seconds from the first stream's first packet to the end of the last one: the time axis that all share."""
    return max(1.0, max(track.start + max(len(track.values["mos"]), 1) for track in tracks))


def _roles(call: Call) -> dict[str, str]:
    """The role of the leg whose session descriptions name an endpoint."""
    of_leg = {leg.call_id: leg.role for leg in call.legs}
    roles: dict[str, str] = {}
    for message in call.messages:
        for line in message.sdp.media if message.sdp else ():
            address = f"[{line.address}]" if ":" in (line.address or "") else line.address
            roles.setdefault(f"{address}:{line.port}", of_leg.get(message.call_id or "", ""))
    return roles


def _name(call: Call, endpoint: str | None, lang: str) -> str:
    if endpoint is None:  # of the log that tells the stream
        return "Asterisk"
    host = host_at(call.case.names, endpoint)
    return name_in(host, lang) if host else endpoint


def _values(stream: Stream) -> dict[str, NDArray[np.float64]]:
    """Each measure with one value a second, up to `LONGEST_S`; seconds without a record are NaN."""
    table = stream.seconds
    second = table["second"]
    known = (second >= 0) & (second < LONGEST_S)
    length = int(second[known].max()) + 1 if known.any() else 0
    packets, lost = table["packets"].astype(float), table["lost"].astype(float)
    expected = packets + lost
    with np.errstate(invalid="ignore"):
        columns = {
            "loss": np.where(expected > 0, 100 * lost / np.where(expected > 0, expected, 1), np.nan),
            "jitter": table["jitter_ms"],
            "delta": table["delta_max_ms"],
            "mos": table["mos"],
        }
    values = {}
    for name, column in columns.items():
        spread = np.full(length, np.nan)
        spread[second[known]] = column[known]
        values[name] = spread
    return values


def thin(values: NDArray[np.float64], count: int, worst: str) -> NDArray[np.float64]:
    """At most `count` values, each the worst of its share, so that a bad second of a long call stays in sight."""
    if len(values) <= count:
        return values
    choose = np.fmin if worst == "low" else np.fmax
    edges = np.linspace(0, len(values), count + 1).astype(int)
    return choose.reduceat(values, edges[:-1])


def runs(values: Sequence[float]) -> list[tuple[int, int]]:
    """Stretches [first, last) without a gap: NaN separates them."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for i, value in enumerate([*values, float("nan")]):
        if value != value:
            if start is not None:
                found.append((start, i))
            start = None
        elif start is None:
            start = i
    return found
