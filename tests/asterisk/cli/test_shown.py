"""Tables by name or command."""

from __future__ import annotations

import pytest

import xivolab
from tests.captures import ROOT

SAMPLE = ROOT / "sample_logs" / "clean-call"


def test_a_case_has_the_tables_of_its_pastes() -> None:
    case = xivolab.open(SAMPLE)

    assert {"channelstats", "endpoints", "channels"} <= set(case.cli)
    assert len(case.cli) == len(list(case.cli))
    assert case.cli["pjsip show endpoints"]["endpoint"].tolist() == ["alice", "bob"]
    assert str(case.cli["channelstats"]["uptime_s"].dtype) == "Int64"
    assert "endpoints: 2" in repr(case.cli)


def test_what_nobody_printed_is_empty_and_what_is_no_table_is_told() -> None:
    case = xivolab.open(SAMPLE)

    assert len(case.cli["queue show"]) == 0
    with pytest.raises(KeyError, match="no table 'module show'"):
        case.cli.table("module show")


def test_a_notebook_lists_the_tables_in_both_languages() -> None:
    shown = xivolab.open(SAMPLE).cli._repr_html_()
    assert "<td>endpoints</td>" in shown
    assert "Terminaisons SIP" in shown
    assert "SIP endpoints" in shown
