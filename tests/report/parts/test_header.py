"""The head of a report: its figures and what was analysed."""

from __future__ import annotations

from tests.report.made_case import BOTH_WAYS, call, made_report, registration, talk


def test_the_header_has_the_figures_and_the_files() -> None:
    block = made_report(calls=[call(), call(id="2", state="failed")], streams=talk(*BOTH_WAYS)).header()
    assert "<b>2</b><span>Calls</span>" in block.body
    assert "<b>1</b><span>Failures</span>" in block.body
    assert "<b>2,000</b><span>RTP packets</span>" in block.body
    assert "a.pcap" in block.body
    assert block.text.startswith("a.pcap\n")


def test_a_header_without_anything_in_it() -> None:
    assert "<b>0</b><span>Calls</span>" in made_report().header().body


def test_refused_registrations_are_told_among_the_failures() -> None:
    block = made_report("fr", registrations=[registration(accepted=0, rejected=2)]).header()
    assert "<b>1</b><span>Échecs (dont 1 d&#x27;enregistrement)</span>" in block.body
