"""The table of dialogs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sip.flow import EPOCH_NS, Leg, at, capture, sdp
from xivolab.sip import analyse


def dialogs(*legs: Leg) -> list[dict[str, Any]]:
    return list(analyse(capture(*legs)).dialogs.records())


def answered() -> Leg:
    phone = "User-Agent: Phone 1"
    leg = Leg("10.0.0.1", "10.0.0.9", "alice", "1002").invite(0, headers=phone).reply(0.1, 100, headers="Server: PBX")
    return leg.reply(1, 180, headers="Server: PBX").reply(2, 200).ack(2.1).bye(9, headers=phone)


def test_all_fields_of_a_call() -> None:
    (row,) = dialogs(answered().again(9.5, row=5, ip_id=77).again(9.5001, row=5, ip_id=77))
    assert row == {
        "id": "a@test",
        "call_id": "a@test",
        "method": "INVITE",
        "from_user": "alice",
        "to_user": "1002",
        "src": "10.0.0.1:5060",
        "dst": "10.0.0.9:5060",
        "start": EPOCH_NS / 1e9,
        "end": at(9.5001) / 1e9,
        "state": "completed",
        "status": 200,
        "messages": 9,
        "retransmissions": 1,
        "capture_duplicates": 1,
        "codecs": ["PCMA"],
        "transport": "UDP",
        "user_agents": ["Phone 1", "PBX"],
    }


def test_one_row_for_each_call_id_in_order_of_their_first_messages() -> None:
    rows = dialogs(
        Leg("10.0.0.1", "10.0.0.9", call_id="b").invite(1), Leg("10.0.0.1", "10.0.0.9", call_id="a").invite(2)
    )
    assert [row["call_id"] for row in rows] == ["b", "a"]


def test_two_legs_under_one_call_id_are_one_dialog_with_the_outcome_of_the_first() -> None:
    inner = Leg("10.0.0.9", "10.0.0.2", from_tag="other").invite(0.1).reply(1, 486)
    (row,) = dialogs(Leg("10.0.0.1", "10.0.0.9").invite(0).reply(1.1, 603), inner)
    assert (row["state"], row["status"], row["messages"]) == ("rejected", 603, 4)


def request(method: str) -> Leg:
    return Leg("10.0.0.1", "10.0.0.9").request(0, method, in_dialog=False)


@pytest.mark.parametrize(
    ("leg", "state", "status"),
    [
        (request("REGISTER").reply(0.1, 200, "REGISTER"), "registered", 200),
        (request("REGISTER").reply(0.1, 401, "REGISTER"), "rejected", 401),
        (request("REGISTER").reply(0.1, 403, "REGISTER"), "rejected", 403),
        (request("REGISTER").reply(0.1, 503, "REGISTER"), "failed", 503),
        (request("REGISTER"), "setup", None),
        (request("OPTIONS").reply(0.1, 200, "OPTIONS"), "completed", 200),
        (request("OPTIONS").reply(0.1, 404, "OPTIONS"), "failed", 404),
        (request("SUBSCRIBE").reply(0.1, 202, "SUBSCRIBE"), "completed", 202),
        (request("MESSAGE").again(33), "failed", None),
    ],
)
def test_other_methods(leg: Leg, state: str, status: int | None) -> None:
    (row,) = dialogs(leg)
    assert (row["state"], row["status"]) == (state, status)


def test_credentials_replace_the_challenge() -> None:
    leg = request("REGISTER").reply(0.1, 401, "REGISTER").request(0.2, "REGISTER", in_dialog=False)
    (row,) = dialogs(leg)
    assert (row["state"], row["status"]) == ("setup", None)
    (row,) = dialogs(leg.reply(0.3, 200, "REGISTER"))
    assert (row["state"], row["status"]) == ("registered", 200)


def test_a_refresh_on_its_way_leaves_the_phone_registered() -> None:
    leg = request("REGISTER").reply(0.1, 200, "REGISTER").request(20, "REGISTER", in_dialog=False)
    assert dialogs(leg)[0]["state"] == "registered"


def test_the_user_registered_is_that_of_to() -> None:
    assert dialogs(request("REGISTER"))[0]["to_user"] == "1002"


def test_begun_before_the_evidence() -> None:
    leg = answered()
    del leg.rows[:4]
    (row,) = dialogs(leg)
    assert (row["method"], row["state"], row["status"]) == ("ACK", "completed", None)


def test_where_only_responses_were_captured_they_tell_who_asked() -> None:
    """A capture of one direction."""
    leg = Leg("10.0.0.1", "10.0.0.9").invite(0).reply(0.1, 180).reply(2, 200).ack(2.1).bye(9)
    leg.rows = [row for row in leg.rows if row["data"].startswith(b"SIP/2.0")]
    (row,) = analyse(capture(leg)).dialogs.records()
    assert (row["src"], row["dst"], row["state"]) == ("10.0.0.1:5060", "10.0.0.9:5060", "completed")


def test_hold_changes_nothing() -> None:
    leg = answered()
    leg.rows = leg.rows[:5]
    leg.request(3, "INVITE", body=sdp(more="a=sendonly\r\n")).reply(3.1, 200, body=sdp(pts="8", more="a=recvonly\r\n"))
    (row,) = dialogs(leg)
    assert (row["state"], row["status"], row["codecs"]) == ("in-call", 200, ["PCMA"])


def test_a_message_without_call_id_is_in_no_dialog() -> None:
    leg = request("OPTIONS")
    leg.rows[0]["data"] = leg.rows[0]["data"].replace(b"Call-ID", b"Call-IX")
    assert dialogs(leg) == []
