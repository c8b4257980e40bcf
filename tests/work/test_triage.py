"""Failures that have something in common, and what they have."""

from __future__ import annotations

from datetime import timedelta, timezone
from pathlib import Path

import xivolab
from tests.calls.pbx import answered, dialled, dialling
from tests.findings.kit import CARRIER, packets_of
from tests.sip.flow import Leg
from xivolab.case import Case
from xivolab.testing import tpcap
from xivolab.work.triage import triage

FOLDER = """[case]
name = "triage"
[[files]]
path = "made.pcap"
kind = "capture"
[[hosts]]
name = "trunk-op"
role = "operator"
addresses = ["198.51.100.7"]
[[hosts]]
name = "trunk-two"
role = "operator"
addresses = ["198.51.100.8"]
[[hosts]]
name = "pbx"
role = "pbx"
addresses = ["10.0.0.9"]
"""
TWO = "198.51.100.8"


def through(trunk: str, n: int, at: float, status: int | None) -> list[Leg]:
    """A call of one of three phones through a trunk: refused, or talked for a while."""
    number = f"01400000{n:02d}"
    caller = dialling(number, src=f"10.0.0.{1 + n % 3}", user=f"phone{n % 3}", call_id=f"in-{n}")
    callee = dialled(trunk, number, call_id=f"out-{n}")
    if status is None:
        return [
            answered(caller, at, at + 0.2, at + 2.01).bye(at + 4),
            answered(callee, at + 0.05, at + 0.15, at + 2).bye(at + 4.1),
        ]
    return [
        caller.invite(at).reply(at + 0.4, status).ack(at + 0.5),
        callee.invite(at + 0.1).reply(at + 0.3, status).ack(at + 0.35),
    ]


def case_of(tmp_path: Path, *calls: list[Leg]) -> Case:
    packets = packets_of(*(leg for legs in calls for leg in legs))
    tpcap(tmp_path / "made.pcap", sorted(packets, key=lambda packet: packet.time_ns))
    (tmp_path / "case.toml").write_text(FOLDER)
    return xivolab.open(tmp_path)


def test_a_trunk_that_fails_from_some_time_on(tmp_path: Path) -> None:
    good = [through(CARRIER, n, 10.0 * n, None) for n in range(3)]
    bad = [through(CARRIER, n, 10.0 * n, 503) for n in range(3, 9)]
    fine = [through(TWO, n, 10.0 * n + 3, None) for n in range(10, 20)]

    found = list(triage(case_of(tmp_path, *good, *bad, *fine)).records())

    assert [(row["code"], row["by"], row["value"]) for row in found] == [("service-unavailable", "trunk", "trunk-op")]
    assert (found[0]["failed"], found[0]["total"], found[0]["others_failed"]) == (6, 6, 0)
    assert found[0]["since"] - found[0]["last_good"] == 10.0
    assert found[0]["good_again"] is None
    assert found[0]["summary"].startswith(
        "Since 22:13:50 all 6 calls through trunk-op: service-unavailable; the last good one at"
    )


def test_one_phone_that_fails_wherever_it_calls(tmp_path: Path) -> None:
    calls = [through(CARRIER if n % 2 else TWO, n, 10.0 * n, 488 if n % 3 == 1 else None) for n in range(12)]

    found = list(triage(case_of(tmp_path, *calls)).records())

    assert len(found) == 1
    assert (found[0]["code"], found[0]["failed"], found[0]["total"]) == ("codec-not-acceptable", 4, 4)
    assert found[0]["by"] == "endpoint"


def test_each_failure_is_told_once(tmp_path: Path) -> None:
    calls = [through(CARRIER, n, 10.0 * n, (503, 404, None)[n % 3]) for n in range(9)]

    found = list(triage(case_of(tmp_path, *calls)).records())

    told = [call for row in found for call in row["calls"]]
    assert len(told) == len(set(told)) == 6


def test_nothing_fails(tmp_path: Path) -> None:
    assert len(triage(case_of(tmp_path, through(CARRIER, 1, 0, None)))) == 0


def test_french_and_the_times_of_a_place(tmp_path: Path) -> None:
    case = case_of(tmp_path, through(CARRIER, 1, 0, 503), through(TWO, 2, 5, None))

    found = triage(case, "fr", timezone(timedelta(hours=11)))

    assert found["summary"].tolist()[0].startswith("Depuis 09:13:20, un appel par trunk-op : service-unavailable")
