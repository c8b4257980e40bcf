"""The section of one call: its story, its ladder with the messages, its quality, its streams."""

from __future__ import annotations

from pathlib import Path

import xivolab
from xivolab.report import Report


def test_a_section_has_everything_about_its_call(sample: Path) -> None:
    report = Report(xivolab.open(sample), "fr")
    section = report.call(0)
    identity = report.ranked[0].call["id"]
    assert f'<article id="call-{identity}" class="xl-call xl-is-good">' in section.body
    assert "INVITE sip:1002@" in section.body, "the messages open in the ladder"
    assert "Qualité au fil du temps" in section.body
    assert section.body.count("PCMA (8)") == 4, "one row for each stream"
    assert "a appelé 1002" in section.text


def test_the_worst_calls_have_sections_and_the_rest_is_counted(sample: Path) -> None:
    report = Report(xivolab.open(sample))
    sections = report.sections()
    assert sections is not None
    assert sections.body == report.call(0).body
    none = report.sections(at_most=0)
    assert none is None
