"""Reports on a Dask cluster: a small one on the loopback."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.report.notebook_files import WRITE_RESULT, write_notebook
from xivolab.errors import MissingToolError, UsageError
from xivolab.report.batch import run_specs
from xivolab.report.dask_runner import dask_runner
from xivolab.report.spec import ReportSpec

# Those of its event loops and sockets are not ours.
pytestmark = pytest.mark.filterwarnings("default")


def test_reports_run_on_the_cluster(sample: Path, tmp_path: Path) -> None:
    from distributed import LocalCluster

    fine = write_notebook(tmp_path / "fine.ipynb", WRITE_RESULT)
    bad = write_notebook(tmp_path / "bad.ipynb", "raise ValueError('no dial tone')")
    specs = [
        ReportSpec((str(sample),), str(tmp_path), name, notebook=notebook)
        for name, notebook in (("a", fine), ("b", bad))
    ]
    cluster = LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, protocol="tcp://", host="127.0.0.1", dashboard_address=None
    )
    with cluster:
        batch = run_specs(specs, tmp_path, runner=dask_runner(cluster.scheduler_address))

    assert [result.status for result in batch.results] == ["ok", "failed"]
    assert "no dial tone" in batch.results[1].error


def test_a_scheduler_that_does_not_answer(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        dask_runner("tcp://127.0.0.1:1", patience_s=0.5)([ReportSpec(("a",), str(tmp_path), "a")], 1, print)


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingToolError, match=r"pip install 'xivolab\[dask\]'"):
        dask_runner("tcp://127.0.0.1:8786")
