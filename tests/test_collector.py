"""The garbage collector held still."""

from __future__ import annotations

import gc

import pytest

from xivolab._collector import collector_paused


@collector_paused
def collecting(fail: bool = False) -> bool:
    if fail:
        raise ValueError
    return gc.isenabled()


def test_it_is_off_inside_and_on_again_afterwards() -> None:
    assert not collecting()
    assert gc.isenabled()


def test_it_is_on_again_after_an_error() -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - raised above
        collecting(fail=True)
    assert gc.isenabled()


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        collecting()
        assert not gc.isenabled()
    finally:
        gc.enable()
