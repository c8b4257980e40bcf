"""What a command imports: the libraries it does not need cost a user time at every start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CAPTURE = Path(__file__).parents[2] / "captures" / "clean-call"
HEAVY = {
    "numpy",
    "numba",
    "llvmlite",
    "pandas",
    "matplotlib",
    "papermill",
    "pydantic",
    "pyshark",
    "IPython",
    "rich",
    "jinja2",
    "babel",
}
ENGINE = {"numpy"}

LOOK = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
{code}
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""
COMMAND = """
from xivolab.cli.main import status_of
with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
    assert status_of({words!r}) == 0
"""


def imported_by(code: str) -> set[str]:
    """The top-level modules that a fresh Python has imported after some code."""
    ran = subprocess.run([sys.executable, "-c", LOOK.format(code=code)], capture_output=True, text=True, check=True)
    return set(json.loads(ran.stdout))


def test_the_package_alone_imports_nothing_of_others() -> None:
    assert not imported_by("import xivolab; xivolab.XivolabError") & HEAVY


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_the_list_of_commands_imports_none_of_them(words: list[str]) -> None:
    modules = imported_by(COMMAND.format(words=words))
    assert "typer" in modules
    assert not modules & HEAVY


@pytest.mark.parametrize("form", ["--json", "--jsonl", "--csv"])
@pytest.mark.parametrize("table", ["streams", "calls"])
def test_tables_for_programs_import_the_engine_and_nothing_more(table: str, form: str) -> None:
    modules = imported_by(COMMAND.format(words=[table, str(CAPTURE), form]))
    assert modules & HEAVY == ENGINE


def test_a_capture_alone_imports_no_reader_of_logs() -> None:
    """The first table takes the whole path: problems of every kind of evidence are told with it."""
    code = COMMAND.format(words=["streams", str(CAPTURE / "capture.pcap"), "--json"])
    look = LOOK.replace('name.partition(".")[0] for name', "name for name").format(code=code)
    ran = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert not [name for name in json.loads(ran.stdout) if name.startswith("xivolab.asterisk")]


@pytest.mark.parametrize(
    "words",
    [
        ["cli", str(CAPTURE.parents[1] / "sample_logs" / "console" / "polled.txt"), "--json"],
        [
            "dialplan",
            str(CAPTURE.parents[1] / "labs/pbx/asterisk/extensions.conf"),
            "--context=menu",
            "--number=s",
            "--json",
        ],
    ],
    ids=lambda words: words[0],
)
def test_the_console_for_programs_imports_the_engine_and_nothing_more(words: list[str]) -> None:
    assert imported_by(COMMAND.format(words=words)) & HEAVY == ENGINE


def test_a_comparison_for_programs_imports_the_engine_and_nothing_more() -> None:
    words = ["compare", str(CAPTURE.with_name("two-points")), "--json"]
    assert imported_by(COMMAND.format(words=words)) & HEAVY == ENGINE


def test_opening_reads_nothing_more_than_the_first_bytes() -> None:
    assert not imported_by(f"import xivolab; xivolab.open({str(CAPTURE)!r})") & (HEAVY - {"numpy"})


def test_one_call_of_a_large_log_is_searched_for_without_numba(tmp_path: Path) -> None:
    path = tmp_path / "full"
    step = (
        '[Nov 23 07:51:09] VERBOSE[1][C-00000001] pbx.c: Executing [1@x:1] Dial("PJSIP/a-00000001", "") in new stack\n'
    )
    path.write_text(step + "[Nov 23 07:51:10] NOTICE[7] x.c: something else\n" * 100_000)
    words = ["log", str(path), "--call", "C-00000001", "--tz", "UTC", "--json"]
    assert not imported_by(COMMAND.format(words=words)) & (HEAVY - ENGINE)
