"""Finding the command, and what becomes of everything that can go wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.cases import FakeCase
from tests.terminal import Run
from xivolab import __version__
from xivolab.errors import EvidenceError


@pytest.fixture
def opening(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Makes `xivolab.open` raise something."""

    def fails_with(error: BaseException) -> None:
        def fail(*evidence: str, **options: Any) -> None:
            raise error

        monkeypatch.setattr("xivolab.open", fail)

    return fails_with


def test_version(run: Run) -> None:
    assert run("--version").out == f"xivolab {__version__}\n"


def test_an_unknown_command_is_told_with_what_was_meant(run: Run) -> None:
    ran = run("cals", "x.pcap")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "xivolab: no command 'cals'; did you mean calls? `xivolab --help` lists them\n"


@pytest.mark.parametrize("words", [(), ("pbx",)])
def test_nothing_asked_for_is_answered_with_the_help(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert ran.status == 2
    assert ran.err.startswith("Usage: xivolab")


def test_a_wrong_option_is_one_line(run: Run) -> None:
    ran = run("calls", "--jsn", "x.pcap")
    assert ran.status == 2
    assert ran.err.startswith("xivolab: No such option: --jsn")
    assert ran.err.endswith("`xivolab calls --help` shows what it takes\n")
    assert ran.err.count("\n") == 1


def test_unreadable_evidence_is_one_line(run: Run, opening: Callable[[BaseException], None]) -> None:
    opening(EvidenceError("no such\nfile", "\x1b[31mx.pcap", "check the path"))
    ran = run("calls", "x.pcap")
    assert ran.status == 2
    assert ran.err == "xivolab: ␛[31mx.pcap: no such␊file; check the path\n"


def test_a_full_disk_is_told_like_bad_input(run: Run, opening: Callable[[BaseException], None]) -> None:
    opening(OSError(28, "No space left on device", "out.svg"))
    ran = run("calls", "x.pcap")
    assert (ran.status, ran.err) == (2, "xivolab: out.svg: No space left on device\n")


def test_a_defect_says_so_and_where(run: Run, opening: Callable[[BaseException], None]) -> None:
    opening(ZeroDivisionError("division by zero"))
    ran = run("calls", "x.pcap")
    assert ran.status == 70
    assert ran.err.startswith("xivolab: test_main.py:")
    assert "ZeroDivisionError: division by zero; this is a defect of xivolab: please report" in ran.err
    assert ran.err.count("\n") == 1


def test_a_defect_shows_its_traceback_to_who_asks(
    run: Run, opening: Callable[[BaseException], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    opening(ZeroDivisionError())
    monkeypatch.setenv("XIVOLAB_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("calls", "x.pcap")


def test_interrupted(run: Run, opening: Callable[[BaseException], None]) -> None:
    opening(KeyboardInterrupt())
    assert run("calls", "x.pcap").status == 130


def test_fail_on_is_the_only_way_to_1(
    run: Run, case: FakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from xivolab.report.batch import BatchResult
    from xivolab.report.spec import Result

    result = Result("ok", "x", summary={"failures": 1})
    monkeypatch.setattr("xivolab.report.batch.run_batch", lambda *args, **more: BatchResult("index.html", (result,)))
    assert run("batch", "x", "-o", str(tmp_path)).status == 0
    assert run("batch", "x", "-o", str(tmp_path), "--fail-on", "error").status == 1


SCHEMA = [sys.executable, "-c", "from xivolab.cli.main import run; run()", "schema"]


def test_a_reader_that_leaves_early_is_no_trouble() -> None:
    """`xivolab schema | head -1`: nothing on standard error, status 0."""
    reader, writer = os.pipe()
    os.close(reader)
    ran = subprocess.run(SCHEMA, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_an_output_that_cannot_be_written_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(SCHEMA, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (ran.returncode, ran.stderr) == (2, "xivolab: standard output: No space left on device\n")


def test_everything_is_written_before_the_process_ends() -> None:
    ran = subprocess.run(SCHEMA, stdout=subprocess.PIPE, text=True, check=True)
    assert ran.stdout.endswith("}\n")
