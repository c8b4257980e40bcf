from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.bench.course.desk import Desk
from tests.bench.course.desk import desk as a_desk
from tests.bench.course.office import office
from xivolab.bench.plant import Bench


@pytest.fixture(scope="session")
def shared_desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk for all tests of a run. `XIVOLAB_TESTS_BENCH=NAME` uses a bench that is up, which is much quicker."""
    kept = os.environ.get("XIVOLAB_TESTS_BENCH")
    bench = Bench(kept) if kept else request.getfixturevalue("bench")
    with a_desk(bench, tmp_path_factory.mktemp("heard")) as made:
        yield made


@pytest.fixture
def desk(shared_desk: Desk) -> Iterator[Desk]:
    """The office's configuration in effect, nobody on the telephone, before and after."""
    shared_desk.use(office(shared_desk.outside_address()))
    shared_desk.clear()
    shared_desk.mark()
    yield shared_desk
    shared_desk.clear()
