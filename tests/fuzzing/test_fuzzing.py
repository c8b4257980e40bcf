"""Thousands of damaged captures through the whole path, and the fuzzer itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fuzzing.__main__ import main
from fuzzing.examine import BrokenPromiseError, examine
from fuzzing.minimise import minimise
from fuzzing.mutate import make_case
from fuzzing.seeds import seeds
from xivolab.schema import CALL
from xivolab.table import Table
from xivolab.testing import tpcap

CASES = 2000


@pytest.mark.slow
def test_no_exception_no_crash_no_hang_no_growth(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`make fuzz` does the same with a hundred times as many."""
    status = main(["--cases", str(CASES), "--jobs", "2", "--folder", str(tmp_path)])
    told = capsys.readouterr().out
    assert status == 0, told
    assert f"{CASES} cases" in told


def test_a_number_is_a_case() -> None:
    assert [make_case(n) for n in range(40)] == [make_case(n) for n in range(40)]
    assert make_case(7) != make_case(7, seed=2)


@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed.name)
def test_whole_seeds_are_read(seed: object, tmp_path: Path) -> None:
    examine(tpcap(tmp_path / "seed.pcap", seed.packets, link=seed.link), deep=True)  # type: ignore[attr-defined]


def test_a_crash_and_an_exception_are_told_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--cases", "10", "--jobs", "2", "--folder", str(tmp_path), "--worker", "tests.fuzzing.crashing"]
    assert main(options) == 1
    told = capsys.readouterr().out
    assert "10 cases" in told
    assert "1 exceptions, 1 crashes or hangs" in told
    kept = {path.name: path.read_bytes() for path in tmp_path.rglob("failures/*") if not path.suffix}
    assert kept == {"3": b"case 3", "6": b"case 6"}


def test_a_failing_case_is_made_smaller() -> None:
    whole = bytes(range(256)) * 4
    small = minimise(whole, lambda data: "fails" if b"\x80\x81" in data else "")
    assert b"\x80\x81" in small
    assert len(small) < 40


def test_a_broken_promise_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tpcap(tmp_path / "seed.pcap", seeds()[0].packets)
    whole = Table.to_json
    monkeypatch.setattr(Table, "to_json", lambda self: whole(self).replace('"partial": false', '"partial": 0'))
    with pytest.raises(BrokenPromiseError, match=r"calls\.partial"):
        examine(path)
    assert CALL.field("partial").kind == "bool"


def test_one_case_can_be_run_again() -> None:
    assert main(["--only", "11"]) == 0
    assert "NUMBA_BOUNDSCHECK" not in os.environ
