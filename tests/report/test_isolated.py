"""Reports in processes of their own: one that is killed, hangs or fails says so, and the others go on."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.report.notebook_files import WRITE_RESULT, write_notebook
from xivolab.report import ReportSpec, Result, run_all

Make = Callable[..., ReportSpec]


@pytest.fixture
def make(tmp_path: Path, sample: Path) -> Make:
    """Makes the spec of a report whose notebook has the cells given."""

    def spec(name: str, *cells: str, deadline_s: float = 60.0) -> ReportSpec:
        notebook = write_notebook(tmp_path / f"{name}-source.ipynb", *cells)
        return ReportSpec((str(sample),), str(tmp_path / "out"), name, notebook=notebook, deadline_s=deadline_s)

    return spec


def test_one_dead_one_hanging_one_failing_do_not_stop_the_fine_one(make: Make) -> None:
    specs = [
        make("dead", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"),
        make("hanging", "while True: pass", deadline_s=3),
        make("failing", "raise ValueError('no dial tone')"),
        make("fine", WRITE_RESULT),
    ]
    arrived: list[str] = []

    results = run_all(specs, jobs=2, on_result=lambda result: arrived.append(result.name))

    assert [(r.name, r.status) for r in results] == [
        ("dead", "killed"),
        ("hanging", "timeout"),
        ("failing", "failed"),
        ("fine", "ok"),
    ]
    assert sorted(arrived) == ["dead", "failing", "fine", "hanging"]
    dead, hanging, failing, fine = results
    assert "SIGKILL" in dead.error
    assert "3 s" in hanging.error
    assert "ValueError: no dial tone" in failing.error
    assert fine.html is not None
    assert Path(fine.html).is_file()
    assert failing.ipynb is not None, "what a failed notebook showed is kept"


def test_what_a_report_started_ends_with_it(make: Make, tmp_path: Path) -> None:
    started = tmp_path / "pid"
    cell = f"import subprocess; p = subprocess.Popen(['sleep', '600']); open({str(started)!r}, 'w').write(str(p.pid))"

    (result,) = run_all([make("parent", cell, "while True: pass", deadline_s=4)])

    assert result.status == "timeout"
    assert _gone(int(started.read_text()))


def test_a_report_without_its_page_is_a_failure(make: Make) -> None:
    (result,) = run_all([make("silent", "1 + 1")])

    assert result.status == "failed"
    assert "result file" in result.error


def test_evidence_that_cannot_be_read_fails_in_one_line(tmp_path: Path) -> None:
    (result,) = run_all([ReportSpec((str(tmp_path / "missing.pcap"),), str(tmp_path), "missing")])

    assert result.status == "failed"
    assert "missing.pcap" in result.error
    assert "\n" not in result.error


def test_an_interrupted_batch_leaves_no_process(make: Make, tmp_path: Path) -> None:
    started = tmp_path / "pid"
    slow = make("slow", f"import os, time; open({str(started)!r}, 'w').write(str(os.getpid()))", "time.sleep(600)")
    quick = make(
        "quick", f"import os, time\nwhile not os.path.exists({str(started)!r}): time.sleep(0.05)", WRITE_RESULT
    )

    def interrupt(result: Result) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_all([slow, quick], jobs=2, on_result=interrupt)

    assert _gone(int(started.read_text()))


def _gone(pid: int) -> bool:
    """Whether a process has ended, waiting a little for its parent to take notice."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        if state == "Z":  # dead, and nobody has asked for its exit status yet
            return True
        time.sleep(0.05)
    return False
