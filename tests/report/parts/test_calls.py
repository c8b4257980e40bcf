"""The list of calls leads to their sections, and says when it is cut."""

from __future__ import annotations

from tests.report.made_case import call, made_report


def test_the_list_of_calls_leads_to_their_sections() -> None:
    block = made_report(calls=[call()]).calls()
    assert '<a href="#call-call-1">1001 → 1002</a>' in block.body
    assert "completed" in block.text


def test_a_list_that_is_too_long_says_so() -> None:
    block = made_report(calls=[call(id=str(n)) for n in range(5)]).calls(at_most=3)
    assert block.body.count("<a href") == 3
    assert "2 more calls" in block.body


def test_no_calls() -> None:
    assert "Aucun appel" in made_report("fr").calls().body
    assert made_report().sections() is None


def test_names_from_a_capture_are_escaped() -> None:
    block = made_report(calls=[call(caller="<script>alert(1)</script>")]).calls()
    assert "<script" not in block.body
