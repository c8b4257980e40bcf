"""The page of an executed notebook: whole, escaped, and nothing loaded from anywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from xivolab.report.export import page, write_html

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==\n"


@pytest.fixture
def notebook() -> NotebookNode:
    """One cell of each kind of output."""
    outputs = [
        new_output("stream", name="stdout", text="said <so>\n"),
        new_output("display_data", data={"text/html": "<b>bold</b>", "text/plain": "bold"}),
        new_output("execute_result", data={"text/plain": "<plain>"}, execution_count=1),
        new_output("display_data", data={"image/png": PIXEL, "text/plain": "a picture"}),
        new_output("error", ename="ValueError", evalue="bad", traceback=["\x1b[31mValueError\x1b[39m: <bad>"]),
    ]
    return new_notebook(cells=[new_markdown_cell("## Words"), new_code_cell("secret_source()", outputs=outputs)])


def test_outputs_are_shown_and_sources_are_not(notebook: NotebookNode) -> None:
    shown = page(notebook, lang="fr", title="Un <titre>")
    assert '<html lang="fr">' in shown
    assert "<title>Un &lt;titre&gt;</title>" in shown
    assert "said &lt;so&gt;" in shown
    assert "<b>bold</b>" in shown
    assert "&lt;plain&gt;" in shown
    assert "data:image/png;base64,iVBOR" in shown
    assert "ValueError</span>: &lt;bad&gt;" in shown
    assert ">Words<" in shown
    assert "secret_source" not in shown


def test_nothing_is_loaded_from_anywhere(notebook: NotebookNode) -> None:
    shown = page(notebook, lang="en", title="x")
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//|url\(\s*["']?(https?:)?//|@import""", shown)
    assert "<script" not in shown


def test_a_page_is_written_whole(notebook: NotebookNode, tmp_path: Path) -> None:
    write_html(notebook, tmp_path / "page.html", lang="en", title="x")
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]
    assert (tmp_path / "page.html").read_text(encoding="utf-8").endswith("</html>")
