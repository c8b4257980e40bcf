"""What a log tells of a call, in a report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.report import Report

LOGS = ROOT / "sample_logs"


def section(sample: str, lang: str = "en") -> str:
    return Report(xivolab.open(LOGS / sample / "full", tz="UTC"), lang).call(0).body  # type: ignore[arg-type]


def test_a_verdict_stands_on_top() -> None:
    body = section("no-answer")
    assert re.search(r'<h3>.*?</h3><p class="xl-verdict">Calls PJSIP/bob[^<]*nobody answered after 20\xa0s', body)
    assert "pas de réponse" in section("no-answer", "fr")


def test_every_line_of_the_call_is_there_with_its_number() -> None:
    case = xivolab.open(LOGS / "forked-ringing" / "full", tz="UTC")
    body = Report(case).call(0).body
    numbers = [int(found) for found in re.findall(r"<b> *(\d+)</b>", body)]
    assert numbers == case.call(0).log_lines()["line"].tolist()


def test_the_ladder_is_the_one_of_the_logs_messages() -> None:
    assert 'aria-label="' in section("clean-call")
    assert "INVITE sip:1002@" in section("clean-call")


def test_what_a_log_says_is_escaped_and_its_secrets_are_hidden(tmp_path: Path) -> None:
    text = (LOGS / "no-answer" / "full").read_text(encoding="utf-8")
    text = text.replace("NoOp", "<script>alert(1)</script>").replace(
        "Answer()", 'Authenticate("PJSIP/alice-00000000", "4711")'
    )
    (tmp_path / "full").write_text(text, encoding="utf-8")
    assert "<script" not in Report(xivolab.open(tmp_path / "full")).call(0).body


@pytest.mark.parametrize("sample", ["busy", "voicemail", "trunk-congested", "phone-not-registered"])
def test_each_call_has_a_verdict(sample: str) -> None:
    assert "xl-verdict" in section(sample)


def test_a_capture_alone_has_neither_trace_nor_lines() -> None:
    body = Report(xivolab.open(ROOT / "captures" / "busy")).call(0).body
    assert "xl-verdict" not in body
    assert "xl-lines" not in body
