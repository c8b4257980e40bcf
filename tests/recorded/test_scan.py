"""A scan, a stranger who calls and a wrong password, as every file of the logger tells them."""

from __future__ import annotations

import pytest

import xivolab
from tests.captures import ROOT

LOGS = ROOT / "sample_logs" / "scan"
SCANNER, PHONE = "10.77.0.13", "10.77.0.11"
ACCOUNTS = {f"10{n}" for n in range(1, 7)}


@pytest.mark.parametrize("name", ["full", "messages", "security", "security.json"])
def test_who_was_refused_stands_in_each_file(name: str) -> None:
    scanner, phone = xivolab.open(LOGS / name, tz="UTC").table("refusals").records()

    assert (scanner["address"], scanner["scan"], phone["address"], phone["scan"]) == (SCANNER, True, PHONE, False)
    assert set(scanner["accounts"]) >= ACCOUNTS
    assert set(phone["accounts"]) <= {"alice"}
    has_notices, has_events = name in ("full", "messages"), name != "full"
    assert ("Failed to authenticate" in phone["reasons"]) is has_notices
    assert ("ChallengeResponseFailed" in phone["reasons"]) is has_events


def test_a_record_in_several_files_counts_once() -> None:
    """Notices stand in full and messages, events in messages, security and, as JSON, in security.json."""
    whole = {row["address"]: row["events"] for row in xivolab.open(LOGS).table("refusals").records()}
    both = {row["address"]: row["events"] for row in xivolab.open(LOGS / "messages").table("refusals").records()}

    assert whole == both


def test_the_strangers_calls_are_refused_calls_in_the_notices() -> None:
    (row, _) = xivolab.open(LOGS / "messages", tz="UTC").table("refusals").records()

    assert row["calls"] == 2
    assert "100" in row["accounts"]


def test_the_capture_counts_the_same_registrations() -> None:
    table = xivolab.open(ROOT / "captures" / "scan").table("registrations")
    refused = {row["aor"].removeprefix("sip:").partition("@")[0] for row in table.records() if row["rejected"]}

    assert refused == {*ACCOUNTS, "alice"}
