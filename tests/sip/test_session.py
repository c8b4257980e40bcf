"""Legs: their state, as the definitions say, and where each Call-ID's messages belong."""

from __future__ import annotations

import re

import pytest

from tests.sip.flow import Leg, at, capture, sdp
from xivolab.sip.index import MessageIndex
from xivolab.sip.session import Session, session_end, session_state, sessions


def legs_of(*legs: Leg) -> tuple[MessageIndex, list[Session]]:
    index = MessageIndex(capture(*legs))
    return index, sessions(index, range(len(index)))


def only(*legs: Leg) -> tuple[MessageIndex, Session]:
    index, found = legs_of(*legs)
    assert len(found) == 1
    return index, found[0]


def outcome(*legs: Leg) -> tuple[str, int | None]:
    index, session = only(*legs)
    return session_state(index, session), session.status


def invited() -> Leg:
    return Leg("10.0.0.1", "10.0.0.9").invite(0)


def ringing() -> Leg:
    return invited().reply(0.1, 100).reply(1, 180)


def later(seconds: float) -> Leg:
    """Something else at the end of the capture: it was watched until then."""
    leg = Leg("10.0.0.7", "10.0.0.8", call_id="a@test", from_tag="from").request(seconds, "OPTIONS")
    leg.rows[0]["data"] = leg.rows[0]["data"].replace(b"CSeq: 1", b"CSeq: 700")
    return leg


@pytest.mark.parametrize(
    ("leg", "expected"),
    [
        (invited(), ("setup", None)),
        (invited().reply(0.1, 100), ("setup", None)),
        (ringing(), ("ringing", None)),
        (invited().reply(1, 183), ("setup", None)),
        (invited().reply(1, 183, body=sdp()), ("ringing", None)),
        (ringing().reply(2, 200), ("in-call", 200)),
        (ringing().reply(2, 200).ack(2.1).bye(9), ("completed", 200)),
        (ringing().cancel(2), ("cancelled", None)),
        (ringing().cancel(2).reply(2.1, 200, "CANCEL").reply(2.2, 487), ("cancelled", 487)),
        (ringing().cancel(2).reply(2.01, 200).ack(2.1).bye(2.2), ("completed", 200)),  # the 200 crossed the CANCEL
        (ringing().reply(2, 486), ("busy", 486)),
        (ringing().reply(2, 600), ("busy", 600)),
        (ringing().reply(2, 302), ("diverted", 302)),
        (ringing().reply(30, 480), ("no-answer", 480)),
        (ringing().reply(30, 408), ("no-answer", 408)),
        (invited().reply(2, 480), ("failed", 480)),
        (invited().reply(2, 401).ack(2.1), ("rejected", 401)),
        (invited().reply(2, 403), ("rejected", 403)),
        (invited().reply(2, 488), ("rejected", 488)),
        (ringing().reply(2, 603), ("rejected", 603)),
        (invited().reply(2, 404), ("failed", 404)),
        (invited().reply(2, 503), ("failed", 503)),
    ],
)
def test_state_and_status(leg: Leg, expected: tuple[str, int | None]) -> None:
    assert outcome(leg) == expected


def test_a_retry_with_credentials_replaces_the_challenge() -> None:
    assert outcome(invited().reply(0.1, 401).ack(0.2).invite(0.3).reply(0.5, 486)) == ("busy", 486)
    assert outcome(invited().reply(0.1, 407).ack(0.2).invite(0.3)) == ("setup", None)


def test_a_re_invite_never_counts() -> None:
    leg = ringing().reply(2, 200).ack(2.1).request(5, "INVITE", body=sdp()).reply(5.1, 488)
    assert outcome(leg) == ("in-call", 200)


def test_among_forks_a_2xx_wins() -> None:
    assert outcome(ringing().reply(2, 486, to_tag="one").reply(3, 200, to_tag="two")) == ("in-call", 200)


def test_behind_a_proxy_the_status_forwarded_to_the_caller_counts() -> None:
    via = "\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa"
    one = Leg("10.0.0.5", "10.0.0.9", via=via).invite(0.1).reply(1, 180).cancel(20).reply(20.1, 487)
    two = Leg("10.0.0.5", "10.0.0.8", via=via).invite(0.1).reply(1, 486)
    front = Leg("10.0.0.1", "10.0.0.5").invite(0).reply(1.1, 180).reply(20.2, 408)
    assert outcome(front, one, two) == ("no-answer", 408)


def test_without_an_answer_for_32_seconds_it_has_failed() -> None:
    assert outcome(invited(), later(31)) == ("setup", None)
    assert outcome(invited(), later(33)) == ("failed", None)


def test_a_phone_may_ring_longer_than_that() -> None:
    assert outcome(ringing(), later(60)) == ("ringing", None)
    assert outcome(ringing(), later(200)) == ("failed", None)


def test_begun_before_the_evidence() -> None:
    leg = invited().reply(1, 200).ack(1.1).request(5, "INFO").bye(9)
    del leg.rows[:3]
    index, session = only(leg)
    assert session.partial
    assert session_state(index, session) == "completed"
    del leg.rows[1:]
    assert outcome(leg) == ("in-call", None)


def test_only_the_response_to_the_bye_was_seen() -> None:
    leg = invited().reply(1, 200).ack(1.1).bye(9)
    del leg.rows[-2]
    assert outcome(leg) == ("completed", 200)


def test_only_the_response_to_the_invite_was_seen() -> None:
    leg = invited().reply(1, 486)
    del leg.rows[0]
    assert outcome(leg) == ("busy", 486)


