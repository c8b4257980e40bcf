"""One stream as sound: decoded, put in order, with silence where nothing was heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from xivolab.audio.decoders import Decoder, Samples, decoder
from xivolab.audio.formats import Formats
from xivolab.audio.payloads import redundant
from xivolab.audio.resample import resample
from xivolab.audio.timeline import Gap, Order, bases, in_order, missing, ticks
from xivolab.rtp.packets import Flow, RtpPackets
from xivolab.sip.payload_types import NOT_CODECS
from xivolab.sip.sdp import PayloadFormat

FRAMES = 50
"""Frames a second for which a track tells whether anything was there, and how loud it is: 20 ms each."""

LONGEST_S = 2 * 3600
"""So much of a track is decoded: two hours of telephone speech are 115 MB."""

DIGITS = "0123456789*#ABCD"
"""The events 0 to 15 of RFC 4733."""

EVENTS = PayloadFormat(101, "telephone-event", None)
"""What a dynamic type is taken for that nobody explains and whose packets all look like events."""

Open = Callable[[RtpPackets, Order], list[bytes | None]]
"""Gives the payloads of encrypted packets, in order; None for one whose authentication tag does not fit."""

NoteKind = Literal["undecoded", "damaged", "encrypted", "wrong-key", "cut"]


@dataclass(frozen=True, slots=True)
class Note:
    """What could not be heard and why: `packets` of it, `detail` names the codec."""

    kind: NoteKind
    packets: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Digit:
    """A DTMF digit in the audio's events (RFC 4733), in seconds from the start of the track."""

    digit: str
    start: float
    duration: float


@dataclass(frozen=True, slots=True)
class Track:
    """The sound of one stream.

    `samples` int16 (n,) at `rate` Hz, of which the first was sent at `start` (ns since 1970, on the clock of the capture);
    `present` bool (m,): for each 20 ms whether a packet filled them; `codecs` in the order of their use.
    """

    flow: Flow
    start: int
    rate: int
    samples: Samples
    present: NDArray[np.bool_]
    codecs: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    digits: tuple[Digit, ...] = ()
    notes: tuple[Note, ...] = ()
    packets: int = 0
    duplicates: int = 0
    late: int = 0

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / self.rate

    @property
    def end(self) -> int:
        """When it ends, ns since 1970."""
        return self.start + round(self.seconds * 1e9)


def track(flow: Flow, packets: RtpPackets, formats: Formats, unlock: Open | None = None) -> Track:
    """The sound of the packets of one stream. What cannot be decoded is silence, and a note tells it.

    `unlock` decrypts SRTP; without it an encrypted stream is silent. Raises MissingToolError without PyAV where it is needed.
    """
    return _Maker(flow, packets, formats, unlock).track()


@dataclass(slots=True)
class _Canvas:
    """The samples of one rate, which grow as packets are put down."""

    rate: int
    samples: Samples = field(default_factory=lambda: np.zeros(0, np.int16))
    end: int = 0

    def put(self, at: int, piece: Samples) -> None:
        end = at + len(piece)
        if end > len(self.samples):
            self.samples = np.concatenate(
                [self.samples, np.zeros(max(end, len(self.samples) * 2) - len(self.samples), np.int16)]
            )
        self.samples[at:end] = piece
        self.end = max(self.end, end)


