"""Sound made to order, encoded and packed into RTP."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.made import ALICE, BOB
from xivolab.audio.decoders import A_LAW, MU_LAW
from xivolab.audio.formats import Announced, Formats, parse_told
from xivolab.audio.track import Track, track
from xivolab.rtp.packets import RTP_PACKET, Flow, RtpPackets
from xivolab.testing import START

NS = int(START) * 10**9
FLOW = Flow(ALICE, BOB, 1)


def speech(seconds: float, rate: int = 8000, seed: int = 1) -> NDArray[np.int16]:
    """Something like speech: voiced syllables of moving pitch, four formants, pauses between them. No digits in it."""
    chance = np.random.default_rng(seed)
    count = round(seconds * rate)
    time = np.arange(count) / rate
    pitch = 110 + 40 * np.sin(2 * np.pi * 0.7 * time + chance.random()) + 15 * np.sin(2 * np.pi * 2.3 * time)
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    out = np.zeros(count)
    for harmonic in range(1, int(min(3400, rate * 0.45) // 170)):
        frequency = harmonic * pitch
        formants = sum(
            np.exp(-(((frequency - centre * (1 + 0.2 * np.sin(2 * np.pi * speed * time))) / width) ** 2))
            for centre, width, speed in ((500, 150, 1.1), (1300, 200, 1.7), (2400, 250, 0.9), (3100, 300, 1.3))
        )
        out += formants * np.sin(harmonic * phase)
    syllables = np.clip(np.sin(2 * np.pi * 1.9 * time) * 2 + 0.8, 0, 1)
    out = out * syllables + 0.001 * chance.standard_normal(count)
    return np.asarray(out / np.abs(out).max() * 12000, np.int16)


def g711(samples: NDArray[np.int16], table: NDArray[np.int16] = A_LAW) -> bytes:
    """The codes whose samples are nearest."""
    order = np.argsort(table, kind="stable")
    ordered = table[order].astype(np.int32)
    place = np.clip(np.searchsorted(ordered, samples), 1, len(ordered) - 1)
    nearer = np.abs(ordered[place - 1] - samples) <= np.abs(ordered[place] - samples)
    return order[place - nearer].astype(np.uint8).tobytes()


def cut(data: bytes, size: int = 160) -> list[bytes]:
    """The payloads of packets."""
    return [data[at : at + size] for at in range(0, len(data), size)]


def packets(
    payloads: Sequence[bytes],
    *,
    sequences: Iterable[int] | None = None,
    timestamps: Iterable[int] | None = None,
    times: Iterable[float] | None = None,
    types: Iterable[int] | None = None,
    step: int = 160,
    every: float = 0.02,
    pt: int = 8,
) -> RtpPackets:
    """Packets in the order in which they came: by default one every 20 ms with 160 ticks."""
    count = len(payloads)
    rows = np.zeros(count, RTP_PACKET)
    rows["sequence"] = np.array(list(sequences) if sequences is not None else range(count), np.int64) & 0xFFFF
    numbers = list(timestamps) if timestamps is not None else [step * n for n in range(count)]
    rows["timestamp"] = np.array(numbers, np.int64) & 0xFFFFFFFF
    arrivals = np.array(list(times) if times is not None else [every * n for n in range(count)])
    rows["time"] = NS + np.round(arrivals * 1e9).astype(np.int64)
    rows["payload_type"] = list(types) if types is not None else pt
    rows["frame"] = np.arange(count) + 1
    sizes = np.array([len(payload) for payload in payloads], np.int64)
    rows["payload"] = 12
    rows["size"] = sizes
    rows["length"] = rows["wire"] = sizes + 12
    rows["offset"] = np.cumsum(sizes + 12) - (sizes + 12)
    return RtpPackets(rows, np.frombuffer(b"".join(bytes(12) + payload for payload in payloads), np.uint8))


def heard(found: RtpPackets, told: dict[int, str] | None = None, **how: Any) -> Track:
    """The track of some packets; `told` explains payload types."""
    return track(FLOW, found, Formats(Announced([]), ALICE, BOB, parse_told(told or {})), **how)


def likeness(one: NDArray[np.int16], other: NDArray[np.int16], shift: int = 400) -> tuple[float, int]:
    """The largest correlation of two sounds (1: the same but for loudness), and how many samples `other` is behind."""
    count = min(len(one), len(other))
    a, b = one[:count].astype(float), other[:count].astype(float)
    found = [
        (float(np.dot(a[: count - lag], b[lag:])) if lag >= 0 else float(np.dot(a[-lag:], b[: count + lag])), lag)
        for lag in range(-shift, shift + 1)
    ]
    best, lag = max(found)
    return best / float(np.sqrt(np.dot(a, a) * np.dot(b, b)) or 1.0), lag


__all__ = ["A_LAW", "FLOW", "MU_LAW", "NS", "cut", "g711", "heard", "likeness", "packets", "speech"]
