"""SRTP made by libsrtp, and recordings of others."""

from __future__ import annotations

import struct
import sys
from dataclasses import replace

import numpy as np
import pylibsrtp
import pytest

import xivolab
from tests.audio.made import FLOW, cut, g711, packets, speech
from tests.captures import CORPUS
from tests.made import ALICE, BOB
from xivolab.audio.decoders import A_LAW
from xivolab.audio.formats import Announced, Formats
from xivolab.audio.levels import activity
from xivolab.audio.srtp import unlocker
from xivolab.audio.track import Note, Track, track
from xivolab.errors import MissingToolError
from xivolab.rtp.packets import RtpPackets, flow_of, rtp_packets
from xivolab.sip.crypto import KEY_BYTES, MediaKey, given_key

CODES = cut(g711(speech(4.0)))
PROFILES = {
    "AES_CM_128_HMAC_SHA1_80": pylibsrtp.Policy.SRTP_PROFILE_AES128_CM_SHA1_80,
    "AES_CM_128_HMAC_SHA1_32": pylibsrtp.Policy.SRTP_PROFILE_AES128_CM_SHA1_32,
    "AEAD_AES_128_GCM": pylibsrtp.Policy.SRTP_PROFILE_AEAD_AES_128_GCM,
    "AEAD_AES_256_GCM": pylibsrtp.Policy.SRTP_PROFILE_AEAD_AES_256_GCM,
}


def key(suite: str = "AES_CM_128_HMAC_SHA1_80", seed: int = 1, sender: str = ALICE, mki: int = 0) -> MediaKey:
    return MediaKey(suite, np.random.default_rng(seed).bytes(KEY_BYTES[suite]), mki, sender)


def protected(numbers: list[int], *keys: MediaKey, first: int = 65400, came: list[int] | None = None) -> RtpPackets:
    """The packets of CODES[numbers], the second half with the second key; `came` is the order in which they arrive."""
    sessions = [
        pylibsrtp.Session(pylibsrtp.Policy(one.key, pylibsrtp.Policy.SSRC_ANY_OUTBOUND, 0, PROFILES[one.suite]))
        for one in keys
    ]
    out = {}
    for n in range(len(CODES)):
        one = keys[n * len(keys) // len(CODES)]
        # every packet is encrypted, that of a lost one too: its sequence number counts
        plain = struct.pack("!BBHII", 0x80, 8, (first + n) & 0xFFFF, 160 * n, 7) + CODES[n]
        packet = sessions[keys.index(one)].protect(plain)
        out[n] = packet[:-10] + b"\1" * one.mki + packet[-10:] if one.mki else packet
    order = came or numbers
    made = packets(
        [out[n][12:] for n in order],
        sequences=[first + n for n in order],
        timestamps=[160 * n for n in order],
        times=[0.02 * n for n in sorted(order)],
    )
    return replace(made, data=np.frombuffer(b"".join(out[n] for n in order), np.uint8))


def opened(found: RtpPackets, *keys: MediaKey) -> Track:
    return track(FLOW, found, Formats(Announced([]), ALICE, BOB), unlocker(keys, ALICE))


def expected(numbers: list[int]) -> np.ndarray:
    out = np.zeros(160 * len(CODES), np.int16)
    for n in numbers:
        out[160 * n : 160 * (n + 1)] = A_LAW[np.frombuffer(CODES[n], np.uint8)]
    return out


EVERY = list(range(len(CODES)))


@pytest.mark.parametrize("suite", KEY_BYTES)
def test_each_suite_over_a_wrap_of_the_sequence_numbers(suite: str) -> None:
    found = opened(protected(EVERY, key(suite)), key(suite))
    assert found.notes == ()
    assert np.array_equal(found.samples, expected(EVERY))


def test_loss_and_disorder_around_the_wrap_do_not_lose_the_count() -> None:
    kept = [n for n in EVERY if n % 7 and not 130 <= n < 140]  # 136 is sequence number 0
    kept = [0, *kept]
    came = [*kept[:50], *[n for pair in zip(kept[51::2], kept[50::2], strict=False) for n in pair]]
    found = opened(protected(kept, key(), came=came), key())
    assert found.notes == ()
    assert np.array_equal(found.samples[: 160 * 190], expected(came)[: 160 * 190])


def test_the_key_of_the_sender_and_a_new_one_later() -> None:
    first, second, other = key(), key(seed=2), key(seed=3, sender=BOB)
    found = opened(protected(EVERY, first, second), other, second, first)
    assert found.notes == ()
    assert np.array_equal(found.samples, expected(EVERY))


def test_a_key_identifier_in_the_packets() -> None:
    marked = key(mki=4)
    assert np.array_equal(opened(protected(EVERY, marked), marked).samples, expected(EVERY))


def test_a_wrong_key_is_told_and_is_silence() -> None:
    found = opened(protected(EVERY, key()), key(seed=9))
    assert found.notes == (Note("wrong-key", len(CODES)),)
    assert not found.samples.any()


def test_without_pylibsrtp_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    found = protected(EVERY, key())
    monkeypatch.setitem(sys.modules, "pylibsrtp", None)
    with pytest.raises(MissingToolError, match="pylibsrtp is not installed"):
        opened(found, key())


RECORDED = {
    # beside the capture: call1_g722_srtp.args; the README of gteissier/srtp-decrypt
    "call1_g722_srtp.o.rtp": "AES_CM_128_HMAC_SHA1_80:UBFc5R7tK5f91V8j1da++z3h/3H2yS5WaN819nJd",
    "marseillaise-srtp.pcap": "aSBrbm93IGFsbCB5b3VyIGxpdHRsZSBzZWNyZXRz",
}


@pytest.mark.parametrize("name", RECORDED)
def test_recordings_of_others(name: str) -> None:
    paths = [path for path in CORPUS if path.name == name]
    if not paths:
        pytest.skip("XIVOLAB_CORPUS is not set")
    case = xivolab.open(paths[0])
    flow = flow_of(case.stream(0))
    (found,) = rtp_packets([case.files[0].source], [flow])
    formats = Formats(Announced([]), flow.src, flow.dst)
    clear = track(flow, found, formats, unlocker([given_key(RECORDED[name])], flow.src))
    noise = track(flow, found, formats)
    assert clear.notes == ()
    # What was encrypted sounds like noise of full scale, all the time.
    assert (activity(noise).level_dbov or 0) > (activity(clear).level_dbov or 0) + 8
