"""Working ahead of the consumer changes nothing but the time it takes."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from xivolab.net.ahead import AHEAD, ahead


def counted(count: int, made: list[int], closed: list[bool]) -> Generator[int, None, None]:
    try:
        for number in range(count):
            made.append(number)
            yield number
    finally:
        closed.append(True)


@pytest.mark.parametrize("count", [0, 1, 2, 100])
def test_all_items_come_in_order(count: int) -> None:
    closed: list[bool] = []
    assert list(ahead(counted(count, [], closed))) == list(range(count))
    assert closed == [True]


def test_no_more_is_made_than_there_is_room_for() -> None:
    """Buffers are used again: one item is in use, one is being made, the others wait."""
    made: list[int] = []
    for number in ahead(counted(200, made, [])):
        assert len(made) <= number + AHEAD + 2


def test_who_stops_early_closes_it() -> None:
    closed: list[bool] = []
    items = ahead(counted(100, [], closed))
    assert next(items) == 0
    items.close()
    assert closed == [True]
    assert not [thread for thread in threading.enumerate() if thread.name == "xivolab-reader"]


def test_what_it_raises_comes_after_what_it_gave() -> None:
    def fails() -> Generator[int, None, None]:
        yield 1
        raise ValueError("no more")

    items = ahead(fails())
    assert next(items) == 1
    with pytest.raises(ValueError, match="no more"):
        next(items)
