"""A call in the table, told by a log, by a capture, and by both."""

from __future__ import annotations

from pathlib import Path

import pytest

import xivolab
from tests.asterisk.log.made import left, said, step, written
from tests.captures import ROOT
from xivolab.errors import UsageError
from xivolab.schema import CALL

NAMES = sorted(path.parent.name for path in ROOT.glob("sample_logs/*/full"))


@pytest.mark.parametrize("name", ["clean-call", "busy", "voicemail", "trunk-call"])
@pytest.mark.parametrize("with_cel", [False, True])
def test_a_call_in_a_log_and_in_a_capture_is_one(name: str, with_cel: bool) -> None:
    samples = ROOT / "sample_logs" / name
    case = xivolab.open(ROOT / "captures" / name, samples if with_cel else samples / "full")
    alone = xivolab.open(ROOT / "captures" / name)
    (row,), (before,) = list(case.table("calls").records()), list(alone.table("calls").records())
    assert row["log_ids"] == ["C-00000001"]
    assert bool(row["linkedids"]) is with_cel
    assert {key: row[key] for key in ("id", "start", "end", "state", "legs")} == {
        key: before[key] for key in ("id", "start", "end", "state", "legs")
    }
    assert case.call("C-00000001").id == row["id"]


def test_it_is_one_whatever_the_zone_of_the_log(tmp_path: Path) -> None:
    text = (ROOT / "sample_logs/clean-call/full").read_text().replace("[Nov 23 07:", "[Nov 23 18:")
    case = xivolab.open(ROOT / "captures/clean-call", written(tmp_path, text), tz="Pacific/Noumea")
    assert len(case.table("calls")) == 1
    lines = case.call(0).log_lines()
    assert abs(lines["time"][0] - case.table("calls")["start"][0]) < 2 * 10**9


@pytest.mark.parametrize("name", NAMES)
def test_a_log_alone_fills_every_field_of_the_record(name: str) -> None:
    table = xivolab.open(ROOT / "sample_logs" / name / "full").table("calls")
    assert list(table.columns) == [field.name for field in CALL.fields]
    assert len(set(table["id"].tolist())) == len(table)


def test_a_call_id_of_two_starts_names_two_calls(tmp_path: Path) -> None:
    one = said(step("Dial", "PJSIP/bob"), left())
    path = written(tmp_path, one + "[Nov 23 07:51:58] VERBOSE[1] asterisk.c: Asterisk Ready.\n" + one)
    case = xivolab.open(path, tz="UTC", year=2026)
    with pytest.raises(UsageError, match="2 calls match 'C-00000001'"):
        case.call("C-00000001")
    assert [len(case.call(row).log_lines()) for row in (0, 1)] == [2, 2]
