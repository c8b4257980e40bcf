"""The index of a batch lists what was made and what could not be, without a network and without scripts."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from xivolab.report.index import write_index
from xivolab.report.spec import Result
from xivolab.report.words import Lang

SUMMARY = {
    "title": "Élodie <calls> Bob",
    "calls": 3,
    "failures": 1,
    "degraded": 0,
    "worst_mos": 2.346,
    "problems": [],
    "start": 1795417907.0,
}


@pytest.fixture
def results(tmp_path: Path) -> list[Result]:
    """One of each fate."""
    return [
        Result("ok", "fine", str(tmp_path / "fine.html"), str(tmp_path / "fine.ipynb"), SUMMARY, seconds=1.2),
        Result("killed", "dead", error="its process was ended by SIGKILL", seconds=0.5),
        Result("timeout", "hanging", error="not finished after 3 s", seconds=3.0),
        Result("failed", "failing", error="failing, cell 2: ValueError: <no> dial tone", seconds=0.7),
    ]


def _page(results: list[Result], folder: Path, lang: Lang = "en") -> str:
    return write_index(results, folder, lang).read_text(encoding="utf-8")


def test_every_report_has_a_row(results: list[Result], tmp_path: Path) -> None:
    rows = re.findall(r"<tr><td.*?</tr>", _page(results, tmp_path), re.DOTALL)
    assert len(rows) == 4
    dead, hanging, failing, fine = rows  # the worst first
    assert '<a href="fine.html">Élodie &lt;calls&gt; Bob</a>' in fine
    assert "2.35" in fine
    assert "SIGKILL" in dead
    assert "too long" in hanging
    assert "ValueError: &lt;no&gt; dial tone" in failing


def test_figures_sort_by_their_value(results: list[Result], tmp_path: Path) -> None:
    assert 'data-sort="2.346">2.35<' in _page(results, tmp_path)


def test_french(results: list[Result], tmp_path: Path) -> None:
    page = _page(results, tmp_path, "fr")
    assert '<html lang="fr">' in page
    assert "2,35" in page
    assert "trop long" in page


def test_nothing_is_loaded_from_anywhere(results: list[Result], tmp_path: Path) -> None:
    assert not re.search(r"https?://|//cdn|@import|<link", _page(results, tmp_path))


def test_the_table_is_well_formed(results: list[Result], tmp_path: Path) -> None:
    table = re.search(r"<table.*</table>", _page(results, tmp_path), re.DOTALL)
    assert table is not None
    assert len(ElementTree.fromstring(table[0]).findall("./tbody/tr")) == 4
