"""One small PBX with phones for all the tests of a worker."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.bench.ground import Ground, ground
from tests.bench.system import system
from xivolab.bench.impair.scene import Scene
from xivolab.errors import MissingToolError


@pytest.fixture(scope="session")
def shared_lab() -> Iterator[Ground]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    try:
        with ground(int(worker.removeprefix("gw"))) as made:
            yield made
    except MissingToolError as error:
        pytest.skip(str(error))


@pytest.fixture
def lab(shared_lab: Ground) -> Iterator[Ground]:
    """The shared one, without calls before and after."""
    yield shared_lab
    shared_lab.clear()


@pytest.fixture(scope="session")
def scene() -> Iterator[Scene]:
    """A whole bench: PBX with a trunk, phones, operator, router."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    try:
        with system(int(worker.removeprefix("gw"))) as made:
            made.wait_trunk_registered(10)
            yield made
    except MissingToolError as error:
        pytest.skip(str(error))
