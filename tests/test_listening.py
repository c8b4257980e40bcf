"""From calls and streams to sound: on recorded calls, and on made ones."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pylibsrtp
import pytest

import xivolab
from tests.audio.made import cut, g711, likeness, speech
from tests.captures import ROOT
from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, sdp, sip
from xivolab.audio.decoders import A_LAW
from xivolab.audio.dtmf import find_digits
from xivolab.case import Case
from xivolab.errors import UsageError
from xivolab.testing import MadePacket, tpcap, trtp, tudp


def sample(name: str) -> Case:
    return xivolab.open(ROOT / "captures" / name)


def test_both_sides_of_the_callers_leg_and_the_same_sound_behind_the_pbx() -> None:
    call = sample("clean-call").call(0)
    one, other = call.audio(), call.audio(leg="callee")
    assert [side.ends for side in one.sides] == [("alice:10024 → pbx:14944",), ("pbx:14944 → alice:10024",)]
    assert one.notes == []
    for side in ("caller", "callee"):
        assert likeness(one.samples(side)[16000:40000], other.samples(side)[16000:40000])[0] > 0.999
    assert likeness(one.samples("caller")[16000:40000], one.samples("callee")[16000:40000])[0] < 0.5
    assert one.samples("stereo").shape == (round(one.seconds * 8000), 2)


def test_levels_and_silence_by_side() -> None:
    audio = sample("clean-call").call(0).audio()
    assert set(audio.levels) == {"caller", "callee"}
    assert len(audio.levels["caller"]) == 14
    assert audio.speech_s["caller"] > 10
    assert audio.silent_s["callee"] > 2


def test_one_way_audio_has_one_side() -> None:
    audio = sample("one-way-audio").call(0).audio()
    assert [bool(side.tracks) for side in audio.sides] == [False, True]
    assert not audio.samples("caller").any()


def test_lost_packets_are_the_ones_that_the_table_counts() -> None:
    case = sample("packet-loss")
    audio = case.call(0).audio()
    lost = {stream.n: stream.lost for stream in case.call(0).streams}
    assert sorted(side.lost for side in audio.sides) == sorted(lost.values())[::2]
    assert sum(side.lost for side in audio.sides) == 76


def test_a_pause_for_hold_stays_a_pause() -> None:
    audio = sample("hold-resume").call(0).audio()
    assert audio.seconds == pytest.approx(17.3, abs=0.1)
    assert np.isnan(audio.levels["caller"][7:10]).all()


def test_digits_of_the_events_can_be_heard() -> None:
    call = sample("dtmf-menu").call(0)
    assert "".join(digit.digit for track in call.audio().sound.caller for digit in track.digits) == "42"
    assert call.audio().digits() == {"caller": [], "callee": []}
    assert "".join(one.digit for one in find_digits(call.audio(tones=True).samples("caller"))) == "42"


def test_a_call_without_media_is_silence_of_no_length() -> None:
    audio = sample("busy").call(0).audio(lang="fr")
    assert audio.seconds == 0.0
    assert audio.text() == "Les éléments fournis ne contiennent pas l’audio de cet appel.\n"
    assert "<audio" not in audio.html()


def test_a_stream_alone() -> None:
    stream = sample("clean-call").stream(0)
    audio = stream.audio()
    assert audio.track.packets == stream.packets
    assert len(audio.levels) == int(np.ceil(audio.seconds))
    assert audio.speech_s + audio.silent_s == pytest.approx(audio.seconds, abs=0.1)
    assert audio.digits() == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"leg": "operator"}, "no leg 'operator'; this call has 0 (caller, "),
        ({"leg": 9}, "no leg 9"),
        ({"streams": [99]}, "no stream 99"),
        ({"codecs": {96: "?"}}, "no codec"),
        ({"keys": ["x"]}, "no key of 30 bytes"),
        ({"lang": "de"}, "no such language"),
    ],
)
def test_options_that_are_none(options: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        sample("clean-call").call(0).audio(**options)
    assert words in str(caught.value)


def test_the_table_of_levels_has_each_stream() -> None:
    case = sample("clean-call")
    table = case.levels()
    assert table["id"].tolist() == case.table("streams")["id"].tolist()
    assert (table["undecoded"] == 0).all()
    assert (table["speech_s"] > 9).all()


KEYS = {end: bytes(range(n, n + 30)) for n, end in enumerate((ALICE, BOB), 1)}
CODES = cut(g711(speech(4.0)))


def encrypted(path: Path) -> Case:
    """A call with SDES: bob answers, alice talks."""

    def told(end: str) -> str:
        key = base64.b64encode(KEYS[end]).decode()
        return sdp(end, "8", f"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{key}", protocol="RTP/SAVP")

    session = pylibsrtp.Session(pylibsrtp.Policy(KEYS[ALICE], pylibsrtp.Policy.SSRC_ANY_OUTBOUND, 0))
    packets: list[MadePacket] = [
        tudp(ALICE_SIP, BOB_SIP, sip("INVITE sip:bob@10.0.0.2 SIP/2.0", told(ALICE))),
        tudp(BOB_SIP, ALICE_SIP, sip("SIP/2.0 200 OK", told(BOB)), 0.1),
    ]
    for n, payload in enumerate(CODES):
        plain = trtp(ALICE, BOB, 65500 + n, 160 * n, payload=payload).data[42:]
        packets.append(tudp(ALICE, BOB, session.protect(plain), 0.2 + 0.02 * n))
    return xivolab.open(tpcap(path / "a.pcap", packets))


def test_srtp_is_silent_until_somebody_asks(tmp_path: Path) -> None:
    call = encrypted(tmp_path).call(0)
    silent = call.audio()
    assert not silent.samples("mixed").any()
    assert "encrypted (SRTP)" in silent.notes[0]
    clear = call.audio(decrypt=True)
    assert clear.notes == []
    assert np.array_equal(clear.samples("caller"), A_LAW[np.frombuffer(b"".join(CODES), np.uint8)])
    given = call.audio(keys=[base64.b64encode(KEYS[ALICE]).decode()])
    assert np.array_equal(given.samples("caller"), clear.samples("caller"))


def test_a_key_is_on_no_page(tmp_path: Path) -> None:
    page = encrypted(tmp_path).call(0).audio(decrypt=True).html()
    assert base64.b64encode(KEYS[ALICE]).decode() not in page


def test_digits_in_the_sound_are_events(tmp_path: Path) -> None:
    from xivolab.audio.dtmf import tone

    sound = np.concatenate([np.zeros(8000, np.int16), tone("9", 800, 8000), np.zeros(8000, np.int16)])
    packets = [trtp(ALICE, BOB, n, 160 * n, 0.02 * n, payload=code) for n, code in enumerate(cut(g711(sound)))]
    case = xivolab.open(tpcap(tmp_path / "a.pcap", packets))
    (event,) = case.in_band_digits().records()
    assert (event["kind"], event["digit"], event["source"]) == ("dtmf", "9", "rtp")
    assert event["text"] == f"9 · in-band · {ALICE} → {BOB}"
    assert event["time"] == pytest.approx(case.stream(0).start + 1.0, abs=0.02)
