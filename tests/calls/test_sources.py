"""One call that two sources tell is one row; what the better one leaves open is filled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.asterisk.cel.rows import ROOT
from xivolab.calls.sources import ToldCall, _alike, add_told

CAPTURE, CEL = ROOT / "captures" / "clean-call", ROOT / "sample_logs" / "clean-call" / "cel.csv"


def test_without_a_key_they_stay_apart_in_the_order_of_time() -> None:
    case = xivolab.open(ROOT / "captures" / "busy", CEL)
    assert [row["state"] for row in case.table("calls").records()] == ["busy", "completed"]
    assert [len(case.reading.legs[row]) for row in (0, 1)] == [2, 0]
    assert case.call("1795420309.0").state == "completed"


def test_a_call_id_joins_them_and_the_wire_is_believed(tmp_path: Path) -> None:
    capture = xivolab.open(CAPTURE)
    call_id = capture.call(0).legs[0].call_id
    rows = CEL.read_text().splitlines()
    told = rows[1].replace('"APP_START"', '"XIVO_CALLID"').rsplit(",", 1)[0]
    named = tmp_path / "cel.csv"
    named.write_text("\n".join([*rows, f'{told},"{{""extra"":""{call_id}""}}"']) + "\n")
    (row,) = xivolab.open(CAPTURE, named).table("calls").records()
    (alone,) = capture.table("calls").records()
    assert row["linkedids"] == ["1795420309.0"]
    assert {name: value for name, value in row.items() if value != alone[name]}.keys() == {"linkedids"}


def test_nulls_are_filled_and_nothing_else() -> None:
    told = xivolab.open(CAPTURE).reading._calls
    (cel,) = xivolab.open(CEL).reading._calls.calls.records()
    record = {**cel, "legs": [told.calls["legs"][0][0]], "cause": 99, "callee": "x"}
    told.calls.columns["callee"][0] = None
    both = add_told(told, [ToldCall(record)])
    (row,) = both.calls.records()
    assert (row["callee"], row["cause"]) == ("x", 16)
    assert both.legs == told.legs


@pytest.mark.parametrize(
    "name", ["blind-transfer", "dtmf-menu", "trunk-call", "phone-not-registered", "forked-ringing"]
)
def test_sip_of_a_log_and_cel_are_one_call(name: str) -> None:
    calls = list(xivolab.open(ROOT / "sample_logs" / name).table("calls").records())
    assert len(calls) == 1
    assert calls[0]["legs"]
    assert calls[0]["linkedids"]


def alike(rows: list[dict[str, Any]], other: dict[str, Any], taken: set[int]) -> list[int]:
    return _alike(rows, sorted((row["start"], n) for n, row in enumerate(rows)), other, taken)


def test_calls_that_could_be_either_are_not_joined() -> None:
    second = 1_000_000_000
    one = {
        "caller": "1001",
        "callee": "1002",
        "from_user": "alice",
        "start": 10 * second,
        "answered": True,
        "leg_details": [],
    }
    other = one | {"start": 10 * second + 5}
    assert alike([one], other, set()) == [0]
    assert alike([one, one | {"start": 10 * second + 900}], other, set()) == []
    assert alike([one], other, {0}) == []
    assert alike([one], other | {"start": 13 * second}, set()) == []
    assert alike([one], other | {"start": None}, set()) == []
    assert alike([one], other | {"callee": "1003"}, set()) == []
    assert alike([one], other | {"answered": False}, set()) == []
    assert alike([one], other | {"answered": None}, set()) == [0]


def test_the_endpoint_of_the_channel_may_stand_for_the_caller() -> None:
    one = {
        "caller": "0199005678",
        "callee": "1002",
        "from_user": "alice",
        "start": 0,
        "answered": True,
        "leg_details": [],
    }
    other = one | {"caller": "1001", "leg_details": [{"role": "caller", "channel": "PJSIP/alice-0000000e"}]}
    assert alike([one], other, set()) == [0]
    assert alike([one | {"from_user": "bob"}], other, set()) == []
