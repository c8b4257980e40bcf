"""Requests with their responses."""

from __future__ import annotations

from tests.sip.flow import Leg, capture
from xivolab.sip.index import MessageIndex
from xivolab.sip.store import RawMessages
from xivolab.sip.transaction import Transaction, transactions


def found(raw: RawMessages) -> list[Transaction]:
    index = MessageIndex(raw)
    return transactions(index, range(len(index)))


def test_a_call_has_two() -> None:
    raw = capture(Leg("10.0.0.1", "10.0.0.9").invite(0).reply(0.1, 100).reply(1, 180).reply(2, 200).ack(2.1).bye(5))
    invite, bye = found(raw)
    assert (invite.method, invite.request, invite.provisional, invite.final) == ("INVITE", 0, [1, 2], 3)
    assert (bye.method, bye.request, bye.final) == ("BYE", 5, 6)


def test_a_resend_belongs_to_the_same() -> None:
    raw = capture(Leg("10.0.0.1", "10.0.0.9").invite(0).again(0.5).reply(1, 486))
    assert len(found(raw)) == 1


def test_cancel_is_one_of_its_own_with_the_branch_of_the_invite() -> None:
    raw = capture(Leg("10.0.0.1", "10.0.0.9").invite(0).cancel(1).reply(1.1, 200, "CANCEL").reply(1.2, 487))
    invite, cancel = found(raw)
    assert (invite.final, cancel.final) == (3, 2)


def test_a_2xx_wins_over_another_final_response() -> None:
    raw = capture(Leg("10.0.0.1", "10.0.0.9").invite(0).reply(1, 487, to_tag="x").reply(1.1, 200, to_tag="y"))
    assert found(raw)[0].final == 2


def test_client_and_server_of_a_response_whose_request_nobody_saw() -> None:
    leg = Leg("10.0.0.1", "10.0.0.9").invite(0).reply(1, 200)
    del leg.rows[0]
    raw = capture(leg)
    (transaction,) = found(raw)
    assert transaction.request is None
    assert (raw.addresses[transaction.client], raw.addresses[transaction.server]) == ("10.0.0.1:5060", "10.0.0.9:5060")


def test_without_the_magic_cookie_tags_and_addresses_match() -> None:
    leg = Leg("10.0.0.1", "10.0.0.9").invite(0).reply(1, 486)
    for row in leg.rows:
        row["data"] = row["data"].replace(b"branch=z9hG4bK", b"branch=old")
    other = Leg("10.0.0.5", "10.0.0.9").invite(0.5)
    other.rows[0]["data"] = leg.rows[0]["data"]
    assert len(found(capture(leg, other))) == 2
