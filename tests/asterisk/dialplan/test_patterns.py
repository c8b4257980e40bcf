"""Extension patterns: examples; thousands more are put to the real Asterisk in test_lookup.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.dialplan.patterns import order_key, takes, tidy


@pytest.mark.parametrize(
    ("name", "number", "taken"),
    [
        ("1002", "1002", True),
        ("10-02", "1002", True),
        ("1002", "100", False),
        ("_1XXX", "1002", True),
        ("_1xXX", "10-02", True),
        ("_1ZNX", "1102", False),
        ("_1ZNX", "1122", True),
        ("_[13-5]X", "42", True),
        ("_[13-5]X", "22", False),
        ("_[!N-Z]1", "!1", True),
        ("_[!N-Z]1", "O1", True),
        ("_[!N-Z]1", "01", False),
        ("_[]1", "1", True),
        ("_[1", "1", False),
        ("_0.", "01", True),
        ("_0.", "0", False),
        ("_0!", "0", True),
        ("_0!", "0123", True),
        ("_X.", "s", False),
        ("_1X", "_1X", True),
        ("_é.", "éa", True),
        ("_1X/555", "12", True),
    ],
)
def test_who_takes_what(name: str, number: str, taken: bool) -> None:
    assert takes(name, number) == taken


def test_the_order_of_the_patterns_of_a_context() -> None:
    names = [
        "_!",
        "_.",
        "_1.",
        "_1XXX",
        "_[1-3]XX",
        "_1[12]XX",
        "_1NXX",
        "_1ZXX",
        "1002",
        "_1002",
        "_1X",
        "_1[34]XX",
        "_1[",
        "100",
    ]

    assert sorted(names, key=order_key) == [
        "100",
        "1002",
        "_1002",
        "_1[12]XX",
        "_1[34]XX",
        "_1NXX",
        "_1ZXX",
        "_1XXX",
        "_1X",
        "_1.",
        "_1[",
        "_[1-3]XX",
        "_.",
        "_!",
    ]


def test_spaces_and_dashes_outside_sets_go() -> None:
    assert tidy("_1 [2 -4]-X") == "_1[2 -4]X"
    assert tidy("_1 [2 -4]-X", dashes=True) == "_1[2 -4]-X"


@given(st.text(), st.text())
def test_no_text_makes_it_fail(name: str, number: str) -> None:
    takes(name, number)
    assert order_key(name) == order_key(name)


@given(st.lists(st.text(alphabet="_-[]XNZ.!019a", max_size=8), max_size=6))
def test_any_names_can_be_ordered(names: list[str]) -> None:
    ordered = sorted(names, key=order_key)

    assert [order_key(name) for name in ordered] == sorted(order_key(name) for name in names)
    assert [name[:1] == "_" for name in ordered] == sorted(name[:1] == "_" for name in names)
