"""A bench for tests: `bench` is one for the whole run, with real containers: `make test` runs what uses it in one process."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pytest

from tests.captures import ROOT
from xivolab.bench.plant import Bench
from xivolab.errors import MissingToolError

# Another checkout's tests may run at the same time.
NAME = f"tests{zlib.crc32(str(ROOT).encode()) % 10000}"


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    """A bench that is up. Skips where no container engine can run; continuous integration has one."""
    try:
        made = Bench(NAME)
    except MissingToolError as error:
        pytest.skip(str(error))
    made.down()
    made.up()
    yield made
    made.down()
