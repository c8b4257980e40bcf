"""Payloads to samples: tables and formulas of the norms, encoders, and random bytes."""

from __future__ import annotations

import struct
import sys
from fractions import Fraction
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.audio.made import likeness, speech
from xivolab.audio.decoders import A_LAW, MU_LAW, Decoder, decoder
from xivolab.errors import MissingToolError
from xivolab.sip.sdp import PayloadFormat


def made(name: str, clock: int = 8000, channels: int = 1, fmtp: str = "") -> Decoder:
    found = decoder(PayloadFormat(96, name, clock, channels, fmtp))
    assert found is not None
    return found


def encoded(samples: NDArray[np.int16], codec: str, rate: int, **options: Any) -> list[bytes]:
    """The packets that FFmpeg's encoder makes."""
    context: Any = av.CodecContext.create(codec, "w")
    context.sample_rate, context.layout = rate, "mono"
    context.time_base = Fraction(1, rate)
    context.format = context.codec.audio_formats[0].name
    bit_rate = options.pop("bit_rate", None)
    if bit_rate:
        context.bit_rate = bit_rate
    context.options = {key: str(value) for key, value in options.items()}
    context.open()
    out: list[bytes] = []
    size = context.frame_size or 160
    resampler = av.AudioResampler(format=context.format.name, layout="mono", rate=rate)
    for at in range(0, len(samples), size):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples[None, at : at + size]), format="s16", layout="mono"
        )
        frame.sample_rate, frame.pts = rate, at
        for ready in resampler.resample(frame):
            ready.pts = at
            out += [bytes(packet) for packet in context.encode(ready)]
    return out + [bytes(packet) for packet in context.encode(None)]


def decoded(tool: Decoder, payloads: list[bytes]) -> NDArray[np.int16]:
    return np.concatenate([tool.decode(payload) for payload in payloads])


def test_g711_is_what_the_norm_says() -> None:
    # ITU-T G.711, tables 1a, 2a: the largest and smallest values, in 16 bits
    assert (A_LAW[0xAA], A_LAW[0x2A], A_LAW[0xD5], A_LAW[0x55]) == (32256, -32256, 8, -8)
    assert (MU_LAW[0x80], MU_LAW[0x00], MU_LAW[0xFF], MU_LAW[0x7F]) == (32124, -32124, 0, 0)
    for name, table in (("pcm_alaw", A_LAW), ("pcm_mulaw", MU_LAW)):
        context: Any = av.CodecContext.create(name, "r")
        context.sample_rate, context.layout = 8000, "mono"
        theirs = np.concatenate([frame.to_ndarray()[0] for frame in context.decode(av.Packet(bytes(range(256))))])
        assert np.array_equal(theirs, table)


def test_linear_samples_are_big_endian_and_channels_are_mixed() -> None:
    assert made("L16", 44100, 2).decode(struct.pack("!4h", 100, 300, -5, -7)).tolist() == [200, -6]
    assert made("L16").decode(struct.pack("!2h", -32768, 1) + b"x").tolist() == [-32768, 1]
    assert made("L8").decode(bytes((128, 255, 0))).tolist() == [0, 32512, -32768]
    assert made("L24").decode(b"\x01\x02\x03\xff\xff\x00").tolist() == [258, -1]


@pytest.mark.parametrize(
    ("name", "codec", "clock", "fmtp", "options", "least"),
    [
        ("G722", "g722", 8000, "", {}, 0.98),
        ("AAL2-G726-16", "g726", 8000, "", {"code_size": 2}, 0.9),
        ("AAL2-G726-32", "g726", 8000, "", {"code_size": 4}, 0.99),
        ("G726-24", "g726le", 8000, "", {"code_size": 3}, 0.97),
        ("G726-32", "g726le", 8000, "", {"code_size": 4}, 0.99),
        ("G723", "g723_1", 8000, "", {"bit_rate": 6300}, 0.6),
        ("AMR", "libopencore_amrnb", 8000, "octet-align=1", {"bit_rate": 12200}, 0.9),
        ("opus", "libopus", 48000, "", {"bit_rate": 64000}, 0.95),
    ],
)
def test_what_an_encoder_made_is_heard(
    name: str, codec: str, clock: int, fmtp: str, options: dict[str, int], least: float
) -> None:
    tool = made(name, clock, fmtp=fmtp)
    sound = speech(2.0, tool.rate)
    payloads = encoded(sound, codec, tool.rate, **options)
    if name == "AMR":  # a file's frame is a table of contents of one and its bits: a mode request before makes it RTP
        payloads = [b"\xf0" + payload for payload in payloads]
    out = decoded(tool, payloads)
    assert abs(len(out) - len(sound)) <= tool.rate // 25
    assert likeness(sound, out, 800)[0] > least


