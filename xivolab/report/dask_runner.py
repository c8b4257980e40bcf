"""Reports on the workers of a Dask cluster: the same function, submitted instead of called.

The workers need the same xivolab, the evidence under the same path, and the folder of the reports shared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xivolab.errors import MissingToolError, UsageError
from xivolab.report.batch import Runner
from xivolab.report.isolated import run_isolated
from xivolab.report.spec import ReportSpec, Result


def dask_runner(address: str, patience_s: float = 10.0) -> Runner:
    """A runner for `run_batch` that uses the scheduler at `address`.

    Raises MissingToolError where dask.distributed is not installed, UsageError where nobody answers in time.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise MissingToolError(
            "dask.distributed is not installed", "--dask", "pip install 'xivolab[dask]', or leave --dask out"
        ) from None

    def run(specs: Sequence[ReportSpec], jobs: int, on_result: Callable[[Result], None]) -> None:
        """`jobs` is the cluster's own affair."""
        try:
            client = Client(address, timeout=patience_s)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"no Dask scheduler answers: {error}", address, "start one with `dask scheduler`"
            ) from error
        with client:
            futures = {client.submit(run_isolated, spec, pure=False, retries=0): spec for spec in specs}
            for future in as_completed(futures):
                lost = future.exception()
                name = futures[future].name
                on_result(Result("failed", name, error=f"on the cluster: {lost}") if lost else future.result())

    return run
