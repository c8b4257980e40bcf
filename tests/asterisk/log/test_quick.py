"""One call out of a log, by its bytes: the same lines as those of who reads it all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.asterisk.log.made import SAMPLES, bridge, left, said, step, written
from tests.asterisk.log.searched import busy_log, rotated
from xivolab.asterisk.log import quick, search
from xivolab.asterisk.log.quick import names_one
from xivolab.errors import UsageError


@pytest.fixture(autouse=True)
def _any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "SMALLEST", 0)


def read(paths: Sequence[Path], key: str) -> list[dict[str, Any]] | str:
    """The lines of a call of who reads everything, or why there are none."""
    try:
        return list(xivolab.open(*paths, tz="UTC", year=2026).call(key).log_lines().records())
    except UsageError as error:
        return str(error)


def searched(paths: Sequence[Path], key: str) -> list[dict[str, Any]] | str | None:
    """The same by search, None where that cannot tell."""
    try:
        found = xivolab.open(*paths, tz="UTC", year=2026).reading.of_one_call(key)
    except UsageError as error:
        return str(error)
    return None if found is None else list(found.table("log").records())


def log_ids(paths: Sequence[Path]) -> list[str]:
    calls = xivolab.open(*paths, tz="UTC", year=2026).table("calls")
    return sorted({log_id for ids in calls["log_ids"].tolist() for log_id in ids})


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_of_a_recorded_call(path: Path) -> None:
    for key in log_ids([path]):
        found = searched([path], key)
        assert found == read([path], key)
        assert found


@pytest.mark.parametrize("seed", range(8))
def test_of_a_log_of_many_calls(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(search, "CARRY", 1 << 15)
    monkeypatch.setattr(quick, "BLOCK", 1 << 16)
    starts = 1 + seed % 3
    records = list(busy_log(chance, 60 if starts == 1 else 20, starts, banner=seed % 4 != 3 or starts > 1))
    paths = rotated(tmp_path, records, 1 + seed % 4)
    keys = log_ids(paths)
    for key in chance.sample(keys, min(6, len(keys))):
        found = searched(paths, key)
        assert found
        assert found == read(paths, key), key


def test_by_a_channel_a_unique_id_or_a_number(tmp_path: Path) -> None:
    number = step("Set", "__XIVO_SRCNUM=0470123456", "PJSIP/trunk-00000007")
    mine = said(step("NoOp", "1700000000.7", "PJSIP/trunk-00000007"), number, step("Dial", "x", "PJSIP/trunk-00000007"))
    other = said(step("Dial", "x", "PJSIP/bob-00000001"), left("PJSIP/bob-00000001"), callid=2, first=30)
    about = "[Nov 23 07:51:20] NOTICE[9] x.c: PJSIP/trunk-00000007 is gone\n"
    path = written(tmp_path, mine + about + other)
    wanted = read([path], "C-00000001")
    assert len(wanted) == 4
    for key in ("C-00000001", "PJSIP/trunk-00000007", "1700000000.7", "+32 470 12 34 56"):
        assert searched([path], key) == wanted
    assert searched([path], "0470999999") is None
    assert searched([path], "1001") is None


def test_a_transfer_leads_to_the_call_it_joined(tmp_path: Path) -> None:
    one = said(step("Dial", "x", "PJSIP/a-00000001"), bridge("joined", "PJSIP/a-00000001"), callid=1)
    quiet = "".join(said(step("Dial", "x", f"PJSIP/x-{n:08x}"), callid=n, first=20) for n in range(16, 4000))
    two = said(step("Dial", "x", "PJSIP/b-0000ff01"), bridge("joined", "PJSIP/b-0000ff01"), callid=0xFF0, first=40)
    path = written(tmp_path, one + quiet + two)
    found = searched([path], "C-00000ff0")
    assert found == read([path], "C-00000ff0")
    assert [record["log_id"] for record in found or ()] == ["C-00000001"] * 2 + ["C-00000ff0"] * 2  # type: ignore[index]


def test_a_year_that_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "CARRY", 1 << 13)
    monkeypatch.setattr(quick, "BLOCK", 1 << 14)
    text = "".join(
        said(step("Dial", "x", f"PJSIP/x-{n:08x}"), date=f"{'Dec 31' if n < 500 else 'Jan  1'} 07:51:", callid=n)
        for n in range(1, 1000)
    )
    path = written(tmp_path, text)
    for key in ("C-00000002", "C-000001f3", "C-000001f4", "C-000003e0"):
        found = searched([path], key)
        assert found
        assert found == read([path], key)


def test_an_hour_that_comes_twice_is_read_whole(tmp_path: Path) -> None:
    path = written(tmp_path, said(step("Dial"), left(), date="2026-10-25 02:30:"))
    case = xivolab.open(path, tz="Europe/Paris")
    assert case.reading.of_one_call("C-00000001") is None
    assert len(case.with_log_of("C-00000001").table("log")) == 2


def test_what_only_the_whole_log_tells(tmp_path: Path) -> None:
    path = written(tmp_path, said(step("Dial"), left()))
    assert searched([path], "C-00000009") is None
    console = written(tmp_path, '    -- Executing [1@x:1] Dial("SIP/a-00000001", "") in new stack\n' * 5, "console")
    assert searched([console], "C-00000001") is None


def test_what_is_told_of_lost_messages(tmp_path: Path) -> None:
    lost = "[Nov 23 07:51:58] WARNING[1] logger: Logging resumed.  7 messages discarded.\n"
    path = written(tmp_path, said(step("Dial"), left()) + lost)
    reading = xivolab.open(path, tz="UTC", year=2026).reading.of_one_call("C-00000001")
    assert reading is not None
    assert [row["what"] for row in reading.table("problems").records()] == [
        "Asterisk discarded 7 messages: its log queue was full"
    ]


def test_which_keys_are_names() -> None:
    assert [names_one(key) for key in ("C-0000001a", "1700000000.7", "srv-1700000000.7", "Local/1@x-0000001a;2")] == [
        True
    ] * 4
    assert [names_one(key) for key in ("C-1a", "0470123456", "alice", "PJSIP/alice", "db564d587454")] == [False] * 5
