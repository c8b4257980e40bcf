"""A PostgreSQL server for tests: `postgres` is one for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from xivolab.testing.postgres import Cluster, cluster, programs

__all__ = ["Cluster", "postgres"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A server with an empty database. Skips where PostgreSQL is not installed; continuous integration has it."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed: apt install postgresql")
    with cluster() as running:
        yield running
