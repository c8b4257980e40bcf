"""The process that reports are forked from, as a program: an order in, a line for each report out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.report.notebook_files import WRITE_RESULT, write_notebook
from xivolab.report import nursery
from xivolab.report.nursery import _Child, _result
from xivolab.report.spec import ReportSpec, Result

SPEC = ReportSpec(("a.pcap",), "out", "a", deadline_s=2)


def test_an_order_is_answered_line_by_line(sample: Path, tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "source.ipynb", "print('this is kept out of the answer')", WRITE_RESULT)
    specs = [ReportSpec((str(sample),), str(tmp_path), name, notebook=notebook).to_json() for name in ("a", "b")]
    ran = subprocess.run(
        [sys.executable, "-m", "xivolab.report.nursery"],
        input=json.dumps({"jobs": 2, "specs": specs}),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert sorted(answer["index"] for answer in answers) == [0, 1]
    assert {Result.from_json(answer["result"]).status for answer in answers} == {"ok"}
    assert ran.stderr == ""


def test_nothing_to_do(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    nursery._serve([], 2, {}, tmp_path)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("late", "status", "said", "error"),
    [
        (True, 9, "", "not finished after 2 s"),
        (False, 9, "", "its process was ended by SIGKILL"),
        (False, 11, "Fatal Python error\n\n", "its process was ended by SIGSEGV; its last words: Fatal Python error"),
        (False, 3 << 8, "", "its process ended with status 3"),
        (False, 0, "", "its process ended with status 0"),
    ],
)
def test_why_a_report_gave_no_answer(late: bool, status: int, said: str, error: str, tmp_path: Path) -> None:
    child = _Child(0, SPEC, 0.0, tmp_path / "0.json", late)
    (tmp_path / "0.log").write_text(said)
    assert _result(child, status).error == error


def test_what_it_preloads_starts_no_thread() -> None:
    code = (
        "import importlib, threading\nfrom xivolab.report import nursery\n"
        "for name in nursery._PRELOAD: importlib.import_module(name)\nnursery.warm()\nprint(threading.active_count())"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "1\n", "a fork copies one thread, and the locks of the others as they are"
