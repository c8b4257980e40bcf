"""The index of a batch in a browser: it sorts by any column, and unknown figures go last."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from xivolab.report.index import write_index
from xivolab.report.spec import Result


def _summary(title: str, calls: int, worst_mos: float | None) -> dict[str, object]:
    return {"title": title, "calls": calls, "failures": 0, "degraded": 0, "worst_mos": worst_mos, "problems": []}


@pytest.fixture
def index(tmp_path: Path) -> str:
    """The address of an index of three reports and one that was killed."""
    results = [
        Result("ok", "one", str(tmp_path / "one.html"), summary=_summary("Beta", 2, 4.1)),
        Result("ok", "two", str(tmp_path / "two.html"), summary=_summary("alpha", 10, 2.5)),
        Result("ok", "three", str(tmp_path / "three.html"), summary=_summary("Gamma", 1, None)),
        Result("killed", "four", error="ended by SIGKILL"),
    ]
    return write_index(results, tmp_path, "en").as_uri()


def _names(page: Page) -> list[str]:
    return page.locator("#reports tbody tr td:first-child > :first-child").all_inner_texts()


def test_it_sorts_by_the_column_clicked(page: Page, index: str) -> None:
    page.goto(index)
    page.get_by_role("button", name="Calls").click()
    assert _names(page) == ["Gamma", "Beta", "alpha", "four"]
    page.get_by_role("button", name="Calls").click()
    assert _names(page) == ["alpha", "Beta", "Gamma", "four"]
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Calls")


def test_it_sorts_words_and_unknown_figures(page: Page, index: str) -> None:
    page.goto(index)
    page.get_by_role("button", name="Capture").click()
    assert _names(page) == ["alpha", "Beta", "four", "Gamma"]
    page.get_by_role("button", name="Worst MOS").click()
    assert _names(page)[:2] == ["alpha", "Beta"]


def test_it_can_be_read_without_scripts(page: Page, index: str) -> None:
    other = page.context.browser
    assert other is not None
    context = other.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(index)
    expect(plain.locator("#reports tbody tr")).to_have_count(4)
    expect(plain.get_by_text("Click a heading to sort.")).to_be_hidden()
    context.close()
