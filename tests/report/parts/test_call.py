"""The section of one call: its story, its ladder with the messages, its quality, its streams."""

from __future__ import annotations

from pathlib import Path

import pytest

import xivolab
from xivolab.errors import UsageError
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


def test_nobody_hears_a_call_that_nobody_asked_to_hear(sample: Path) -> None:
    assert "<audio" not in Report(xivolab.open(sample)).call(0).body


def test_with_audio_each_call_has_one_player_and_a_warning(sample: Path) -> None:
    body = Report(xivolab.open(sample), "fr", audio=True).call(0).body
    assert body.count("<audio ") == 1
    assert "donnée personnelle" in body
    assert 'src="data:audio/mpeg;base64,' in body


def test_sound_that_cannot_be_had_is_told(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: object, **options: object) -> None:
        raise UsageError("no <sound>", "trace.pcap", "try another")

    monkeypatch.setattr("xivolab.objects.Call.audio", refused)
    body = Report(xivolab.open(sample), audio=True).call(0).body
    assert "no &lt;sound&gt;" in body
