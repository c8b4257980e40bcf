"""The words of a ladder."""

from __future__ import annotations

import pytest

from xivolab.testing import PBX, tcall, tmessage, tsdp, tstream
from xivolab.testing.calls import MadeMessage
from xivolab.views.captions import Captions
from xivolab.views.flow import flow


def captions(message: MadeMessage | None = None, lang: str = "en", **more: object) -> Captions:
    call = tcall([message or tmessage()], **more)  # type: ignore[arg-type]
    return Captions(call, flow(call), lang)


def label(message: MadeMessage, lang: str = "en") -> tuple[str, str]:
    found = captions(message, lang)
    return found.label(next(found.flow.arrows()))


@pytest.mark.parametrize(
    ("first_line", "expected"),
    [
        ("INVITE sip:1002@10.77.0.10;transport=udp SIP/2.0", "INVITE 1002"),
        ("INVITE sip:alice:secret@10.77.0.10 SIP/2.0", "INVITE alice"),
        ("INVITE tel:+33123;phone-context=x SIP/2.0", "INVITE +33123"),
        ("INVITE sip:10.77.0.10 SIP/2.0", "INVITE"),
        ("ACK sip:1002@10.77.0.10 SIP/2.0", "ACK"),
        ("SIP/2.0 180 Ringing", "180 Ringing"),
        ("SIP/2.0 486 Busy Here", "✖ 486 Busy Here"),
        ("SIP/2.0 401 Unauthorized", "401 Unauthorized"),
    ],
)
def test_the_label_of_a_message(first_line: str, expected: str) -> None:
    assert label(tmessage(first_line))[0] == expected


def test_a_transfer_says_to_whom() -> None:
    transfer = tmessage(
        "REFER sip:asterisk@10.77.0.10 SIP/2.0", headers='Refer-To: "Carol" <sip:1003@10.77.0.10?Replaces=x>\r\n'
    )
    assert label(transfer)[0] == "REFER 1003"


def test_the_note_of_a_message() -> None:
    assert label(tmessage(cseq="2 INVITE"))[1] == "CSeq 2"
    assert label(tmessage("SIP/2.0 200 OK", cseq="2 BYE"))[1] == "BYE · CSeq 2"
    assert label(tmessage("SIP/2.0 407 Proxy Authentication Required"), "fr")[1] == "authentification · CSeq 1"


@pytest.mark.parametrize(
    ("flag", "words"),
    [("retransmission", "↻ retransmission of 1"), ("capture_duplicate", "⇉ capture duplicate of 1")],
)
def test_what_was_sent_or_captured_again(flag: str, words: str) -> None:
    call = tcall([tmessage(at=0), tmessage(at=0.5, **{flag: True})], [])
    found = Captions(call, flow(call), "en")
    assert found.label(list(found.flow.arrows())[1])[1] == words


def test_a_session_description_in_a_line() -> None:
    found = captions()
    assert found.media(tmessage(sdp=tsdp("10.0.0.1", 4000, "8 0 101")).sdp) == "10.0.0.1:4000 PCMA PCMU tel-event"
    assert (
        found.media(tmessage(sdp=tsdp("2001:db8::1", 4000, "8", "sendonly")).sdp) == "[2001:db8::1]:4000 PCMA sendonly"
    )
    assert found.media(tmessage(sdp=tsdp(port=0)).sdp) == "audio refused"
    video = tsdp() + "m=video 5000 RTP/AVP 97\r\n"
    assert found.media(tmessage(sdp=video).sdp).endswith(" | video 10.77.0.11:5000 97")
    assert found.media(None) == ""


@pytest.mark.parametrize(
    ("mos", "scale", "verdict"),
    [(4.4, "nb", "✔ good"), (3.7, "nb", "▲ fair"), (3.5, "nb", "✖ poor"), (3.5, "wb", ""), (None, None, "")],
)
def test_a_mos_has_a_sign_and_a_word(mos: float | None, scale: str | None, verdict: str) -> None:
    assert captions().verdict(tstream(mos=mos, mos_scale=scale)) == verdict


def test_a_stream_in_two_lines_in_french() -> None:
    found = captions(lang="fr", streams=[tstream(lost_pct=1.25, mos=None, codec=None)])
    assert found.voice(next(found.flow.voices())) == ("PT 8", "perte 1,2 % · gigue 0,4 ms · 299 paquets")


def test_heads_have_the_port_when_there_is_one() -> None:
    named, unnamed = captions(), captions(names={})
    assert named.lane(named.flow.lanes[0]) == ("alice (phone)", "10.77.0.11:5060")
    assert named.lane(named.flow.lanes[1]) == ("pbx", "10.77.0.10:5060")
    assert unnamed.lane(unnamed.flow.lanes[0]) == ("10.77.0.11", ":5060")
    call = tcall([tmessage(), tmessage(src="10.77.0.11:5070")], [])
    found = Captions(call, flow(call), "en")
    assert found.lane(found.flow.lanes[0]) == ("alice (phone)", "10.77.0.11")


def test_the_tooltip_has_no_password() -> None:
    found = captions(tmessage("INVITE sip:a:secret@b SIP/2.0"))
    assert "secret" not in found.tooltip(next(found.flow.arrows()))


def test_the_heading_says_when_and_where_it_was_captured() -> None:
    found = captions(tmessage(at=0, file="folder/trace.pcap", frame=17), "fr")
    heading, note = found.heading(next(found.flow.arrows()))
    assert heading == "1  INVITE 1002 · alice → pbx"
    assert note == "2023-11-14 22:13:20.000 UTC (+0,000 s) · trace.pcap, trame 17 · message 0"


def test_the_outcome_and_extent_of_a_call() -> None:
    found = captions(streams=[tstream(dst=f"{PBX}:10000", start=0.5)], talk_s=0.0, state="busy", status=486)
    assert (found.title(), found.outcome()) == ("alice → 1002", "busy · 486")
    assert found.extent() == "2023-11-14 22:13:20.000 UTC · 1 message · 1 RTP stream"


def test_a_narrow_session_description_keeps_its_direction() -> None:
    sdp = tmessage(sdp=tsdp("10.0.0.1", 4000, "8 0 101", "sendonly")).sdp
    found = captions()
    forms = [found.media(sdp, room) for room in (50, 42, 34, 10)]
    assert forms == [
        "10.0.0.1:4000 PCMA PCMU tel-event sendonly",
        "10.0.0.1:4000 PCMA PCMU tel-event sendonly",
        "10.0.0.1:4000 PCMA PCMU sendonly",
        "10.0.0.1:4000 PCMA … sendonly",
    ]
    only_events = tmessage(sdp=tsdp("10.0.0.1", 4000, "101")).sdp
    assert found.media(only_events, 10) == "10.0.0.1:4000 tel-event"
