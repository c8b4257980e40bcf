"""The recorder's judge notices a recording that is not what was played."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.captures import ROOT
from xivolab.bench import judge
from xivolab.bench.capture import Tap
from xivolab.bench.scenarios import find
from xivolab.bench.truth import Registration, Truth, answered

SCENARIO = find("clean-call")
CAPTURE = {SCENARIO.tap: ROOT / "captures" / "clean-call" / "capture.pcap"}
CALL = answered("alice", "1002")


@pytest.mark.parametrize(
    ("truth", "fault"),
    [
        (Truth(calls=(replace(CALL, to_user="1003"),)), "no INVITE of alice to 1003"),
        (Truth(calls=(replace(CALL, status=486),)), "alice to 1002 got 200 instead of 486"),
        (Truth(calls=(replace(CALL, legs=3),)), "2 legs instead of 3"),
        (Truth(calls=(replace(CALL, streams=2),)), "4 RTP streams instead of 2"),
        (
            Truth((CALL,), (Registration("sip:carol@10.77.0.10"),)),
            "the registrations of carol were not answered as expected",
        ),
    ],
)
def test_what_differs_is_named(truth: Truth, fault: str) -> None:
    assert judge.fault_of(CAPTURE, SCENARIO, truth) == fault


def test_a_busy_machine_is_noticed() -> None:
    strict = replace(SCENARIO, max_jitter_ms=0.0)

    fault = judge.fault_of(CAPTURE, strict, Truth(calls=(CALL,)))

    assert fault is not None
    assert "the machine was too busy" in fault


def test_lost_packets_spoil_a_healthy_call() -> None:
    lossy = {SCENARIO.tap: ROOT / "captures" / "packet-loss" / "capture.pcap"}

    fault = judge.fault_of(lossy, SCENARIO, Truth(calls=(CALL,)))

    assert fault is not None
    assert "packets lost from 10.77.0." in fault


def test_the_second_point_must_have_its_streams() -> None:
    phone = Tap(host="alice", name="phone")
    both = replace(SCENARIO, second=phone)

    fault = judge.fault_of({**CAPTURE, phone: CAPTURE[SCENARIO.tap]}, both, Truth(calls=(CALL,)))

    assert fault == "4 RTP streams instead of 2 at the second point"
