"""A batch keeps its results, its index, and says how bad it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from xivolab.errors import UsageError
from xivolab.report.batch import BatchResult, run_batch, run_specs
from xivolab.report.spec import ReportSpec, Result

FINE = {"title": "Fine", "calls": 1, "failures": 0, "degraded": 0, "worst_mos": 4.4, "problems": [], "start": 1.0}


def _batch(*results: Result) -> BatchResult:
    return BatchResult("index.html", results)


@pytest.mark.parametrize(
    ("result", "error", "warning"),
    [
        (Result("ok", "a", summary=FINE), False, False),
        (Result("ok", "a", summary={**FINE, "degraded": 1}), False, True),
        (Result("ok", "a", summary={**FINE, "problems": ["cut short"]}), False, True),
        (Result("ok", "a", summary={**FINE, "failures": 1}), True, True),
        (Result("killed", "a"), True, True),
    ],
)
def test_what_counts_as_bad(result: Result, error: bool, warning: bool) -> None:
    assert _batch(Result("ok", "fine", summary=FINE), result).found("error") is error
    assert _batch(Result("ok", "fine", summary=FINE), result).found("warning") is warning


def test_results_come_in_the_order_asked_for_and_with_paths_that_can_be_moved(tmp_path: Path) -> None:
    def backwards(specs: Sequence[ReportSpec], jobs: int, tell: Callable[[Result], None]) -> None:
        for spec in reversed(specs):
            tell(Result("ok", spec.name, str(spec.path(".html")), summary=FINE))

    arrived: list[str] = []
    specs = [ReportSpec((name,), str(tmp_path), name) for name in ("b", "a")]
    batch = run_specs(specs, tmp_path, on_result=lambda result: arrived.append(result.name), runner=backwards)

    assert arrived == ["a", "b"]
    assert [result.name for result in batch.results] == ["b", "a"]
    written = json.loads((tmp_path / "batch.json").read_text(encoding="utf-8"))
    assert [(result["name"], result["html"]) for result in written["results"]] == [("b", "b.html"), ("a", "a.html")]
    assert Path(batch.index).is_file()


def test_a_wrong_threshold_starts_nothing(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such threshold"):
        run_batch([sample], tmp_path / "out", thresholds={"loss": 1.0})
    assert not (tmp_path / "out").exists()


def test_a_batch_of_a_folder(sample: Path, tmp_path: Path) -> None:
    started: list[str] = []
    batch = run_batch([sample], tmp_path, lang="fr", on_start=lambda specs: started.extend(spec.name for spec in specs))
    assert started == ["clean-call"]
    assert batch.results[0].summary["title"].startswith("Appel sain")
    assert "Appel sain" in Path(batch.index).read_text(encoding="utf-8")
    assert not batch.found("warning"), "a healthy call gets no warning"
