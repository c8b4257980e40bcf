"""What counts as an attempt: the caller's leg, once, whatever the PBX dials for it."""

from __future__ import annotations

from pathlib import Path

import pytest

import xivolab
from tests.work.traffic_made import MadeAttempt, call_packets, case_of, register
from xivolab import resources
from xivolab.work.traffic_attempts import calls_of, registrations_of


def sample(name: str) -> xivolab.Case:
    return xivolab.open(resources.captures() / name)


@pytest.mark.parametrize("name", ["clean-call", "blind-transfer", "trunk-call", "forked-ringing", "tcp-call"])
def test_legs_that_the_pbx_dials_are_no_attempts_of_their_own(name: str) -> None:
    case = sample(name)
    assert sum(row == "INVITE" for row in case.table("dialogs")["method"]) > len(case.table("calls"))
    calls = calls_of(case, 0)
    assert calls.attempt.all()
    assert len(calls) == len(case.table("calls"))


def test_who_called_and_where_the_call_went() -> None:
    calls = calls_of(sample("trunk-call"), 0)
    assert (calls.peer[0], calls.called_peer[0], calls.codec[0]) == ("alice", "operator", "PCMA")
    assert calls.agent[0].startswith("baresip")


def test_the_end_of_the_evidence_ends_what_goes_on(tmp_path: Path) -> None:
    case = case_of(tmp_path, call_packets(1, MadeAttempt(0, talks=None)))
    calls = calls_of(case, int(calls_of(case, 0).asked[0]) + 60_000_000_000)
    assert (calls.held_to - calls.held_from).tolist() == [60_000_000_000]
    assert (calls.spoken_to - calls.spoken_from).tolist() == [59_000_000_000]


def test_a_call_begun_before_is_no_attempt_but_goes_on(tmp_path: Path) -> None:
    later = [packet for packet in call_packets(1, MadeAttempt(0)) if b"CSeq: 2 BYE" in packet.data]
    calls = calls_of(case_of(tmp_path, later), 0)
    assert calls.attempt.tolist() == [False]
    assert calls.held_from[0] < 0 < calls.held_to[0]


def test_challenges_of_two_phones_do_not_mix(tmp_path: Path) -> None:
    packets = [*register(1, 0.000, [401, 200], host="10.0.0.11"), *register(2, 0.003, [401, 200], host="10.0.0.12")]
    found = registrations_of(case_of(tmp_path, packets))
    assert found.peer.tolist() == ["10.0.0.11", "10.0.0.12"]
    assert found.accepted.all()


def test_a_refusal_ends_an_attempt(tmp_path: Path) -> None:
    found = registrations_of(case_of(tmp_path, register(1, 0, [401, 401, 401, 200])))
    assert found.accepted.tolist() == [False, False, True]
    assert found.rejected.tolist() == [True, True, False]
