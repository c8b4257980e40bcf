"""Rows that were broken over several lines."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.cli.lines import lines_of
from xivolab.asterisk.cli.wrapped import hard_width, joined_rows

ROW = re.compile(r"row (\d+) (\w+) (\w+) end")


def begins(text: str) -> bool:
    return text.strip().startswith("row ")


def read(lines: list[str]) -> list[tuple[str, ...]]:
    return [found.groups() for _, found in joined_rows(list(lines_of(lines)), ROW, begins)]


def test_broken_between_words() -> None:
    assert read(["row 1 abc", "def end", "row 2 a b end"]) == [("1", "abc", "def"), ("2", "a", "b")]


def test_broken_in_words_by_a_terminal() -> None:
    lines = ["row 1 abcdefghij klm", "nopqrst end", "row 2 abcdefghijklm ", "n end"]

    assert hard_width(list(lines_of(lines)), begins) == 20
    assert read(lines) == [("1", "abcdefghij", "klmnopqrst"), ("2", "abcdefghijklm", "n")]


def test_a_row_without_its_end_is_left_out_and_spoils_no_other() -> None:
    assert read(["row 1 abc", "", "row 2 a b end", "noise", "row 3 a b end"]) == [("2", "a", "b"), ("3", "a", "b")]


@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.from_regex(r"[a-z]{1,30}", fullmatch=True)), min_size=1, max_size=5),
    st.integers(20, 60),
)
def test_any_width_of_a_terminal(rows: list[tuple[int, str]], width: int) -> None:
    texts = [f"row {number} {word} {word} end" for number, word in rows]
    lines = [text[at : at + width] for text in texts for at in range(0, len(text), width)]

    assert read(lines) == [(str(number), word, word) for number, word in rows]
