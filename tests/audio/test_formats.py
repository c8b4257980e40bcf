"""What a payload type means: by SDP, by the norm, or by the user."""

from __future__ import annotations

import pytest

from tests.made import ALICE, BOB, sdp
from xivolab.audio.formats import Announced, Formats, parse_told
from xivolab.errors import UsageError
from xivolab.sip.sdp import PayloadFormat, parse_sdp


def announced(*told: tuple[int, str]) -> Announced:
    return Announced((time, parse_sdp(text.encode())) for time, text in told)


def name(formats: Formats, payload_type: int, time: int = 0) -> str | None:
    found = formats.of(payload_type, time)
    return found.name if found else None


def test_the_receiver_says_what_a_type_means() -> None:
    both = announced((0, sdp(ALICE, "96", "a=rtpmap:96 speex/8000")), (1, sdp(BOB, "96", "a=rtpmap:96 opus/48000")))
    assert name(Formats(both, ALICE, BOB), 96) == "opus"
    assert name(Formats(both, BOB, ALICE), 96) == "speex"
    sender = announced((0, sdp(ALICE, "97", "a=rtpmap:97 iLBC/8000", "a=fmtp:97 mode=20")))
    assert Formats(sender, ALICE, BOB).of(97, 0) == PayloadFormat(97, "iLBC", 8000, 1, "mode=20")


def test_a_later_offer_changes_the_meaning_from_then_on() -> None:
    changed = announced((10, sdp(BOB, "96", "a=rtpmap:96 speex/8000")), (20, sdp(BOB, "96", "a=rtpmap:96 iLBC/8000")))
    formats = Formats(changed, ALICE, BOB)
    assert [name(formats, 96, time) for time in (0, 10, 19, 20, 99)] == ["speex", "speex", "speex", "iLBC", "iLBC"]


def test_an_endpoint_behind_a_nat_goes_by_what_the_call_announced() -> None:
    told = announced((0, sdp("192.168.1.2:4000", "96", "a=rtpmap:96 opus/48000/2")))
    assert name(Formats(told, "198.51.100.7:1234", "198.51.100.8:99"), 96) == "opus"


def test_static_types_guesses_and_what_the_user_says() -> None:
    formats = Formats(announced(), ALICE, BOB, parse_told({8: "PCMU"}), {97: PayloadFormat(97, "opus", 48000)})
    assert [name(formats, pt) for pt in (0, 2, 8, 19, 97, 98)] == ["PCMU", "G726-32", "PCMU", "CN", "opus", None]


def test_what_a_user_may_say() -> None:
    assert parse_told({96: "opus/48000/2", 97: "amr-wb", 98: "AMR/8000;octet-align=1;mode-set=0"}) == {
        96: PayloadFormat(96, "opus", 48000, 2),
        97: PayloadFormat(97, "amr-wb", 16000),
        98: PayloadFormat(98, "AMR", 8000, 1, "octet-align=1;mode-set=0"),
    }
    for wrong in ({96: "opus 48000"}, {200: "opus"}, {96: ""}):
        with pytest.raises(UsageError, match="write 96=opus"):
            parse_told(wrong)


def test_srtp_is_told_by_the_profile_or_the_keys() -> None:
    key = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + "A" * 40
    assert Formats(announced((0, sdp(BOB, "8", key))), ALICE, BOB).encrypted
    assert Formats(announced((0, sdp(BOB, protocol="RTP/SAVP"))), ALICE, BOB).encrypted
    assert not Formats(announced((0, sdp(BOB))), ALICE, BOB).encrypted
    assert not Formats(announced(), ALICE, BOB).encrypted
