"""Widgets are an upper layer: each has a form for where nobody clicks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import xivolab
from xivolab.report import Report, live

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def report(sample: Path) -> Report:
    """The report of a clean call."""
    return Report(xivolab.open(sample), "fr")


def test_what_is_dropped_is_kept_under_its_own_name() -> None:
    drop = live.DropZone()
    drop._keep({"new": [{"name": "../../trace.pcap", "content": memoryview(b"abc")}]})
    assert [file.name for file in drop.files] == ["trace.pcap"]
    assert drop.files[0].read_bytes() == b"abc"


def test_the_worst_call_is_chosen_first(report: Report) -> None:
    assert live.CallPicker(report).key == report.ranked[0].call["id"]
    assert live.CallPicker(report, "1002").key == report.ranked[0].call["id"]


def test_each_has_a_widget_and_a_sentence(report: Report) -> None:
    for shown in (live.DropZone("fr")._repr_mimebundle_(), live.CallPicker(report)._repr_mimebundle_()):
        assert WIDGET in shown
        assert "première cellule" in shown["text/html"]


def test_without_ipywidgets_the_sentence_stays(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, *args: Any, **options: Any) -> None:
        return None

    monkeypatch.setattr(live, "_widget", missing)
    assert WIDGET not in live.DropZone()._repr_mimebundle_()
    assert live.CallPicker(report)._repr_mimebundle_()["text/plain"]
