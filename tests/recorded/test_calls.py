"""Transfers, pick-up, parking, queues, forwards and a conference: CEL, log and capture tell the call that was made."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.asterisk.cel.channels import Fact, build, device_of
from xivolab.asterisk.cel.groups import group
from xivolab.asterisk.cel.read import CelFile, read_files
from xivolab.evidence.source import Source

NAMES = (
    "attended-transfer", "attended-transfer-keys", "pick-up", "parking", "queue", "forwarded", "conference", "blind-transfer"
)  # fmt: skip
TIMES = ("start", "end", "answered_at", "connected_at")
FACTS = {"local-optimize", "dtmf", "queue"}
"""What happens besides what somebody did."""


def truth(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "captures" / name / "truth.toml").read_text())


def calls(*paths: Path) -> list[dict[str, Any]]:
    return list(xivolab.open(*paths, tz="UTC", year=2026).table("calls").records())


def logs(name: str) -> Path:
    return ROOT / "sample_logs" / name


@pytest.mark.parametrize("name", NAMES)
def test_the_log_tells_the_calls_that_were_made(name: str) -> None:
    expected = [
        {key: call[key] for key in ("from_user", "to_user", "state", "status", "answered", "released_by")}
        for call in truth(name)["calls"]
    ]

    assert [{key: call[key] for key in expected[0]} for call in calls(logs(name) / "full")] == expected


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("cel", ["cel.csv", "cel.txt"])
def test_the_channels_tell_the_call_of_the_log(name: str, cel: str) -> None:
    of_log, of_cel = calls(logs(name) / "full"), calls(logs(name) / cel)

    assert len(of_log) == len(of_cel)
    for one, other in zip(of_log, of_cel, strict=True):
        # Of who enters a room nobody was called: SIP has no number of it. A 302 has the trunk's own beside it.
        assert name == "conference" or one["caller"] == other["caller"]
        for key in ("callee", "answered", "answered_by", "state", "released_by"):
            assert one[key] == other[key], key
        for key in TIMES:
            # The log has whole seconds; a channel leaves a conference once the others have heard of it.
            assert (one[key] is None) == (other[key] is None), key
            assert one[key] is None or abs(one[key] - other[key]) < (1.5 if name == "conference" else 1.1), key


@pytest.mark.parametrize("name", NAMES)
def test_all_evidence_together_is_the_same_calls_once(name: str) -> None:
    alone, together = calls(logs(name) / "full"), calls(ROOT / "captures" / name, logs(name))

    assert [call["log_ids"] for call in together] == [call["log_ids"] for call in alone]
    assert all(call["linkedids"] for call in together)
    assert [len(call["legs"]) for call in together] == [call["legs"] for call in truth(name)["calls"]]


def facts(name: str) -> list[Fact]:
    path = logs(name) / "cel.csv"
    models = [build(one.events) for one in group(read_files([CelFile(str(path), "cel-csv", Source(path), 0)]).events)]
    return [fact for model in models for fact in model.facts if fact.kind not in FACTS]


def user(channel: str) -> str:
    return device_of(channel).partition("/")[2]


def test_an_attended_transfer_names_all_three() -> None:
    (fact,) = facts("attended-transfer")
    (turn,) = truth("attended-transfer")["turns"]

    assert fact.kind == turn["kind"]
    assert (user(fact.channel), user(fact.other), user(fact.text)) == (turn["by"], turn["of"], turn["to"])


def test_a_transfer_by_keys_names_the_transferor_and_who_was_transferred() -> None:
    (fact,) = facts("attended-transfer-keys")
    (turn,) = truth("attended-transfer-keys")["turns"]

    assert (fact.kind, user(fact.channel), user(fact.other)) == (turn["kind"], turn["by"], turn["of"])
    assert device_of(fact.text) == "Local/1003@default"  # what the PBX dials for whom was asked


def test_a_pick_up_names_both_phones() -> None:
    (fact,) = facts("pick-up")
    (turn,) = truth("pick-up")["turns"]

    assert (fact.kind, user(fact.channel), user(fact.other)) == (turn["kind"], turn["of"], turn["by"])


def test_parking_names_who_was_parked_and_who_retrieved_whom() -> None:
    told = [fact for fact in facts("parking") if fact.kind in ("park", "unpark")]
    turns = truth("parking")["turns"]

    assert [(fact.kind, user(fact.channel)) for fact in told] == [(turn["kind"], turn["of"]) for turn in turns]
    assert [user(fact.other) for fact in told if fact.kind == "unpark"] == [turns[1]["by"], ""]
    assert [fact.text for fact in told if fact.kind == "unpark"] == ["ParkedCallUnparked", "ParkedCallTimeOut"]


def test_a_302_is_a_forward() -> None:
    assert [(fact.kind, user(fact.channel), fact.other) for fact in facts("forwarded")] == [
        ("forward", "alice", "1003")
    ]


def test_the_queue_s_log_tells_what_became_of_its_callers() -> None:
    case = xivolab.open(logs("queue"), tz="UTC", year=2026)
    told = list(case.queues().table("calls").records())
    expected = truth("queue")["queued"]

    assert [(row["queue"], row["outcome"], (row["agent"] or "").lower()) for row in told] == [
        (call["queue"], call["outcome"], call["agent"]) for call in expected
    ]
    for row, call in zip(told, expected, strict=True):
        assert abs(row["wait_s"] - call["waited_s"]) <= 1.0
        assert abs((row["talk_s"] or 0.0) - call["talked_s"]) <= 1.0
    assert [row["call"] for row in told] == [call["id"] for call in case.table("calls").records()]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "blind-transfer"])
def test_each_row_of_master_csv_belongs_to_a_call(name: str) -> None:
    case = xivolab.open(logs(name), tz="UTC", year=2026)
    ids = {call["id"] for call in case.table("calls").records()}
    rows = [row for row in case.table("journal").records() if row["source"] == "cdr"]

    assert rows
    assert {row["call"] for row in rows} == ids


def test_the_console_shows_who_waits_and_whose_phone_rings() -> None:
    cli = xivolab.open(logs("queue")).cli
    callers, members, hints = (list(cli.table(name).records()) for name in ("queue-callers", "queue-members", "hints"))

    assert [(row["channel"], row["wait_s"]) for row in callers] == [("PJSIP/alice-00000000", 2)]
    assert [(row["name"], row["state"]) for row in members] == [("Bob", "Ringing"), ("Carol", "Not in use")]
    assert {row["exten"]: row["state"] for row in hints} == {
        "1001": "InUse", "1002": "Ringing", "1003": "Idle", "3199": "Ringing"
    }  # fmt: skip
