"""A stream as sound: everything at its time, and silence where nothing was heard."""

from __future__ import annotations

import random
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audio.made import FLOW, MU_LAW, NS, cut, g711, heard, likeness, packets, speech
from tests.made import ALICE, BOB, sdp
from xivolab.audio.decoders import A_LAW
from xivolab.audio.formats import Announced, Formats
from xivolab.audio.timeline import Gap
from xivolab.audio.track import Digit, Note, track
from xivolab.sip.sdp import parse_sdp

SOUND = speech(4.0)
CODES = cut(g711(SOUND))


def exact(codes: list[bytes]) -> np.ndarray:
    return A_LAW[np.frombuffer(b"".join(codes), np.uint8)]


def test_what_was_sent_is_heard_sample_for_sample() -> None:
    found = heard(packets(CODES))
    assert np.array_equal(found.samples, exact(CODES))
    assert (found.start, found.rate, found.codecs) == (NS, 8000, ("PCMA",))
    assert found.present.all()
    assert likeness(SOUND, found.samples) == (pytest.approx(1, abs=1e-3), 0)


def test_late_doubled_and_reordered_packets_are_put_right() -> None:
    chance = random.Random(2)
    came = sorted([*range(200), 3, 77], key=lambda n: n + chance.uniform(0, 6))
    came.sort(key=lambda n: n > 0)
    made = packets(
        [CODES[n] for n in came],
        sequences=[65500 + n for n in came],
        timestamps=[2**32 - 1000 + 160 * n for n in came],
        times=[0.02 * n for n in range(len(came))],
    )
    found = heard(made)
    assert np.array_equal(found.samples, exact(CODES))
    assert found.duplicates == 2
    assert found.late > 0


def test_lost_packets_are_silence_of_their_length() -> None:
    lost = {10, 11, 50}
    kept = [n for n in range(200) if n not in lost]
    found = heard(
        packets(
            [CODES[n] for n in kept], sequences=kept, timestamps=[160 * n for n in kept], times=[0.02 * n for n in kept]
        )
    )
    expected = exact(CODES)
    for n in lost:
        expected[160 * n : 160 * (n + 1)] = 0
    assert np.array_equal(found.samples, expected)
    assert np.flatnonzero(~found.present).tolist() == sorted(lost)
    assert [(round(gap.start, 3), round(gap.end, 3), gap.packets) for gap in found.gaps] == [
        (0.2, 0.24, 2),
        (1.0, 1.02, 1),
    ]


def test_a_pause_without_packets_lasts_as_long_as_it_did() -> None:
    sent = [0.02 * n + (7.5 if n >= 100 else 0) for n in range(200)]
    found = heard(packets(CODES, timestamps=[round(8000 * at) for at in sent], times=sent))
    assert found.seconds == pytest.approx(11.5)
    assert not found.samples[16000 : 16000 + 60000].any()
    assert np.array_equal(found.samples[16000 + 60000 :], exact(CODES[100:]))
    assert found.gaps == ()


def test_the_codec_may_change_in_mid_stream() -> None:
    codes = [*CODES[:100], *cut(g711(SOUND, MU_LAW))[100:]]
    found = heard(packets(codes, types=[8] * 100 + [0] * 100))
    assert found.codecs == ("PCMA", "PCMU")
    assert likeness(SOUND, found.samples) == (pytest.approx(1, abs=1e-3), 0)


def test_another_rate_is_brought_to_the_highest() -> None:
    wide = speech(4.0, 16000)
    linear = cut(wide.astype(">i2").tobytes(), 640)
    stamps = [160 * n for n in range(100)] + [160 * 100 + 320 * n for n in range(100)]
    found = heard(
        packets([*CODES[:100], *linear[100:]], types=[8] * 100 + [96] * 100, timestamps=stamps), {96: "L16/16000"}
    )
    assert (found.rate, len(found.samples)) == (16000, 64000)
    assert np.array_equal(found.samples[32100:], wide[32100:])
    assert likeness(SOUND[:15000], found.samples[:30000:2])[0] > 0.999


def test_a_stream_that_begins_again_goes_on_at_its_time() -> None:
    sent = [0.02 * n + (3.0 if n >= 100 else 0) for n in range(200)]
    made = packets(
        CODES,
        sequences=[n if n < 100 else 30000 + n for n in range(200)],
        timestamps=[160 * n if n < 100 else 3_000_000_000 + 160 * n for n in range(200)],
        times=sent,
    )
    found = heard(made)
    assert np.array_equal(found.samples[8 * 5000 :], exact(CODES[100:]))
    assert found.gaps == ()


def test_redundant_audio_fills_what_was_lost() -> None:
    def red(n: int) -> bytes:
        head = struct.pack("!I", 1 << 31 | 8 << 24 | 160 << 10 | 160) if n else b""
        return head + bytes((8,)) + (CODES[n - 1] if n else b"") + CODES[n]

    kept = [n for n in range(200) if n not in (5, 60, 61)]
    found = heard(
        packets(
            [red(n) for n in kept],
            sequences=kept,
            timestamps=[160 * n for n in kept],
            times=[0.02 * n for n in kept],
            pt=121,
        ),
        {121: "red/8000"},
    )
    expected = exact(CODES)
    expected[60 * 160 : 61 * 160] = 0  # two in a row were lost: the older one is in no packet
    assert np.array_equal(found.samples, expected)
    assert found.codecs == ("PCMA",)


