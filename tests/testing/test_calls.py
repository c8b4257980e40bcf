"""The test kit's calls."""

from __future__ import annotations

from xivolab.testing import START, tcall, tmessage, tquality, tsdp, tstream


def test_a_message_is_parsed_from_its_text() -> None:
    message = tmessage("SIP/2.0 183 Session Progress", at=1.5, cseq="3 INVITE", sdp=tsdp(port=7000), frame=9)
    assert (message.status, message.reason, message.method, message.cseq) == (183, "Session Progress", "INVITE", 3)
    assert (message.time, message.frame) == (START + 1.5, 9)
    assert message.sdp is not None
    assert message.sdp.media[0].port == 7000
    assert f"Content-Length: {len(tsdp(port=7000))}" in message.text


def test_the_usual_call_has_two_legs_in_time_order() -> None:
    call = tcall()
    times = [message.time or 0 for message in call.messages]
    assert times == sorted(times)
    assert {message.call_id for message in call.messages} == {leg.call_id for leg in call.legs}


def test_a_stream_has_a_record_for_each_second() -> None:
    assert len(tstream(start=0, end=7).seconds) == 7
    assert tquality([4.4, None], lost=[0, 5]).value("packets", 1) == 45
