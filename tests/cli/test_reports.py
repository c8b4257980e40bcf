"""`xivolab report` and `xivolab batch`: the options they hand on, and what they tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.cases import FakeCase
from tests.terminal import Run
from xivolab.report.batch import BatchResult
from xivolab.report.spec import ReportSpec, Result


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What `run_batch` was asked for; it makes one report that fails and one that does not."""
    asked: list[dict[str, Any]] = []

    def run_batch(places: list[str], out: Path, **options: Any) -> BatchResult:
        asked.append({"places": places, "out": out, **options})
        options["on_start"](["good", "bad"])
        figures = {"calls": 2, "failures": 1, "degraded": 0, "problems": []}
        results = (Result("ok", "good", summary=figures, seconds=0.5), Result("killed", "bad", error="signal 9"))
        for result in results:
            options["on_result"](result)
        return BatchResult(f"{out}/index.html", results)

    monkeypatch.setattr("xivolab.report.batch.run_batch", run_batch)
    return asked


def test_batch_tells_the_way_and_the_place(run: Run, batches: list[dict[str, Any]], tmp_path: Path) -> None:
    ran = run("batch", "a", "b", "-o", str(tmp_path), "-j", "2", "--lang", "fr", "--threshold", "packet-loss=0.5")
    assert ran.status == 0
    assert ran.out == f"{tmp_path}/index.html\n"
    assert ran.err == "good: 2 calls, 1 failure, 0.5 s\nxivolab: bad: killed: signal 9\n"
    asked = batches[0]
    assert (asked["places"], asked["jobs"], asked["lang"]) == (["a", "b"], 2, "fr")
    assert asked["thresholds"] == {"packet-loss": 0.5}


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--fail-on", "info"), "--fail-on: no severity 'info'; it is error or warning"),
        (("--threshold", "packet-loss"), "--threshold packet-loss: a code and a figure are expected"),
        (("--tz", "Pariss"), "--tz Pariss: unknown time zone"),
        (("-j", "0"), "greater than or equal to 1"),
    ],
)
def test_wrong_options_start_nothing(
    run: Run, batches: list[dict[str, Any]], tmp_path: Path, option: tuple[str, ...], words: str
) -> None:
    ran = run("batch", "a", "-o", str(tmp_path), *option)
    assert ran.status == 2
    assert words in ran.err
    assert batches == []


def test_report_tells_the_page(run: Run, case: FakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[ReportSpec] = []

    def run_isolated(spec: ReportSpec) -> Result:
        asked.append(spec)
        return Result("ok", spec.name, html=f"{spec.out}/{spec.name}.html")

    monkeypatch.setattr("xivolab.report.isolated.run_isolated", run_isolated)
    ran = run("report", "x.pcap", "full", "-o", str(tmp_path), "--name", "ticket", "--title", "Ticket")
    assert (ran.status, ran.out) == (0, f"{tmp_path}/ticket.html\n")
    assert (asked[0].evidence, asked[0].title, asked[0].lang) == (("x.pcap", "full"), "Ticket", "en")
    assert asked[0].parameters == {}
    run("report", "x.pcap", "-o", str(tmp_path), "--audio")
    assert asked[1].parameters == {"audio": True}
    ran = run("report", "x.pcap", "-o", str(tmp_path), "--audio", "--kind", "traffic")
    assert (ran.status, len(asked)) == (2, 2)
    assert ran.err == "xivolab: --audio: only reports of calls have sound; leave --kind traffic or --audio out\n"


@pytest.mark.parametrize(
    ("result", "status"),
    [
        (Result("timeout", "report", error="longer than 1 s"), 2),
        (Result("failed", "report", error="no such threshold", error_kind="UsageError"), 2),
        (Result("failed", "report", error="cell 4: KeyError", error_kind="KeyError"), 70),
    ],
)
def test_a_report_that_failed_is_told_once(
    run: Run, case: FakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, result: Result, status: int
) -> None:
    monkeypatch.setattr("xivolab.report.isolated.run_isolated", lambda spec: result)
    ran = run("report", "x.pcap", "-o", str(tmp_path))
    assert ran.status == status
    assert ran.err == f"xivolab: report: {result.status}: {result.error}\n"
    assert ran.out == ""