def test_comfort_noise_is_silence() -> None:
    found = heard(
        packets(
            [*CODES[:50], b"\x40", *CODES[50:100]],
            types=[8] * 50 + [13] + [8] * 50,
            timestamps=[160 * n for n in range(101)],
        )
    )
    assert not found.samples[50 * 160 : 51 * 160].any()
    assert found.notes == ()


def event(digit: int, end: bool, duration: int) -> bytes:
    return struct.pack("!BBH", digit, end << 7 | 10, duration)


def test_events_are_digits_once_each() -> None:
    parts = [(CODES[n], 160 * n, 8) for n in range(20)]
    for first, digit in ((20, 5), (40, 5)):
        parts += [(event(digit, False, 160 * k), 160 * first, 101) for k in range(1, 5)]
        parts += [(event(digit, True, 800), 160 * first, 101)] * 3
        parts += [(CODES[n], 160 * n, 8) for n in range(first + 10, first + 20)]
    payloads, stamps, types = zip(*parts, strict=True)
    times = [0.02 * n for n in range(20)] + [stamp / 8000 + 0.02 * (n % 7) for n, stamp in enumerate(stamps[20:])]
    found = heard(packets(list(payloads), timestamps=stamps, types=types, times=times), {101: "telephone-event/8000"})
    assert [(one.digit, round(one.start, 3), one.duration) for one in found.digits] == [
        ("5", 0.4, 0.1),
        ("5", 0.8, 0.1),
    ]
    assert not found.samples[20 * 160 : 30 * 160].any()
    assert found.seconds == pytest.approx(1.2)


def test_events_that_nobody_announced_are_known_by_their_look() -> None:
    payloads = [event(1, False, 160), event(1, True, 320), *CODES[:3]]
    found = heard(packets(payloads, types=[101, 101, 8, 8, 8], timestamps=[0, 0, 480, 640, 800]))
    assert found.digits == (Digit("1", 0.0, 0.04),)
    assert found.notes == ()


def test_what_cannot_be_decoded_is_silence_and_is_told() -> None:
    found = heard(packets([b"\x11" * 14] * 50, pt=7))
    assert found.notes == (Note("undecoded", 50, "LPC"),)
    assert found.seconds == pytest.approx(0.98)
    assert not found.samples.any()
    assert not found.present.any()
    unknown = heard(packets([b"\x11" * 50] * 50, pt=96, step=960))
    assert unknown.notes == (Note("undecoded", 50, "payload type 96"),)
    assert unknown.seconds == pytest.approx(0.98)  # 48 kHz, by how fast the timestamps went


def test_a_damaged_packet_is_told_and_the_others_are_heard() -> None:
    found = heard(packets([b"\x00" * 38, b"", *[bytes(50)] * 8], pt=97, step=240, every=0.03), {97: "iLBC"})
    assert (found.seconds, found.codecs) == (pytest.approx(0.3), ("iLBC",))
    broken = heard(packets([b"\xff" * 3, b"\xff\xff\xff" * 3], pt=96, step=960), {96: "opus"})
    assert broken.notes == (Note("damaged", 2, "opus"),)


def test_encrypted_audio_is_no_noise() -> None:
    told = Announced([(0, parse_sdp(sdp(BOB, protocol="RTP/SAVP").encode()))])
    found = track(FLOW, packets(CODES), Formats(told, ALICE, BOB))
    assert found.notes == (Note("encrypted", 200),)
    assert not found.samples.any()


def test_a_stream_of_years_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xivolab.audio.track.LONGEST_S", 2)
    found = heard(packets(CODES))
    assert found.seconds == pytest.approx(2.0)
    assert found.notes == (Note("cut", 100),)


def test_a_stream_without_packets() -> None:
    found = heard(packets([]))
    assert (found.seconds, found.gaps, len(found.present)) == (0.0, (), 0)


def test_gaps_are_data() -> None:
    assert Gap(1.0, 2.0, 3).packets == 3


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 65535),
            st.integers(0, 2**32 - 1),
            st.floats(0, 3000),
            st.sampled_from([0, 8, 9, 13, 96, 101]),
            st.binary(max_size=60),
        ),
        max_size=30,
    )
)
def test_any_packets_make_a_track(made: list[tuple[int, int, float, int, bytes]]) -> None:
    sequences, stamps, times, types, payloads = map(list, zip(*made, strict=True)) if made else ([], [], [], [], [])
    found = heard(
        packets(payloads, sequences=sequences, timestamps=stamps, times=sorted(times), types=types),
        {101: "telephone-event/8000", 96: "red/8000"},
    )
    assert found.samples.dtype == np.int16
    assert len(found.present) == int(np.ceil(found.seconds * 50))
    assert found.seconds <= 2 * 3600 + 1
