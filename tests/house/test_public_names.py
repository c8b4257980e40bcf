"""What `from xivolab import …` offers: sorted, there, documented."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

import xivolab

ROOT = Path(__file__).parents[2]


def test_the_names_are_sorted_and_each_once() -> None:
    assert xivolab.__all__ == sorted(set(xivolab.__all__))


@pytest.mark.parametrize("name", xivolab.__all__)
def test_each_name_is_there_and_says_what_it_is(name: str) -> None:
    thing = getattr(xivolab, name)
    text = inspect.getdoc(thing)
    assert text
    # A dataclass without words of its own gets its signature as a docstring.
    assert not text.startswith(f"{name}(")


@pytest.mark.parametrize("name", xivolab.__all__)
def test_public_methods_say_what_they_do(name: str) -> None:
    thing = getattr(xivolab, name)
    if inspect.isclass(thing):
        silent = [n for n, m in vars(thing).items() if not n.startswith("_") and callable(m) and not inspect.getdoc(m)]
        assert silent == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'opne'"):
        _ = xivolab.opne
