"""What a phone can do in a call, by real calls through a real PBX; what is said is listened to at the other end."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.bench.ground import Ground
from xivolab.bench.phone import Call, Voice
from xivolab.bench.phone.audio import heard
from xivolab.bench.phone.call import Keys
from xivolab.errors import LabError

SUN, MOON = Voice(tones=(440,)), Voice(tones=(1000,))


def talk(lab: Ground, caller: str = "alice", callee: str = "bob", number: str = "1002") -> tuple[Call, Call]:
    """Let one phone call the other and be answered."""
    first, second = lab.hire(caller), lab.hire(callee)
    out = first.call(number)
    incoming = second.wait_call()
    out.wait_ringing()
    incoming.answer()
    out.wait_answered()
    return out, incoming


def test_a_call_carries_both_voices(lab: Ground, tmp_path: Path) -> None:
    out, incoming = talk(lab)
    out.say(SUN)
    incoming.say(MOON)

    there = heard(incoming.listen(1, tmp_path / "there.wav"))
    here = heard(out.listen(1, tmp_path / "here.wav"))
    measured = out.measure()
    out.hang_up()

    assert there.tone_hz == pytest.approx(440, abs=3)
    assert here.tone_hz == pytest.approx(1000, abs=3)
    assert min(there.tone_share, here.tone_share) > 0.95
    assert max(there.silent_share, here.silent_share) < 0.1
    assert (out.codec, measured.codec) == ("PCMA", "PCMA")
    assert measured.received > 80
    assert measured.local.startswith(f"{lab.own_address('alice')}:10")
    assert incoming.wait_ended() == 200
    assert out.sip_call_id
    assert incoming.invite.startswith("INVITE sip:bob@")


@pytest.mark.parametrize(("status", "seen"), [(486, 486), (480, 480), (603, 403), (404, 404), (503, 503)])
def test_a_call_is_refused_with_any_status(lab: Ground, status: int, seen: int) -> None:
    """Asterisk hands on what it understands, and makes of the rest what its cause means (reference: asterisk.md, 5)."""
    out = lab.hire("alice").call("1002")
    lab.hire("bob").wait_call().reject(status)

    assert out.wait_ended() == seen


def test_a_redirection_is_followed(lab: Ground) -> None:
    carol = lab.hire("carol")
    out = lab.hire("alice").call("1002")
    lab.hire("bob").wait_call().reject(302, headers={"Contact": f"<sip:1003@{lab.address}>"})
    carol.wait_call().answer()

    out.wait_answered()


def test_a_call_given_up_stops_ringing(lab: Ground) -> None:
    out = lab.hire("alice").call("1002")
    incoming = lab.hire("bob").wait_call()
    out.wait_ringing()
    out.hang_up()

    assert incoming.wait_ended() == 487


@pytest.mark.parametrize(("how", "keys"), [("rfc4733", "1590"), ("info", "2684")])
def test_keys_arrive(lab: Ground, how: Keys, keys: str) -> None:
    out = lab.hire("alice").call("3000")
    out.wait_answered()
    # The menu listens after half a second.
    time.sleep(0.8)
    out.press(keys, how)
    out.wait_ended()

    assert f"User entered '{keys}'" in lab.pbx.log()


def test_keys_are_heard_by_the_other_phone(lab: Ground) -> None:
    out, incoming = talk(lab)
    out.press("159#")

    incoming.wait_keys("159#")


def test_keys_in_the_voice_are_tones(lab: Ground, tmp_path: Path) -> None:
    out, incoming = talk(lab)
    out.say(Voice())
    file = incoming.record()
    out.press("5", "inband")
    incoming.stop_recording()

    # Q.23: 770 and 1336 Hz, half of the power in each.
    sound = heard(lab.phones.file(file))
    assert sound.tone_hz == pytest.approx(770, abs=15) or sound.tone_hz == pytest.approx(1336, abs=15)
    assert incoming.keys == ""


def test_on_hold_there_is_music_and_then_the_voice_again(lab: Ground, tmp_path: Path) -> None:
    out, incoming = talk(lab)
    out.say(SUN)
    out.hold()
    music = heard(incoming.listen(1, tmp_path / "music.wav"))
    out.resume()
    voice = heard(incoming.listen(1, tmp_path / "voice.wav"))

    assert music.tone_share < 0.9
    assert music.silent_share < 0.2
    assert voice.tone_hz == pytest.approx(440, abs=3)


def test_a_blind_transfer_sends_the_caller_on(lab: Ground, tmp_path: Path) -> None:
    carol = lab.hire("carol")
    out, incoming = talk(lab)
    lab.hire("bob").ask("transfer", call=incoming.number, to="1003")
    third = carol.wait_call()
    third.answer()
    third.say(MOON)

    incoming.wait_ended()
    assert heard(out.listen(1, tmp_path / "carol.wav")).tone_hz == pytest.approx(1000, abs=3)


def test_an_attended_transfer_connects_the_two_others(lab: Ground, tmp_path: Path) -> None:
    carol = lab.hire("carol")
    out, incoming = talk(lab)
    consultation = incoming.phone.call("1003")
    third = carol.wait_call()
    third.answer()
    consultation.wait_answered()
    third.say(MOON)

    assert incoming.transfer_to(consultation) == 200
    incoming.wait_ended()
    assert heard(out.listen(1, tmp_path / "carol.wav")).tone_hz == pytest.approx(1000, abs=3)
    assert out.state == third.state == "in-call"


def test_a_phone_answers_by_itself_only_when_a_header_asks_for_it(lab: Ground) -> None:
    lab.hire("bob")
    out = lab.hire("alice").call("2002")
    out.wait_answered(5)
    out.hang_up()
    other = lab.hire("alice").call("1002")
    other.wait_ringing()

    with pytest.raises(LabError, match=r"alice: the call \d+ with 1002 is ringing \(180 Ringing\), not in-call"):
        other.wait_answered(1)


def test_encrypted_over_tls(lab: Ground, tmp_path: Path) -> None:
    lab.hire("dave", lab.account("dave", transport="tls", srtp="required"))
    out = lab.hire("alice").call("1004")
    incoming = lab.phones.phones["dave"].wait_call()
    incoming.answer()
    incoming.say(MOON)

    assert "RTP/SAVP" in incoming.invite
    assert heard(out.listen(1, tmp_path / "dave.wav")).tone_hz == pytest.approx(1000, abs=3)


def test_over_tcp_and_in_another_codec(lab: Ground) -> None:
    out = lab.hire("carol", lab.account("carol", transport="tcp"), codecs=("g722",)).call("3001")
    out.wait_answered()

    assert out.codec == "G722"
    assert "transport=TCP" in lab.pbx.ask("database show registrar")


def test_what_a_phone_offers_can_be_made_up(lab: Ground) -> None:
    """A phone that only knows G.729, as its offer says: the PBX refuses it."""
    liar = lab.account(
        "alice", sdp_changes=((r"RTP/AVP 8 (\d+)", r"RTP/AVP 18 \1"), ("rtpmap:8 PCMA", "rtpmap:18 G729"))
    )
    out = lab.hire("alice", liar).call("1002")

    assert out.wait_ended() == 488
