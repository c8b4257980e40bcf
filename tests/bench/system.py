"""A whole bench for tests, as it comes up by itself but without phones on the desks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from xivolab.bench.impair.scene import Scene
from xivolab.bench.plant import Bench


@contextmanager
def system(number: int = 0) -> Iterator[Scene]:
    """A bench that is up; down afterwards."""
    with Bench(f"system{number}") as bench:
        try:
            # What a run that was killed left may be of another day.
            bench.down()
            bench.up(phones=0)
            yield Scene(bench)
        finally:
            bench.down()
