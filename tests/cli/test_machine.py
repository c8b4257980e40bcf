"""`xivolab doctor` and `xivolab schema`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal import Run
from xivolab.machine.doctor import Check
from xivolab.schema import ALL_RECORDS
from xivolab.testing import tpcap, tudp


def checks(*made: Check) -> Callable[[], Iterator[Check]]:
    return lambda: iter(made)


def test_doctor_says_how_to_mend_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = Check("tshark", False, "not installed; it shows a packet", "apt-get install tshark")
    monkeypatch.setattr("xivolab.machine.doctor.checks", checks(Check("Python", True, "3.11"), lacking))
    ran = run("doctor")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "ok      Python: 3.11",
        "missing tshark: not installed; it shows a packet",
        "        → apt-get install tshark",
    ]


def test_doctor_fails_when_nothing_can_work(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "xivolab.machine.doctor.checks", checks(Check("packages", False, "gone", "make setup", needed=True))
    )
    assert run("doctor").status == 2


def test_doctor_says_what_a_file_was_taken_for(run: Run, tmp_path: Path) -> None:
    capture = tpcap(tmp_path / "a.bin", [tudp("10.0.0.1:5060", "10.0.0.2:5060", b"hello", at=0.5)])
    ran = run("doctor", str(capture), "--tz", "UTC")
    assert ran.status == 0
    told = dict(line.strip().split("  ", 1) for line in ran.out.splitlines()[1:] if "  " in line.strip())
    assert told["taken for"].strip() == "capture"
    assert told["packets"].strip() == "1"
    assert told["link types"].strip() == "Ethernet"
    assert told["first packet"].strip() == "2023-11-14 22:13:20.500"


def test_schema_of_one_record_by_either_name(run: Run) -> None:
    assert run("schema", "call").out == run("schema", "calls").out
    assert json.loads(run("schema", "calls").out)["title"] == "call"


def test_schema_of_all_records(run: Run) -> None:
    assert list(json.loads(run("schema").out)) == list(ALL_RECORDS)


def test_an_unknown_record_is_told_with_those_there_are(run: Run) -> None:
    ran = run("schema", "packets")
    assert ran.status == 2
    assert "no record 'packets'; it is one of calls, dialogs" in ran.err
