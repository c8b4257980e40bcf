"""A bench for tests: `bench` is one for the whole run, with real containers; the tests that use it run in one process."""

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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # Two processes would each take the other's bench down; one has it, the others go on with everything else meanwhile.
        if {"bench", "shared_desk"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("bench"))
