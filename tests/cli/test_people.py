"""Tables for people: what fits, what is left out, and what a capture may not do to a terminal."""

from __future__ import annotations

import io
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.cli.cases import NOON, table, two_calls
from xivolab.cli.columns import COLUMNS
from xivolab.cli.people import Painter, fit, shorten
from xivolab.schema import ALL_RECORDS, Field
from xivolab.table import Table


def painted(shown: Table, width: int = 80, lang: str = "en") -> list[str]:
    out = io.StringIO()
    Painter(lang, UTC, out, width).table(shown)
    return out.getvalue().splitlines()


def longest(field: Field) -> Any:
    """A value as wide as a field gets."""
    if field.name[:3] in ("src", "dst"):
        return "[2001:db8:1234:5678:9abc:def0:1234:5678]:65535"
    if field.values:
        return max(field.values, key=len)
    return {"time": NOON, "int": 123456, "float": 1234.5, "bool": True, "str": "x" * 70, "list": []}[field.kind]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", COLUMNS)
def test_the_widest_rows_fit_80_columns(name: str, lang: str) -> None:
    row = {field.name: longest(field) for field in ALL_RECORDS[name].fields}
    other_day = {**row, **{f.name: NOON + 10**15 for f in ALL_RECORDS[name].fields if f.kind == "time"}}
    lines = painted(table(name, row, other_day), lang=lang)
    assert len(lines) == 3
    assert max(map(cell_len, lines)) <= 80


def test_every_table_that_is_no_paragraph_has_columns() -> None:
    assert set(COLUMNS) == set(ALL_RECORDS) - {"problems", "findings", "triage", "traffic", "rewrites"}


def test_a_wide_terminal_shows_more() -> None:
    calls = table("calls", {"id": "c1", "released_by": "caller", "codecs": ["PCMA"]})
    assert "Ended by" not in painted(calls, 60)[0]
    assert "Ended by" in painted(calls, 200)[0]


def test_dates_are_shown_when_there_are_several() -> None:
    one, two = {"start": NOON}, {"start": NOON + 86_400 * 10**9}
    assert painted(table("calls", one))[1].startswith("12:00:00 ")
    assert painted(table("calls", one, two))[1].startswith("2026-11-23 12:00:00 ")


def test_numbers_are_written_as_the_language_does() -> None:
    calls = table("calls", {"mos_min": 3.25, "talk_s": 61.5})
    assert " 61.5 " in painted(calls)[1]
    assert " 61,5 " in painted(calls, lang="fr")[1]


def test_a_user_name_cannot_drive_the_terminal() -> None:
    line = painted(table("calls", {"from_user": "\x1b[2J\x07\r\nevil"}))[1]
    assert not any(ord(c) < 32 for c in line)
    assert "evil" in line


@given(st.text(max_size=30), st.integers(2, 20))
def test_shortened_text_fits(text: str, width: int) -> None:
    assert cell_len(shorten(text, width)) <= width


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(1, 40), st.booleans()), min_size=1, max_size=9),
    st.integers(20, 200),
)
def test_columns_of_low_rank_stay_longest(columns: list[tuple[int, int, bool]], width: int) -> None:
    widths = fit(columns, width)
    shown = [rank for (rank, _, _), w in zip(columns, widths, strict=True) if w]
    gone = [rank for (rank, _, _), w in zip(columns, widths, strict=True) if not w]
    assert 0 not in gone
    assert max(shown, default=0) < min(gone, default=99)


def test_kinds_of_events_are_words_in_french() -> None:
    row = {"source": "sip", "kind": "hold", "text": "sendonly"}
    assert "mise en garde  sendonly" in painted(table("events", row), lang="fr")[1]
    assert "hold   sendonly" in painted(table("events", row))[1]


def test_known_hosts_stand_in_place_of_their_addresses() -> None:
    case = two_calls()
    drawn = io.StringIO()
    Painter("fr", UTC, drawn, 100, names=case).table(case.table("streams"))
    plain = io.StringIO()
    Painter("fr", UTC, plain, 100).table(case.table("streams"))
    assert "alice:4000" in drawn.getvalue()
    assert "10.77.0.11:4000" in plain.getvalue()
