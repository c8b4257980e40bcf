"""The tables of signalling together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sip.flow import EPOCH_NS, Leg, at, capture, sdp
from xivolab.sip import analyse
from xivolab.sip.store import RawMessages


def test_the_fields_of_a_message() -> None:
    tables = analyse(capture(Leg("10.0.0.1", "10.0.0.9").invite(0).again(0.5, ip_id=9).reply(1, 486)), ["a.pcap"])
    request, again, response = tables.messages.records()
    assert len({request.pop("id"), again["id"], response["id"]}) == 3
    assert request == {
        "time": EPOCH_NS / 1e9,
        "src": "10.0.0.1:5060",
        "dst": "10.0.0.9:5060",
        "transport": "UDP",
        "first_line": "INVITE sip:1002@10.0.0.9:5060 SIP/2.0",
        "method": "INVITE",
        "truncated": False,
        "status": None,
        "call_id": "a@test",
        "cseq": 1,
        "retransmission": False,
        "capture_duplicate": False,
        "file": "a.pcap",
        "frame": 1,
        "line": None,
        "number": 0,
    }
    assert again["retransmission"]
    assert (response["status"], response["method"]) == (486, "INVITE")


def test_ids_are_made_from_the_content() -> None:
    raw = capture(Leg("10.0.0.1", "10.0.0.9").invite(0))
    assert analyse(raw).messages.value("id", 0) == analyse(raw, ["other name"]).messages.value("id", 0)


def test_what_had_no_answer_when_the_capture_ended_has_failed() -> None:
    raw = capture(Leg("10.0.0.1", "10.0.0.9").invite(0))
    assert analyse(raw).dialogs.value("state", 0) == "setup"
    assert analyse(raw, watched_until=at(40)).dialogs.value("state", 0) == "failed"


def test_nothing_in_nothing_out() -> None:
    tables = analyse(RawMessages.from_rows([]))
    assert len(tables.messages) == len(tables.dialogs) == len(tables.registrations) == 0


CALL = Leg("10.0.0.1", "10.0.0.9").invite(0).reply(1, 180).reply(2, 200).ack(2.1, sdp()).cancel(3).bye(4)
CALL.request(5, "REGISTER", in_dialog=False).reply(6, 401, "REGISTER").request(7, "REFER")


@given(st.lists(st.sampled_from(CALL.rows), max_size=12), st.binary(max_size=40), st.integers(0, 300))
def test_any_messages_in_any_order_cut_anywhere(rows: list[dict[str, object]], junk: bytes, cut: int) -> None:
    """Nothing raises, and every message with a Call-ID is in one dialog."""
    mangled = [{**row, "data": bytes(row["data"])[: cut + 200 * n]} for n, row in enumerate(rows)]  # type: ignore[call-overload]
    raw = RawMessages.from_rows([*mangled, {"data": junk}])
    tables = analyse(raw)
    assert len(tables.messages) == len(raw)
    assert tables.dialogs["messages"].sum() == sum(call_id is not None for call_id in tables.index.call_id)
    assert len(tables.registrations) <= len(raw)


@pytest.mark.parametrize(
    ("message", "truncated"),
    [
        (b"OPTIONS sip:b@c SIP/2.0\r\nCall-ID: a\r\n\r\n", False),
        (b"OPTIONS sip:b@c SIP/2.0\r\nCall-ID: a\r\nContent-Length: 4\r\n\r\nbody", False),
        (b"OPTIONS sip:b@c SIP/2.0\r\nl: 4\r\nCall-ID: a\r\n\r\nbody and more", False),
        (b"OPTIONS sip:b@c SIP/2.0\r\nCall-ID: a\r\nl : 4\r\n\r\nbod", True),
        (b"OPTIONS sip:b@c SIP/2.0\r\nCall-ID: a\r\n\r\nl: 400\r\n", False),  # that is its body
        (b"OPTIONS sip:b@c SIP/2.0\r\nCall-ID: a\r\nFr", True),
        (b"OPTIONS sip:b@c SI", True),
    ],
)
def test_a_message_that_is_not_whole_says_so(message: bytes, truncated: bool) -> None:
    tables = analyse(RawMessages.from_rows([{"data": message}]))
    assert [row["truncated"] for row in tables.messages.records()] == [truncated]


def test_half_a_call_id_is_none() -> None:
    """What the snap length cut in its midst would be another dialog."""
    whole = b"OPTIONS sip:b@c SIP/2.0\r\nCSeq: 1 OPTIONS\r\nCall-ID: abcdef\r\n"
    tables = analyse(RawMessages.from_rows([{"data": whole}, {"data": whole[:-5]}]))
    assert [row["call_id"] for row in tables.messages.records()] == ["abcdef", None]
    assert len(tables.dialogs) == 1
