"""When two numbers are the same."""

from __future__ import annotations

import pytest

from xivolab.calls.numbers import number_key, same_party, user_key


@pytest.mark.parametrize(
    "other",
    [
        "+33123456789",
        "0033123456789",
        "0123456789",
        "00123456789",
        "33123456789",
        "+33 1 23-45.67(89)",
        "%2B33123456789",
    ],
)
def test_a_number_however_it_is_written(other: str) -> None:
    assert same_party("+33123456789", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1001", "1002"), ("1001", "21001"), ("alice", "bob"), ("anonymous", "anonymous"), (None, None), ("", "")],
)
def test_not_the_same(one: str | None, other: str | None) -> None:
    assert not same_party(one, other)


def test_names_are_the_same_in_any_case() -> None:
    assert same_party("Alice", "alice")


def test_short_numbers_keep_their_digits() -> None:
    assert [number_key(user) for user in ("1002", "*98", "0", "000", "alice", "", None)] == [
        "1002",
        "*98",
        "0",
        "000",
        None,
        None,
        None,
    ]


def test_who_names_nobody_has_no_key() -> None:
    assert user_key("Anonymous") is None
    assert user_key("knax1wql") == "knax1wql"
