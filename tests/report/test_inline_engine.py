"""The engine without a kernel gives what a kernel gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import papermill
import pytest
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from tests.report.notebook_files import write_notebook
from xivolab.report.inline_engine import NAME, InlineEngine

CELLS = (
    "print('one'); print('two')\nimport sys; print('three', file=sys.stderr)\nlang",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>bold</b>')); None",
    "class Shown:\n    def _repr_html_(self): return '<i>shown</i>'\n    def __repr__(self): return 'shown'\nShown()",
    "import matplotlib; matplotlib.use('agg'); 6 * 7;",
    "__name__, _",
    "handle = display(HTML('before'), display_id=True); display(HTML('below')); handle.update(HTML('after'))",
    "handle.update(HTML('later'))",
    "",
)


@pytest.fixture(autouse=True)
def engine() -> None:
    """Papermill knows the engine."""
    papermill_engines.register(NAME, InlineEngine)


def _run(source: str, target: Path, engine: str | None) -> NotebookNode:
    return papermill.execute_notebook(
        source, str(target), {"lang": "fr"}, engine_name=engine, kernel_name="python3", progress_bar=False
    )


def _shown(notebook: NotebookNode) -> list[Any]:
    return [(cell.get("execution_count"), cell.get("outputs")) for cell in notebook.cells]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_both_engines_show_the_same(tmp_path: Path) -> None:
    source = write_notebook(tmp_path / "source.ipynb", *CELLS)
    inline = _run(source, tmp_path / "inline.ipynb", NAME)
    kernel = _run(source, tmp_path / "kernel.ipynb", None)
    assert _shown(inline) == _shown(kernel)
    assert "'fr'" in str(_shown(inline))


def test_it_stops_at_the_first_cell_that_raises(tmp_path: Path) -> None:
    source = write_notebook(tmp_path / "source.ipynb", "1", "raise KeyError('gone')", "print('never')")
    with pytest.raises(PapermillExecutionError, match="gone"):
        _run(source, tmp_path / "out.ipynb", NAME)
    assert "never\\n" not in (tmp_path / "out.ipynb").read_text(encoding="utf-8")


def test_the_process_is_left_as_it_was(tmp_path: Path) -> None:
    import sys

    before = sys.displayhook, sys.modules["__main__"], sys.stdout
    _run(write_notebook(tmp_path / "source.ipynb", "x = 1"), tmp_path / "out.ipynb", NAME)
    assert (sys.displayhook, sys.modules["__main__"], sys.stdout) == before
