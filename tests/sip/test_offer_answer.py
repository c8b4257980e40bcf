"""What two ends agree on."""

from __future__ import annotations

from tests.sip.flow import Leg, capture, sdp
from xivolab.sip.index import MessageIndex
from xivolab.sip.offer_answer import Exchange, codecs, exchanges

OFFER = sdp(pts="0 8 101")
ANSWER = sdp("10.0.0.9", 5000, "8 101")


def started(answer: str = ANSWER) -> Leg:
    return Leg("10.0.0.1", "10.0.0.9").invite(0, OFFER).reply(2, 200, body=answer)


def agreed(leg: Leg) -> list[str]:
    index = MessageIndex(capture(leg))
    return codecs(index, range(len(index)))


def pairs(leg: Leg) -> list[Exchange]:
    index = MessageIndex(capture(leg))
    return exchanges(index, range(len(index)))


def test_the_answer_decides_and_events_are_no_codec() -> None:
    assert agreed(started()) == ["PCMA"]


def test_the_order_is_the_answers() -> None:
    assert agreed(started(sdp(pts="8 0"))) == ["PCMA", "PCMU"]


def test_what_was_not_offered_is_not_agreed_on() -> None:
    assert agreed(started(sdp(pts="9 8"))) == ["PCMA"]


def test_dynamic_types_are_compared_by_name_not_by_number() -> None:
    offer = sdp(pts="96", more="a=rtpmap:96 opus/48000/2\r\n")
    answer = sdp(pts="107", more="a=rtpmap:107 OPUS/48000/2\r\n")
    assert agreed(Leg("10.0.0.1", "10.0.0.9").invite(0, offer).reply(1, 200, body=answer)) == ["OPUS"]


def test_a_refused_call_agrees_on_nothing() -> None:
    assert agreed(Leg("10.0.0.1", "10.0.0.9").invite(0).reply(1, 488)) == []


def test_an_early_answer_in_183() -> None:
    early = Leg("10.0.0.1", "10.0.0.9").invite(0, OFFER).reply(1, 183, body=ANSWER)
    assert agreed(early) == ["PCMA"]
    assert len(pairs(early.reply(2, 200, body=ANSWER))) == 1


def test_a_late_offer_is_in_the_200_and_its_answer_in_the_ack() -> None:
    late = Leg("10.0.0.1", "10.0.0.9").invite(0, "").reply(1, 200, body=OFFER).ack(1.1, ANSWER)
    assert pairs(late) == [Exchange(1, 2)]
    assert agreed(late) == ["PCMA"]


def test_a_re_invite_adds_what_is_new() -> None:
    leg = started().ack(2.1).request(5, "INVITE", body=sdp(pts="9")).reply(5.1, 200, body=sdp(pts="9"))
    assert len(pairs(leg)) == 2
    assert agreed(leg) == ["PCMA", "G722"]


def test_update_carries_offers_too() -> None:
    leg = started().ack(2.1).request(5, "UPDATE", body=OFFER).reply(5.1, 200, "UPDATE", body=ANSWER)
    assert len(pairs(leg)) == 2


def test_a_fax_switch() -> None:
    fax = "v=0\r\nc=IN IP4 10.0.0.1\r\nm=image 4000 udptl t38\r\n"
    leg = started().ack(2.1).request(5, "INVITE", by="callee", body=fax).reply(5.1, 200, by="caller", body=fax)
    assert agreed(leg) == ["PCMA", "T38"]


def test_a_refused_line_counts_for_nothing() -> None:
    two = sdp(pts="8") + "m=video 6000 RTP/AVP 34\r\n"
    assert agreed(Leg("10.0.0.1", "10.0.0.9").invite(0, two).reply(1, 200, body=two.replace("6000", "0"))) == ["PCMA"]
