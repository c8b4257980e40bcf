"""`xivolab triage`, for people and for programs."""

from __future__ import annotations

import json

from tests.captures import ROOT
from tests.terminal import Run

BUSY, REFUSED = (str(ROOT / "captures" / name) for name in ("trunk-congested", "codec-refused"))


def test_a_paragraph_for_each_group(run: Run) -> None:
    ran = run("triage", BUSY, REFUSED)

    assert ran.status == 0
    assert "service-unavailable" in ran.out
    assert "xivolab explain … --call " in ran.out
    assert ran.out.endswith("2 failures of 2 calls\n")
    assert max(map(len, ran.out.splitlines())) <= 80


def test_json(run: Run) -> None:
    found = json.loads(run("triage", BUSY, REFUSED, "--json").out)

    assert {row["code"] for row in found} == {"service-unavailable", "codec-not-acceptable"}
    assert all(row["calls"] for row in found)


def test_since(run: Run) -> None:
    found = json.loads(run("triage", BUSY, REFUSED, "--since", "08:00", "--tz", "UTC", "--json").out)

    assert [row["code"] for row in found] == ["service-unavailable"]


def test_nothing_wrong(run: Run) -> None:
    assert run("triage", str(ROOT / "captures/clean-call")).out == "0 failures of 1 calls\n"