class _Maker:
    def __init__(self, flow: Flow, packets: RtpPackets, formats: Formats, unlock: Open | None) -> None:
        self.flow = flow
        self.formats = formats
        self.order = in_order(packets.rows["sequence"])
        self.rows = packets.rows[self.order.index]
        self.notes: Counter[tuple[NoteKind, str]] = Counter()
        self.payloads = self._payloads(packets, unlock)
        unnamed_events = _like_events(self.rows["payload_type"], self.payloads)
        self.kinds = [
            formats.of(kind, time) or (EVENTS if kind in unnamed_events else None)
            for kind, time in zip(self.rows["payload_type"].tolist(), self.rows["time"].tolist(), strict=True)
        ]
        self.decoders: dict[PayloadFormat, Decoder | None] = {}
        self.canvases: dict[int, _Canvas] = {}
        self.codecs: list[str] = []
        self.spans: list[tuple[float, float]] = []

    def _payloads(self, packets: RtpPackets, unlock: Open | None) -> Sequence[bytes | None]:
        if unlock is not None:
            payloads = unlock(packets, self.order)
            wrong = sum(payload is None for payload in payloads)
            if wrong:
                self.notes["wrong-key", ""] = wrong
            return payloads
        if self.formats.encrypted:
            self.notes["encrypted", ""] = len(self.order.index)
            return [None] * len(self.order.index)
        return [packets.payload(at) for at in self.order.index.tolist()]

    def track(self) -> Track:
        if not len(self.rows):
            return Track(self.flow, self.flow.start or 0, 8000, np.zeros(0, np.int16), np.zeros(0, np.bool_))
        clocks = self._clocks()
        elapsed = ticks(self.rows["timestamp"])
        times = self.rows["time"].astype(np.int64)
        base = bases(times, elapsed, clocks, self.order.extended, self.order.fresh)
        offset = base - base[0]  # of each packet's tick 0, ns after that of the first
        place = offset / 1e9 + elapsed / clocks
        for at in range(len(self.rows)):
            self._take(at, int(offset[at]), int(elapsed[at]), int(clocks[at]))
        rate, samples = self._samples()
        # What was sent, not what could be decoded, says how long a stream lasted.
        length = max(len(samples) / rate, min(float(place.max(initial=0.0)), LONGEST_S))
        samples = np.concatenate([samples, np.zeros(max(round(length * rate) - len(samples), 0), np.int16)])
        return Track(
            self.flow,
            int(base[0]),
            rate,
            samples,
            self._present(len(samples) / rate),
            tuple(self.codecs),
            tuple(
                g
                for g in missing(self.order.extended, self.order.fresh, lambda at: float(place[at]))
                if g.end < LONGEST_S
            ),
            tuple(self._digits(place, clocks)),
            tuple(Note(kind, packets, detail) for (kind, detail), packets in self.notes.items()),
            len(self.rows),
            self.order.duplicates,
            self.order.late,
        )

    def _clocks(self) -> NDArray[np.int64]:
        """Ticks a second of each packet; events and comfort noise go by the clock of the media around them."""
        out = np.zeros(len(self.kinds), np.int64)
        for at, kind in enumerate(self.kinds):
            if kind is not None and not _is_event(kind):
                out[at] = kind.clock or 8000
        known = np.flatnonzero(out)
        if not len(known):
            told = next((kind.clock for kind in self.kinds if kind and kind.clock), None)
            return np.full(len(out), told or _likely_clock(self.rows), np.int64)
        before = np.maximum(np.searchsorted(known, np.arange(len(out)), side="right") - 1, 0)
        return np.asarray(out[known[before]])

    def _take(self, at: int, offset: int, elapsed: int, clock: int) -> None:
        """Decode the packet in row `at` and put it down, `elapsed` ticks after tick 0 that stands `offset` ns after the first."""
        payload, kind = self.payloads[at], self.kinds[at]
        if payload is None:
            return
        if kind is None:
            self.notes["undecoded", f"payload type {self.rows['payload_type'][at]}"] += 1
        elif (kind.name or "").upper() == "RED":
            for block in redundant(payload):
                inner = self.formats.of(block.payload_type, int(self.rows["time"][at]))
                if inner is not None and not (block.age and self._filled(offset, elapsed - block.age, clock)):
                    self._decode(inner, block.payload, offset, elapsed - block.age, clock)
        else:
            self._decode(kind, payload, offset, elapsed, clock)

    def _filled(self, offset: int, elapsed: int, clock: int) -> bool:
        """Whether something was put down there already: redundant audio is for packets that are missing."""
        second = offset / 1e9 + elapsed / clock
        return second < 0 or any(start <= second + 1e-4 and second + 1e-4 < end for start, end in self.spans[-8:])

    def _decode(self, kind: PayloadFormat, payload: bytes, offset: int, elapsed: int, clock: int) -> None:
        name = kind.name or ""
        if name.upper() in NOT_CODECS:
            return
        if kind not in self.decoders:
            self.decoders[kind] = decoder(kind)
            if name not in self.codecs:
                self.codecs.append(name)
        tool = self.decoders[kind]
        if tool is None:
            self.notes["undecoded", name] += 1
            return
        try:
            piece = tool.decode(payload)
        except ValueError:
            self.notes["damaged", name] += 1
            return
        start = round(offset * tool.rate / 1e9) + elapsed * tool.rate // clock
        if start + len(piece) > LONGEST_S * tool.rate:
            self.notes["cut", ""] += 1
        elif start >= 0 and len(piece):
            self.canvases.setdefault(tool.rate, _Canvas(tool.rate)).put(start, piece)
            self.spans.append((start / tool.rate, (start + len(piece)) / tool.rate))

    def _samples(self) -> tuple[int, Samples]:
        """The whole sound at the highest rate that occurs."""
        if not self.canvases:
            return 8000, np.zeros(0, np.int16)
        rate = max(self.canvases)
        parts = [resample(one.samples[: one.end], one.rate, rate) for one in self.canvases.values()]
        if len(parts) == 1:
            return rate, parts[0]
        out = np.zeros(max(map(len, parts)), np.int32)
        for part in parts:
            out[: len(part)] += part
        return rate, np.clip(out, -32768, 32767).astype(np.int16)

    def _present(self, seconds: float) -> NDArray[np.bool_]:
        edges = np.zeros(int(np.ceil(seconds * FRAMES)) + 2, np.int32)
        spans = np.array(self.spans or np.empty((0, 2)))
        starts = np.floor(spans[:, 0] * FRAMES + 0.5).astype(int)
        ends = np.maximum(np.floor(spans[:, 1] * FRAMES + 0.5).astype(int), starts)
        np.add.at(edges, np.minimum(starts, len(edges) - 1), 1)
        np.add.at(edges, np.minimum(ends, len(edges) - 1), -1)
        return np.cumsum(edges)[: int(np.ceil(seconds * FRAMES))] > 0

    def _digits(self, place: NDArray[np.float64], clocks: NDArray[np.int64]) -> list[Digit]:
        """The events, each once however many packets told it."""
        found: dict[tuple[int, int], Digit] = {}
        for at, kind in enumerate(self.kinds):
            payload = self.payloads[at]
            if kind is None or payload is None or not _is_event(kind) or len(payload) < 4 or payload[0] >= len(DIGITS):
                continue
            if (kind.name or "").upper() != "TELEPHONE-EVENT" or place[at] < 0:
                continue
            key = int(self.rows["timestamp"][at]), payload[0]
            length = int.from_bytes(payload[2:4], "big") / int(clocks[at])
            known = found.get(key)
            found[key] = Digit(
                DIGITS[payload[0]],
                known.start if known else float(place[at]),
                max(known.duration if known else 0.0, length),
            )
        return sorted(found.values(), key=lambda digit: digit.start)


def _is_event(kind: PayloadFormat) -> bool:
    return (kind.name or "").upper() in ("TELEPHONE-EVENT", "CN")


def _likely_clock(rows: NDArray[Any]) -> int:
    """The usual clock that is nearest to what the timestamps did while the packets came: nobody told which it is."""
    elapsed, seconds = float(ticks(rows["timestamp"])[-1]), float(rows["time"][-1] - rows["time"][0]) / 1e9
    if elapsed <= 0 or seconds <= 0:
        return 8000
    return min((8000, 16000, 48000, 90000), key=lambda clock: abs(np.log(elapsed / seconds / clock)))


def _like_events(types: NDArray[np.uint8], payloads: Sequence[bytes | None]) -> set[int]:
    """Dynamic types of which every payload is an RFC 4733 event: four bytes, reserved bit 0, a DTMF digit."""
    like: dict[int, bool] = {}
    for kind, payload in zip(types.tolist(), payloads, strict=True):
        fits = payload is not None and len(payload) == 4 and payload[0] < len(DIGITS) and not payload[1] & 0x40
        like[kind] = like.get(kind, kind >= 96) and fits
    return {kind for kind, fits in like.items() if fits}
