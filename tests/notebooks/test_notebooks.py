"""The project's notebooks: clean as saved, and running from top to bottom without edits, with and without a kernel."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbformat import NotebookNode
from papermill.engines import papermill_engines

from xivolab import resources
from xivolab.report.inline_engine import NAME, InlineEngine

NOTEBOOKS = sorted(resources.notebooks().glob("*.ipynb"))
pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def _read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def test_it_is_saved_without_outputs(path: Path) -> None:
    for cell in _read(path).cells:
        assert not cell.get("outputs"), cell.id
        assert cell.get("execution_count") is None, cell.id


def test_its_cells_have_ids_that_a_person_gave(path: Path) -> None:
    ids = [cell.id for cell in _read(path).cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", cell_id) for cell_id in ids), "a hash changes with every save"


def test_a_code_cell_of_a_learner_is_short(path: Path) -> None:
    for cell in _read(path).cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", ()):
            assert len(cell.source.splitlines()) <= 7, cell.id


def test_its_words_are_in_both_languages(path: Path) -> None:
    for cell in _read(path).cells:
        if cell.cell_type == "markdown":
            assert "| Français | English |" in cell.source, cell.id


@pytest.mark.filterwarnings("default")  # those of kernels and their sockets are not ours
def test_both_engines_show_the_same(path: Path, tmp_path: Path) -> None:
    papermill_engines.register(NAME, InlineEngine)
    shown = [_outputs(_run(path, tmp_path / f"{engine}.ipynb", engine)) for engine in (NAME, None)]
    assert shown[0] == shown[1]
    assert shown[0], "it shows something"


def _run(path: Path, target: Path, engine: str | None) -> NotebookNode:
    return papermill.execute_notebook(
        str(path), str(target), engine_name=engine, kernel_name="python3", progress_bar=False, cwd=str(path.parent)
    )


def _outputs(notebook: NotebookNode) -> list[tuple[str, Any]]:
    """What each cell shows, without what differs from one run to the next."""
    return [
        (cell.id, _without_moments(output.get("data", {}).get("text/html") or output.get("data") or dict(output)))
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "varies" not in cell.metadata.get("tags", ())  # what the machine has may change between two runs
    ]


def _without_moments(shown: Any) -> str:
    """Text without the date and hour at which a report says it was made, and without the ids of widgets."""
    return re.sub(r"\d{2}:\d{2}:\d{2} UTC|'model_id': '\w+'", "", str(shown))
