"""What the tables take from the messages."""

from __future__ import annotations

from tests.sip.flow import Leg, capture, sdp
from xivolab.sip import scan
from xivolab.sip.index import MessageIndex
from xivolab.sip.store import RawMessages


def test_one_value_for_each_message() -> None:
    index = MessageIndex(capture(Leg("10.0.0.1", "10.0.0.9").invite(0).reply(1, 486)))
    assert index.method == ["INVITE", "INVITE"]
    assert index.status == [0, 486]
    assert index.call_id == ["a@test", "a@test"]
    assert (index.from_tag, index.to_tag) == (["from", "from"], [None, "to"])
    assert index.cseq == [1, 1]
    assert index.branch[0] == index.branch[1]
    assert index.first_line[1] == "SIP/2.0 486 Reason"


def test_users_of_headers_and_of_the_request_uri() -> None:
    index = MessageIndex(capture(Leg("10.0.0.1", "10.0.0.9", "alice", "1002").invite(0)))
    assert (index.user(0, scan.FROM), index.user(0, scan.URI)) == ("alice", "1002")
    assert index.user(0, scan.ASSERTED) is None


def test_a_folded_value_is_one_line() -> None:
    index = MessageIndex(RawMessages.from_rows([{"data": b"BYE sip:a SIP/2.0\r\nReason: Q.850\r\n ;cause=16\r\n\r\n"}]))
    assert index.text(0, scan.REASON) == "Q.850 ;cause=16"


def test_identical_values_are_one_object() -> None:
    index = MessageIndex(capture(Leg("10.0.0.1", "10.0.0.9").invite(0).reply(1, 486)))
    assert index.call_id[0] is index.call_id[1]


def test_places() -> None:
    index = MessageIndex(RawMessages.from_rows([{"data": b"", "src": "[2001:db8::1]:5060"}]))
    assert (index.place(0), index.place(-1)) == ("[2001:db8::1]:5060", None)
    assert (index.host(0), index.host(-1)) == ("[2001:db8::1]", "")


def test_no_messages() -> None:
    index = MessageIndex(RawMessages.from_rows([]))
    assert (len(index), index.end, index.call_id) == (0, 0, [])


def test_the_session_description() -> None:
    index = MessageIndex(capture(Leg("10.0.0.1", "10.0.0.9").invite(0, sdp(port=4242)).reply(1, 486)))
    description = index.sdp(0)
    assert description is not None
    assert description.media[0].port == 4242
    assert index.sdp(1) is None
