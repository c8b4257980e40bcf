"""Calls, legs, streams and messages as objects, on a recorded call."""

from __future__ import annotations

import re

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.case import Case
from xivolab.errors import UsageError
from xivolab.objects import Call


@pytest.fixture(scope="module")
def case() -> Case:
    """Alice calls bob (1002) through the PBX, and hangs up."""
    return xivolab.open(ROOT / "captures" / "clean-call")


@pytest.fixture(scope="module")
def call(case: Case) -> Call:
    return case.call(0)


class TestKeys:
    def test_a_call_by_index_id_call_id_user_or_number(self, case: Case, call: Call) -> None:
        keys = [call.id, *(leg.call_id for leg in call.legs), "alice", "1002", "1001"]
        assert [case.call(key) for key in keys] == [call] * len(keys)

    def test_none_lists_what_there_is(self, case: Case, call: Call) -> None:
        message = f"no call matches '9999'; there are: {call.id} (alice → 1002)"
        with pytest.raises(UsageError, match=f"^{re.escape(message)}$"):
            case.call("9999")

    def test_several_lists_them(self) -> None:
        calls = xivolab.open(ROOT / "captures" / "clean-call", ROOT / "captures" / "busy")
        ids = [call.id for call in calls.call_list()]
        with pytest.raises(UsageError, match="2 calls match 'alice'; choose one by its id: ") as raised:
            calls.call("alice")
        assert all(f"{key} (alice → 1002)" in str(raised.value) for key in ids)

    def test_no_call_at_all(self) -> None:
        registrations = xivolab.open(ROOT / "captures" / "wrong-password")
        with pytest.raises(UsageError, match="no call matches 'x'; the evidence holds no call"):
            registrations.call("x")

    @pytest.mark.parametrize("key", [-1, 99])
    def test_an_index_that_is_not_there(self, case: Case, key: int) -> None:
        with pytest.raises(UsageError, match=f"no call {key}; there are 1: 0 to 0"):
            case.call(key)

    def test_a_stream_by_index_and_id(self, case: Case) -> None:
        stream = case.stream(2)
        assert case.stream(stream.id) == stream
        with pytest.raises(UsageError, match="no stream 'x'; there are 4: 0 to 3"):
            case.stream("x")

    def test_a_message_by_index(self, case: Case) -> None:
        count = len(case.table("messages"))
        assert case.message(count - 1).n == count - 1
        with pytest.raises(UsageError, match=f"no message {count}; there are {count}: 0 to {count - 1}"):
            case.message(count)


class TestCall:
    def test_the_fields_of_its_record(self, case: Case, call: Call) -> None:
        record = next(case.table("calls").records())
        assert call.record() == record
        assert (call.from_user, call.state, call.status) == ("alice", "completed", 200)
        assert (call.start, call.setup_s) == (record["start"], record["setup_s"])

    def test_an_attribute_that_is_no_field(self, call: Call) -> None:
        with pytest.raises(AttributeError, match="Call has no attribute 'colour'"):
            _ = call.colour

    def test_its_legs(self, call: Call) -> None:
        assert [(leg.role, leg.from_user, leg.status) for leg in call.legs] == [
            ("caller", "alice", 200),
            ("callee", "1001", 200),
        ]

    def test_its_streams_with_their_seconds(self, call: Call) -> None:
        assert [stream.call for stream in call.streams] == [call.id] * 4
        for stream in call.streams:
            assert stream.seconds["packets"].sum() == stream.packets

    def test_its_messages_in_the_order_of_time(self, call: Call) -> None:
        messages = call.messages
        assert messages[0].method == "INVITE"
        assert [message.time for message in messages] == sorted(message.time for message in messages)
        assert {message.call_id for message in messages} == {leg.call_id for leg in call.legs}

    def test_its_hosts_the_caller_first(self, call: Call) -> None:
        assert call.hosts == ["10.77.0.11", "10.77.0.10", "10.77.0.12"]

    def test_equal_when_of_the_same_case_and_row(self, case: Case, call: Call) -> None:
        assert case.call(0) == call
        assert len({case.call(0), call}) == 1
        assert call != case.stream(0)
        assert call != xivolab.open(ROOT / "captures" / "clean-call").call(0)

    def test_they_say_what_they_are(self, case: Case, call: Call) -> None:
        assert repr(call) == f"<Call {call.id}: alice → 1002, completed>"
        assert repr(call.messages[0]).endswith(f": {call.messages[0].first_line}>")
        assert re.fullmatch(r"<Stream 0: PCMA \S+ → \S+, \d+ packets>", repr(case.stream(0)))


class TestMessage:
    def test_a_request(self, call: Call) -> None:
        invite = call.messages[0]
        assert invite.is_request
        assert (invite.status, invite.reason) == (None, None)
        assert invite.text.startswith(invite.first_line + "\r\n")
        assert dict(invite.headers)["Call-ID"] == invite.call_id
        assert invite.time_ns == pytest.approx(invite.time * 1e9, abs=1000)
        assert invite.data == invite.text.encode()

    def test_its_session_description(self, call: Call) -> None:
        offer = call.messages[0].sdp
        assert offer is not None
        assert [(media.kind, media.address) for media in offer.media] == [("audio", "10.77.0.11")]
        assert "PCMA" in [payload.name for payload in offer.media[0].formats]

    def test_a_response(self, call: Call) -> None:
        answer = next(message for message in call.messages if message.status == 200)
        assert not answer.is_request
        assert answer.first_line == f"SIP/2.0 200 {answer.reason}"
        assert answer.method == "INVITE"
