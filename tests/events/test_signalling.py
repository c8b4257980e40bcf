"""Hold, fax, early media and digits, read from legs written by hand."""

from __future__ import annotations

from tests.calls.pbx import ALICE, PBX, dialling, no_streams
from tests.sip.flow import Leg, at, capture, sdp
from xivolab.calls import build
from xivolab.events import Event, signalling_events
from xivolab.sip import analyse

WAY, BACK = f"{ALICE}:5060 → {PBX}:5060", f"{PBX}:5060 → {ALICE}:5060"
FAX = "v=0\r\no=- 1 1 IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\nm=image {port} udptl t38\r\n"


def events(*legs: Leg, fax: dict[str, tuple[int, int]] | None = None) -> list[Event]:
    sip = analyse(capture(*legs), ["trace.pcap"])
    calls = build(sip, no_streams())
    return signalling_events(sip, dict(zip(calls.calls["id"].tolist(), calls.legs, strict=True)), fax or {})


def told(*legs: Leg) -> list[tuple[str, str]]:
    return [(event.kind, event.text) for event in sorted(events(*legs), key=lambda event: event.time)]


def talking() -> Leg:
    return dialling().invite(0).reply(0.2, 180).reply(2, 200).ack(2.01)


def directed(direction: str, ip: str = ALICE) -> str:
    return sdp(ip, 4000, "8", f"a={direction}\r\n")


def again(leg: Leg, seconds: float, offer: str, answer: str, by: str = "caller") -> Leg:
    other = "callee" if by == "caller" else "caller"
    leg.request(seconds, "INVITE", by=by, body=offer).reply(seconds + 0.1, 200, by=other, body=answer)
    return leg.request(seconds + 0.2, "ACK", by=by, cseq=leg.cseq[by])


def test_a_plain_call_has_no_events() -> None:
    assert told(talking().bye(9)) == []


def test_hold_and_resume_are_of_who_asked() -> None:
    leg = again(talking(), 3, directed("sendonly"), directed("recvonly", PBX))
    again(leg, 6, directed("sendrecv"), directed("sendrecv", PBX)).bye(9)
    assert told(leg) == [("hold", f"sendonly · {WAY}"), ("resume", f"sendrecv · {WAY}")]


def test_an_answer_of_the_like_is_no_hold_of_its_sender() -> None:
    leg = again(talking(), 3, directed("inactive"), directed("inactive", PBX)).bye(9)
    assert told(leg) == [("hold", f"inactive · {WAY}")]


def test_the_other_end_holds_too_and_the_old_way_of_it() -> None:
    leg = again(talking(), 3, sdp("0.0.0.0", 4000, "8"), directed("sendrecv"), by="callee").bye(9)
    assert told(leg) == [("hold", f"0.0.0.0 · {BACK}")]


def test_a_hold_refreshed_or_sent_again_is_one() -> None:
    leg = again(talking(), 3, directed("sendonly"), directed("recvonly", PBX))
    again(leg, 5, directed("sendonly"), directed("recvonly", PBX)).bye(9)
    assert [kind for kind, _ in told(leg)] == ["hold"]


def test_fax_accepted_and_refused() -> None:
    leg = again(talking(), 3, FAX.format(ip=ALICE, port=4000), FAX.format(ip=PBX, port=12000)).bye(9)
    assert told(leg) == [("t38", f"{ALICE}:4000 ↔ {PBX}:12000")]
    refused = talking().request(3, "INVITE", body=FAX.format(ip=ALICE, port=4000)).reply(3.1, 488).bye(9)
    assert told(refused) == [("t38", f"✖ 488 · {BACK}")]


def test_fax_packets_are_those_of_both_ports() -> None:
    leg = again(talking(), 3, FAX.format(ip=ALICE, port=4000), FAX.format(ip=PBX, port=12000)).bye(9)
    counts = {f"{ALICE}:4000": (90, 0), f"{PBX}:12000": (300, 2), f"{PBX}:9": (7, 7)}
    (event,) = events(leg, fax=counts)
    assert (event.text, event.packets, event.lost) == (f"{ALICE}:4000 ↔ {PBX}:12000 · UDPTL 390 −2", 390, 2)
    (event,) = events(leg, fax={f"{PBX}:12000": (300, 0)})
    assert (event.text, event.packets, event.lost) == (f"{ALICE}:4000 ↔ {PBX}:12000 · UDPTL 300", 300, 0)


def test_early_media_is_told_once() -> None:
    answer = sdp(PBX, 10000, "8 101")
    leg = dialling().invite(0).reply(0.2, 183, body=answer).reply(0.4, 183, body=answer).reply(2, 200).ack(2.1)
    assert told(leg.bye(9)) == [("early-media", f"183 PCMA · {BACK}")]


def info(leg: Leg, seconds: float, body: str, kind: str = "application/dtmf-relay", status: int = 200) -> Leg:
    leg.request(seconds, "INFO", body=body, headers=f"Content-Type: {kind}\r\n")
    return leg.reply(seconds + 0.01, status, "INFO")


def test_digits_in_info_with_their_length_and_place() -> None:
    leg = info(talking(), 3, "Signal=5\r\nDuration=160\r\n").bye(9)
    (event,) = events(leg)
    assert (event.kind, event.digit, event.duration_ms) == ("dtmf", "5", 160)
    assert (event.time, event.file, event.text) == (at(3), "trace.pcap", f"5 · SIP INFO · {WAY}")
    assert event.frame is not None


def test_the_same_digit_twice_is_two_and_a_retransmission_none() -> None:
    leg = info(info(talking(), 3, "Signal=5\r\n"), 4, "Signal=5\r\n")
    leg.request(5, "INFO", body="Signal=6\r\n", headers="Content-Type: application/dtmf-relay\r\n").again(5.5)
    leg.reply(5.6, 200, "INFO").bye(9)
    assert [event.digit for event in events(leg)] == ["5", "5", "6"]


def test_a_refused_digit_says_so_and_another_body_is_told() -> None:
    leg = info(talking(), 3, "Signal=5\r\n", status=415)
    info(leg, 4, "<media_control/>", "application/media_control+xml").bye(9)
    assert told(leg) == [("dtmf", f"5 · SIP INFO · {WAY} ✖ 415"), ("info", f"application/media_control+xml · {WAY}")]