def test_the_two_ways_to_pack_g726_are_told_apart() -> None:
    sound = speech(1.0)
    payloads = encoded(sound, "g726", 8000, code_size=4)
    assert likeness(sound, decoded(made("AAL2-G726-32"), payloads))[0] > 0.99
    assert likeness(sound, decoded(made("G726-32"), payloads))[0] < 0.9
    swapped = [bytes((byte & 15) << 4 | byte >> 4 for byte in payload) for payload in payloads]
    assert likeness(sound, decoded(made("G726-32"), swapped))[0] > 0.99


STEPS = (
    "7 8 9 10 11 12 13 14 16 17 19 21 23 25 28 31 34 37 41 45 50 55 60 66 73 80 88 97 107 118 130 143 157 173 190 209 230 "
    "253 279 307 337 371 408 449 494 544 598 658 724 796 876 963 1060 1166 1282 1411 1552 1707 1878 2066 2272 2499 2749 "
    "3024 3327 3660 4026 4428 4871 5358 5894 6484 7132 7845 8630 9493 10442 11487 12635 13899 15289 16818 18500 20350 "
    "22385 24623 27086 29794 32767"
)


def dvi4_by_the_book(payload: bytes) -> list[int]:
    """RFC 3551, 4.5.1, with the tables of IMA ADPCM."""
    steps = [int(word) for word in STEPS.split()]
    value, index = struct.unpack_from("!hB", payload)
    out = []
    for byte in payload[4:]:
        for code in (byte >> 4, byte & 15):
            step = steps[index]
            change = (
                (step >> 3)
                + (step if code & 4 else 0)
                + (step >> 1 if code & 2 else 0)
                + (step >> 2 if code & 1 else 0)
            )
            value = max(-32768, min(32767, value - change if code & 8 else value + change))
            index = max(0, min(88, index + (-1, -1, -1, -1, 2, 4, 6, 8)[code & 7]))
            out.append(value)
    return out


@given(st.binary(min_size=1, max_size=120), st.integers(-30000, 30000), st.integers(0, 88))
def test_dvi4_is_what_the_norm_says(codes: bytes, value: int, index: int) -> None:
    payload = struct.pack("!hBx", value, index) + codes
    assert made("DVI4").decode(payload).tolist() == dvi4_by_the_book(payload)


def test_several_speex_frames_in_a_packet() -> None:
    # 11 kbit/s, mode 4: 220 bits; the rest of the packet is 0 and ones (RFC 5574, 3.3)
    chance = np.random.default_rng(1)
    frames = ["00100" + "".join(map(str, chance.integers(0, 2, 215))) for _ in range(3)]

    def packed(bits: str) -> bytes:
        bits += "0" + "1" * (-(len(bits) + 1) % 8)
        return int(bits, 2).to_bytes(len(bits) // 8, "big")

    together = made("speex").decode(packed("".join(frames)))
    alone = decoded(made("speex"), [packed(bits) for bits in frames])
    assert len(together) == 480
    assert np.array_equal(together, alone)


def test_silence_that_was_sent_as_such() -> None:
    assert made("G729").decode(b"sn").tolist() == [0] * 80
    assert made("G723").decode(b"\3").tolist() == [0] * 240
    assert made("AMR").decode(bytes((0xF0 | 0b0111, 0b1_1_000000))).tolist() == [0] * 160


def test_the_mode_of_ilbc_is_in_its_parameters() -> None:
    assert len(made("iLBC").decode(bytes(100))) == 480
    assert len(made("iLBC", fmtp="mode=20").decode(bytes(76))) == 320


@pytest.mark.parametrize("name", ["LPC", "G7221", "EVS", "BV16", "H264", ""])
def test_what_nothing_here_decodes(name: str) -> None:
    assert decoder(PayloadFormat(96, name, 8000)) is None


def test_without_pyav_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    assert decoder(PayloadFormat(8, "PCMA", 8000)) is not None
    with pytest.raises(MissingToolError, match="PyAV is not installed"):
        decoder(PayloadFormat(9, "G722", 8000))


NAMES = [
    "PCMU",
    "G722",
    "GSM",
    "G726-32",
    "G729",
    "G723",
    "iLBC",
    "AMR",
    "AMR-WB",
    "DVI4",
    "opus",
    "speex",
    "G728",
    "L16",
]


@settings(max_examples=60)
@given(st.sampled_from(NAMES), st.lists(st.binary(max_size=200), max_size=6))
def test_any_bytes_are_samples_or_damaged(name: str, payloads: list[bytes]) -> None:
    tool = made(name, {"opus": 48000, "AMR-WB": 16000}.get(name, 8000))
    for payload in payloads:
        try:
            found = tool.decode(payload)
        except ValueError:
            continue
        assert found.dtype == np.int16
        assert found.ndim == 1
