"""From the payload of a packet to samples: our own table for G.711, PyAV (FFmpeg's decoders) for the rest."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from xivolab.audio import payloads
from xivolab.audio.payloads import Unpack, parameters
from xivolab.errors import MissingToolError
from xivolab.sip.sdp import PayloadFormat

Samples = NDArray[np.int16]


class Decoder(Protocol):
    """Turns payloads into mono samples at `rate` Hz, in the order in which they are given."""

    rate: int

    def decode(self, payload: bytes) -> Samples:
        """The samples of one payload, int16 of shape (n,). Raises ValueError when it is damaged."""


@dataclass(frozen=True, slots=True)
class _Codec:
    """How FFmpeg decodes an encoding: its name there, samples a second (0: the RTP clock), samples of a silent frame."""

    name: str
    rate: int = 8000
    unpack: Unpack = payloads.whole
    frame: int = 160
    options: Mapping[str, int] | None = None
    head: bytes = b""  # what stands in the head of a file of this codec
    first: int = 0  # samples at the beginning of each payload that are none of it
    count: Callable[[int], int] | None = None  # samples of a payload of so many bytes, where a block is filled up


def _g711(mu_law: bool) -> Samples:
    """G.711: the sample of each code, scaled to 16 bits."""
    code = np.arange(256, dtype=np.int32) ^ (0xFF if mu_law else 0x55)
    exponent, mantissa = code >> 4 & 7, code & 15
    if mu_law:
        size = ((mantissa << 3) + 132 << exponent) - 132
        return np.where(code & 0x80, -size, size).astype(np.int16)
    size = np.where(exponent > 0, (mantissa << 4) + 264 << np.maximum(exponent - 1, 0), (mantissa << 4) + 8)
    return np.where(code & 0x80, size, -size).astype(np.int16)


MU_LAW, A_LAW = _g711(True), _g711(False)
"""Tables of G.711: 256 codes → int16."""


def decoder(format_: PayloadFormat) -> Decoder | None:
    """What decodes the payloads of this format; None when nothing here can.

    Raises MissingToolError when PyAV is needed and not installed.
    """
    name, clock = (format_.name or "").upper(), format_.clock or 8000
    if name in ("PCMU", "PCMA"):
        return _Table(MU_LAW if name == "PCMU" else A_LAW, clock, format_.channels)
    if name in ("L8", "L16", "L24"):
        return _Linear(int(name[1:]) // 8, clock, format_.channels)
    codec = _codec(name, clock, parameters(format_.fmtp))
    return None if codec is None else _Av(codec, clock)


def _codec(name: str, clock: int, told: Mapping[str, str]) -> _Codec | None:
    if name in _FIXED:
        return _FIXED[name]
    if "G726-" in name and name.rpartition("-")[2] in _G726:
        # RFC 3551 packs the first code into the lowest bits, ATM's AAL2 (I.366.2) into the highest.
        bits = {"bits_per_coded_sample": _G726[name.rpartition("-")[2]]}
        return _Codec("g726" if name.startswith("AAL2-") else "g726le", options=bits)
    if name == "ILBC":
        long = told.get("mode") != "20"  # RFC 3952, 5: 30 ms unless the receiver asks for 20
        return _ilbc(50 if long else 38)
    if name == "SPEEX":
        return _Codec("speex", clock, frame=clock // 50, head=_speex_head(clock))
    if name in ("AMR", "AMR-WB"):
        wide = name == "AMR-WB"
        unpack = payloads.amr(told, wide)
        return (
            _Codec("amrwb" if wide else "amrnb", 16000 if wide else 8000, unpack, 320 if wide else 160)
            if unpack
            else None
        )
    if name == "DVI4":
        return _Codec(
            "adpcm_ima_wav",
            clock,
            payloads.dvi4,
            options={"bits_per_coded_sample": 4},
            first=1,
            count=lambda size: 2 * (size - 4),
        )
    return None


def _speex_head(rate: int) -> bytes:
    """The head of a Speex file: it tells the decoder that a packet may hold several frames."""
    mode = {8000: 0, 16000: 1}.get(rate, 2)
    most = 16
    return struct.pack("<8s20s13i", b"Speex   ", b"1.2", 1, 80, rate, mode, 4, 1, -1, 160 << mode, 0, most, 0, 0, 0)


def _ilbc(size: int) -> _Codec:
    return _Codec("ilbc", 8000, payloads.fixed(size), 240 if size == 50 else 160, {"block_align": size})


_G726 = {"16": 2, "24": 3, "32": 4, "40": 5}
_FIXED = {
    "G722": _Codec("g722", 16000, frame=320),
    "GSM": _Codec("gsm", unpack=payloads.fixed(33)),
    "G721": _Codec("g726le", options={"bits_per_coded_sample": 4}),
    "G723": _Codec("g723_1", unpack=payloads.g723, frame=240),
    "G728": _Codec("g728", unpack=payloads.fixed(5), frame=20),
    "G729": _Codec("g729", unpack=payloads.g729, frame=80),
    "G729A": _Codec("g729", unpack=payloads.g729, frame=80),
    "OPUS": _Codec("libopus", 48000, frame=960),
}


class _Table:
    """G.711: each byte is a sample."""

    def __init__(self, table: Samples, rate: int, channels: int) -> None:
        self.rate = rate
        self._table = table
        self._channels = channels

    def decode(self, payload: bytes) -> Samples:
        return _mono(self._table[np.frombuffer(payload, np.uint8)], self._channels)


class _Linear:
    """L8, L16 and L24: plain samples, big-endian, channels in turn (RFC 3551, 4.5.10 and 4.5.11; RFC 3190)."""

    def __init__(self, size: int, rate: int, channels: int) -> None:
        self.rate = rate
        self._size = size
        self._channels = channels

    def decode(self, payload: bytes) -> Samples:
        data = np.frombuffer(payload, np.uint8)[: len(payload) - len(payload) % self._size].reshape(-1, self._size)
        if self._size == 1:  # 128 is silence
            return _mono(((data[:, 0].astype(np.int32) - 128) << 8).astype(np.int16), self._channels)
        values = data[:, 0].astype(np.uint16) << 8 | data[:, 1]
        return _mono(values.view(np.int16), self._channels)


class _Av:
    """A decoder of FFmpeg's."""

    def __init__(self, codec: _Codec, clock: int) -> None:
        self._av = pyav()
        self.rate = codec.rate or clock
        self._codec = codec
        self._open()

    def _open(self) -> None:
        self._context = self._av.CodecContext.create(self._codec.name, "r")
        self._context.sample_rate = self.rate
        self._context.layout = "mono"
        self._context.thread_count = 1
        if self._codec.head:
            self._context.extradata = self._codec.head
        self._context.options = {key: str(value) for key, value in (self._codec.options or {}).items()}

    def decode(self, payload: bytes) -> Samples:
        pieces: list[Samples] = []
        for frame in self._codec.unpack(payload):
            if frame is None:
                pieces.append(np.zeros(self._codec.frame, np.int16))
                continue
            try:
                decoded = self._context.decode(self._av.Packet(frame))
            except self._av.error.FFmpegError as error:
                raise ValueError(str(error)) from error
            pieces += [_samples(one.to_ndarray(), one.layout.nb_channels, one.format.is_planar) for one in decoded]
        found = np.concatenate(pieces) if pieces else np.zeros(0, np.int16)
        codec = self._codec
        return found[codec.first : codec.first + codec.count(len(payload)) if codec.count else None]


def pyav() -> Any:
    """The module `av`. Raises MissingToolError when it is not installed."""
    try:
        import av
        import av.error
    except ImportError as error:
        raise MissingToolError(
            "PyAV is not installed", "audio", "pip install 'xivolab[audio]' brings it; G.711 and L16 need it not"
        ) from error
    return av


def _samples(frame: NDArray[np.generic], channels: int, planar: bool) -> Samples:
    """A decoded frame as mono int16."""
    if planar:
        frame = frame.T.reshape(1, -1)
    values = frame[0]
    if values.dtype == np.int16:
        return _mono(values, channels)
    scaled = np.clip(np.nan_to_num(values.astype(np.float64)), -1.0, 1.0) * 32767
    return _mono(scaled.astype(np.int16), channels)


def _mono(values: Samples, channels: int) -> Samples:
    """The mean of channels that stand in turn."""
    if channels < 2:
        return values
    usable = len(values) - len(values) % channels
    mean = values[:usable].reshape(-1, channels).mean(axis=1)
    return np.asarray(mean, np.int16)


DecoderOf = Callable[[PayloadFormat], Decoder | None]
