"""A call explained: why, what happened, what to do, what is missing."""

from __future__ import annotations

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.errors import UsageError
from xivolab.report.explain import choose, explain

CAPTURES, LOGS = ROOT / "captures", ROOT / "sample_logs"


def test_a_fault_its_cause_and_what_follows() -> None:
    name = "caller-vanishes-rtp-timeout"
    case = xivolab.open(CAPTURES / name, LOGS / name)

    found = explain(case.call(0), ["trace.pcap", "full"])

    assert [row["code"] for row in found.causes] == ["rtp-timeout"]
    assert found.verdict.startswith("Asterisk ended the call between 1001 and 1002")
    assert {row["code"] for row in found.consequences} == {"bye-missing", "retransmissions"}
    assert found.missing == []
    assert found.commands[0].startswith("sed -n 479p ")
    assert any(shown.startswith("xivolab trace trace.pcap full --call") for shown in found.commands)


def test_nothing_is_wrong() -> None:
    found = explain(xivolab.open(CAPTURES / "clean-call").call(0), ["a b.pcap"], "fr")

    assert found.verdict == "Cet appel n'a pas de défaut."
    assert found.causes == []
    assert "'a b.pcap'" in found.commands[0]
    assert [what for what, _ in found.missing] == [
        "le journal d'Asterisk de cette heure",
        "les événements de canaux (CEL)",
    ]


def test_an_everyday_reason_is_the_verdict() -> None:
    found = explain(xivolab.open(CAPTURES / "busy").call(0), ["x"])

    assert found.verdict == "1002 was busy when 1001 called."


def test_a_fact_is_no_verdict() -> None:
    found = explain(xivolab.open(CAPTURES / "hold-resume").call(0), ["x"])

    assert found.causes == []
    assert [row["code"] for row in found.facts] == ["hold"]


def test_the_worst_of_several() -> None:
    case = xivolab.open(CAPTURES / "clean-call", CAPTURES / "one-way-audio", CAPTURES / "busy")

    call, others = choose(case, None, None, None)

    assert "one-way-audio" in call.findings
    assert others == 2


def test_by_number_and_by_time() -> None:
    case = xivolab.open(CAPTURES / "clean-call", CAPTURES / "unknown-number")
    start = int(case.table("calls")["start"].min())

    assert choose(case, None, "1999", None)[0].to_user == "1999"
    assert choose(case, None, None, start)[0].state == "completed"
    with pytest.raises(UsageError, match="no such call"):
        choose(case, None, "4242", None)