def test_a_cancel_without_its_invite() -> None:
    leg = invited().cancel(2)
    del leg.rows[0]
    assert outcome(leg) == ("cancelled", None)


@pytest.mark.parametrize(
    ("leg", "end"),
    [
        (ringing(), None),
        (ringing().reply(2, 200).ack(2.1), None),
        (ringing().reply(2, 200).ack(2.1).bye(9), at(9)),
        (ringing().reply(2, 486).ack(2.1), at(2)),
        (ringing().cancel(2), at(2)),
        (ringing().cancel(2).reply(2.5, 487), at(2.5)),
    ],
)
def test_the_end(leg: Leg, end: int | None) -> None:
    index, session = only(leg)
    assert session_end(index, session) == end


def requests_only(leg: Leg) -> Leg:
    """As a capture of one direction has it."""
    leg.rows = [row for row in leg.rows if not row["data"].startswith(b"SIP/2.0")]
    return leg


@pytest.mark.parametrize(
    ("leg", "state", "end"),
    [
        (invited().reply(2, 200).ack(2.1), "in-call", None),
        (invited().reply(2, 200).ack(2.1).bye(9), "completed", at(9)),
        (invited().reply(2, 200).ack(2.1).bye(9, by="callee"), "completed", at(9)),
        (invited().reply(0.1, 401).ack(0.2).invite(0.3).reply(2, 200).ack(2.1).bye(9), "completed", at(9)),
        (ringing().cancel(5).reply(5.1, 487), "cancelled", at(5)),
        (invited(), "setup", None),
    ],
)
def test_of_requests_alone_the_ack_tells(leg: Leg, state: str, end: int | None) -> None:
    index, session = only(requests_only(leg))
    assert (session_state(index, session), session_end(index, session), session.status) == (state, end, None)


def test_an_ack_with_the_branch_of_the_invite_was_of_a_refusal() -> None:
    leg = invited().reply(2, 486).ack(2.1)
    branches = [re.search(rb"branch=(\S+)", row["data"]) for row in leg.rows]
    assert branches[0]
    assert branches[2]
    leg.rows[2]["data"] = leg.rows[2]["data"].replace(branches[2][1], branches[0][1])
    index, session = only(requests_only(leg))
    assert (session_state(index, session), session_end(index, session)) == ("failed", at(2.1))
    again = invited().reply(2, 401).ack(2.1)
    again.rows[2]["data"] = leg.rows[1]["data"]
    assert outcome(requests_only(again.invite(2.2))) == ("setup", None)


def two_answers(unwanted: float = 2.3, wanted: float | None = 20.0) -> Leg:
    """Two forks answer; the caller acknowledges both and hangs the first up."""
    leg = invited()
    for tag, seconds in (("one", 2.0), ("two", 2.1)):
        leg.reply(seconds, 200, to_tag=tag)
        leg.to_tag = tag
        leg.ack(seconds + 0.05)
    leg.to_tag = "one"
    leg.bye(unwanted)
    leg.to_tag = "two"
    return leg if wanted is None else leg.bye(wanted)


def test_of_two_forks_that_answered_the_last_one_ends_it() -> None:
    index, session = only(two_answers())
    assert (session_state(index, session), session_end(index, session)) == ("completed", at(20))
    index, session = only(two_answers(wanted=None))
    assert (session_state(index, session), session_end(index, session)) == ("in-call", None)


def test_a_second_answer_that_nobody_acknowledged_keeps_nothing_up() -> None:
    leg = invited().reply(2, 200, to_tag="one").reply(2.1, 200, to_tag="two")
    leg.to_tag = "one"
    index, session = only(leg.ack(2.2).bye(9))
    assert (session_state(index, session), session_end(index, session)) == ("completed", at(9))


def test_a_re_invite_of_the_callee_is_no_fork() -> None:
    leg = invited().reply(2, 200).ack(2.1).request(5, "INVITE", by="callee", body=sdp())
    leg.reply(5.1, 200, by="caller").request(5.2, "ACK", by="callee", cseq=leg.cseq["callee"]).bye(9)
    index, session = only(leg)
    assert session_end(index, session) == at(9)


def test_a_b2bua_may_keep_the_call_id_but_not_the_tag() -> None:
    inner = Leg("10.0.0.9", "10.0.0.2", "alice", "bob", from_tag="other").invite(0.1).reply(1, 180).reply(2, 486)
    index, (outer_leg, inner_leg) = legs_of(invited().reply(1.1, 180).reply(2.1, 603), inner)
    assert (outer_leg.status, inner_leg.status) == (603, 486)
    assert sorted(outer_leg.rows + inner_leg.rows) == list(range(len(index)))


def test_requests_of_the_callee_belong_to_the_leg_of_their_to_tag() -> None:
    inner = Leg("10.0.0.9", "10.0.0.2", from_tag="other").invite(0.1).reply(1, 200).ack(1.1).bye(5, by="callee")
    _, (outer_leg, inner_leg) = legs_of(invited().reply(1.2, 200).ack(1.3).bye(5.1, by="callee"), inner)
    assert len(outer_leg.byes) == len(inner_leg.byes) == 1


def test_a_retry_under_a_new_tag_is_the_same_leg() -> None:
    retry = Leg("10.0.0.1", "10.0.0.9", from_tag="new")
    retry.cseq["caller"] = 1
    _, session = only(invited().reply(0.1, 401).ack(0.2), retry.invite(0.3).reply(1, 200))
    assert session.status == 200
