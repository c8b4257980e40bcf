"""The table of registrations."""

from __future__ import annotations

from typing import Any

from tests.sip.flow import EPOCH_NS, Leg, capture
from xivolab.sip import analyse

CREDENTIALS = 'Authorization: Digest username="alice", nonce="n", response="0123abcd"'
CONTACT = "Contact: <sip:alice@10.0.0.1:5060;ob>"


def phone(src: str = "10.0.0.1", user: str = "alice") -> Leg:
    return Leg(src, "10.0.0.9", user, user, call_id=f"{user}{src}")


def register(leg: Leg, seconds: float, status: int, request: str = "", response: str = "") -> Leg:
    leg.request(seconds, "REGISTER", headers=f"{request}\n{CONTACT}".strip(), in_dialog=False)
    return leg.reply(seconds + 0.1, status, "REGISTER", headers=response)


def table(*legs: Leg) -> list[dict[str, Any]]:
    return list(analyse(capture(*legs)).registrations.records())


def test_a_first_challenge_is_an_attempt_and_no_refusal() -> None:
    leg = register(phone(), 0, 401, response='WWW-Authenticate: Digest nonce="n"')
    (row,) = table(register(leg, 1, 200, CREDENTIALS, f"{CONTACT};expires=120\nExpires: 600"))
    row.pop("id")
    assert row == {
        "aor": "sip:alice@10.0.0.9:5060",
        "contact": "sip:alice@10.0.0.1:5060;ob",
        "src": "10.0.0.1:5060",
        "dst": "10.0.0.9:5060",
        "first": EPOCH_NS / 1e9,
        "last": EPOCH_NS / 1e9 + 1.1,
        "attempts": 2,
        "accepted": 1,
        "rejected": 0,
        "last_status": 200,
        "expires_s": 120,
    }


def test_a_wrong_password_is_a_refusal() -> None:
    leg = register(register(phone(), 0, 401), 1, 401, CREDENTIALS)
    (row,) = table(leg)
    assert (row["attempts"], row["accepted"], row["rejected"], row["last_status"]) == (2, 0, 1, 401)
    assert row["expires_s"] is None


def test_a_stale_nonce_is_no_refusal() -> None:
    leg = register(phone(), 0, 401, CREDENTIALS, 'WWW-Authenticate: Digest nonce="m", stale=TRUE')
    assert table(leg)[0]["rejected"] == 0


def test_empty_credentials_of_an_ims_phone_are_none() -> None:
    leg = register(phone(), 0, 401, 'Authorization: Digest username="alice", nonce="", response=""')
    assert table(leg)[0]["rejected"] == 0


def test_any_other_refusal() -> None:
    assert table(register(phone(), 0, 403))[0]["rejected"] == 1
    assert table(register(phone(), 0, 423))[0]["rejected"] == 0


def test_retransmissions_are_no_attempts() -> None:
    leg = phone().request(0, "REGISTER", in_dialog=False).again(0.5, ip_id=9).again(1.5, ip_id=10)
    (row,) = table(leg)
    assert (row["attempts"], row["last_status"]) == (1, None)


def test_expires_of_the_response_and_an_unregistration() -> None:
    assert table(register(phone(), 0, 200, response=f"{CONTACT}\nExpires: 600"))[0]["expires_s"] == 600
    assert table(register(phone(), 0, 200, request="Expires: 0"))[0]["expires_s"] == 0


def test_one_row_for_each_source() -> None:
    rows = table(register(phone(), 0, 200), register(phone("10.0.0.2"), 1, 200), register(phone(user="bob"), 2, 200))
    assert [(row["aor"], row["src"]) for row in rows] == [
        ("sip:alice@10.0.0.9:5060", "10.0.0.1:5060"),
        ("sip:alice@10.0.0.9:5060", "10.0.0.2:5060"),
        ("sip:bob@10.0.0.9:5060", "10.0.0.1:5060"),
    ]


def test_over_tcp_a_new_connection_is_the_same_phone() -> None:
    one, two = phone("10.0.0.1:40001"), phone("10.0.0.1:40002")
    one.transport = two.transport = "TCP"
    (row,) = table(register(one, 0, 200), register(two, 60, 200))
    assert row["attempts"] == 2


def test_what_a_proxy_hands_on_is_counted_once() -> None:
    inner = Leg(
        "10.0.0.5", "10.0.0.9", "alice", "alice", call_id="alice10.0.0.1", via="\r\nVia: SIP/2.0/UDP x;branch=y"
    )
    (row,) = table(register(phone(), 0, 200), register(inner, 0.01, 200))
    assert (row["src"], row["attempts"]) == ("10.0.0.1:5060", 1)
