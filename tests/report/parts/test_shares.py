"""The traffic told apart, as tables of a report."""

from __future__ import annotations

from pathlib import Path

import pytest

import xivolab
from tests.work.traffic_made import MadeAttempt, call_packets, case_of, register
from xivolab.report import Report


@pytest.fixture
def case(tmp_path: Path) -> xivolab.Case:
    """A call of a phone with a hostile name, one refused, and a registration."""
    made = [MadeAttempt(0, agent="<b>Phone</b>"), MadeAttempt(5, status=486, host="10.0.0.12")]
    packets = [packet for n, one in enumerate(made) for packet in call_packets(n, one)]
    return case_of(tmp_path, [*packets, *register(1, 9, [401, 200])])


def test_each_way_of_telling_apart_has_its_table(case: xivolab.Case) -> None:
    block = Report(case, "fr").shares(case.traffic())
    for heading in ("Origine", "Destination", "Agent", "Codec", "Code"):
        assert f"<h3>{heading}</h3>" in block.body
    assert "aucun négocié" in block.body
    assert "50,0 %" in block.body
    assert "Origine 10.0.0.11: 1 appels, 1 enregistrements" in block.text


def test_what_a_phone_calls_itself_is_escaped(case: xivolab.Case) -> None:
    body = Report(case).shares(case.traffic()).body
    assert "&lt;b&gt;Phone&lt;/b&gt;" in body
    assert "<b>Phone" not in body


def test_columns_of_nothing_are_left_out_and_rows_counted(case: xivolab.Case) -> None:
    body = Report(case).shares(case.traffic(), at_most=1).body
    assert "ISA" not in body
    assert "1 more rows." in body
