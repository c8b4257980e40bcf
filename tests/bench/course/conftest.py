from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.course.desk import Desk
from tests.bench.course.desk import desk as a_desk
from tests.bench.course.office import office
from xivolab.bench.plant import Bench


@pytest.fixture(scope="module")
def shared_desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk for the tests of a file. `XIVOLAB_TESTS_BENCH=NAME` uses a bench that is up, which is much quicker."""
    kept = os.environ.get("XIVOLAB_TESTS_BENCH")
    bench = Bench(kept) if kept else request.getfixturevalue("bench")
    with a_desk(bench, tmp_path_factory.mktemp("heard")) as made:
        yield made


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Most rows of the course take minutes of real calls: `XIVOLAB_COURSE=1 make test` tries them all."""
    always = ("test_course.py", "test_routes.py")
    tests = collection_path.name.startswith("test_") and collection_path.parent == Path(__file__).parent
    return True if tests and collection_path.name not in always and "XIVOLAB_COURSE" not in os.environ else None


@pytest.fixture
def desk(shared_desk: Desk) -> Iterator[Desk]:
    """The office's configuration in effect, nobody on the telephone, before and after."""
    shared_desk.use(office(shared_desk.outside_address()))
    shared_desk.clear()
    shared_desk.mark()
    yield shared_desk
    shared_desk.clear()
