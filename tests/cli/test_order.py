"""`--sort`: by a field, or the worst first."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.cli.cases import FakeCase, table, two_calls
from xivolab.cli.order import ordered
from xivolab.errors import UsageError

STREAMS: Any = FakeCase({"streams": table("streams", {"mos": 4.0}, {}, {"mos": 2.0}, {"mos": 3.0, "lost": 9})})
ALL = np.arange(4)


@pytest.mark.parametrize(
    ("sort", "rows"),
    [
        (None, [0, 1, 2, 3]),
        ("mos", [2, 3, 0, 1]),
        ("-mos", [0, 3, 2, 1]),  # what is not known comes last either way
        ("-lost", [3, 0, 1, 2]),
        ("worst", [2, 3, 0, 1]),
    ],
)
def test_orders(sort: str | None, rows: list[int]) -> None:
    assert ordered(STREAMS, "streams", ALL, sort).tolist() == rows


def test_only_the_rows_given() -> None:
    assert ordered(STREAMS, "streams", np.array([3, 0]), "mos").tolist() == [3, 0]
    assert ordered(STREAMS, "streams", np.array([], dtype=np.intp), "mos").tolist() == []


def test_the_worst_calls_are_those_of_the_report() -> None:
    case: Any = two_calls()
    assert ordered(case, "calls", np.arange(2), "worst").tolist() == [1, 0]


@pytest.mark.parametrize(
    ("name", "sort", "words"),
    [
        ("streams", "moss", "cannot be sorted by 'moss'; did you mean mos?"),
        ("streams", "colour", "one of id, ssrc"),
        ("registrations", "worst", "registrations have no worst"),
    ],
)
def test_says_what_is_wrong(name: str, sort: str, words: str) -> None:
    with pytest.raises(UsageError) as error:
        ordered(STREAMS, name, ALL, sort)
    assert words in str(error.value)
