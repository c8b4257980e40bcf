from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.bench.agid.console import Channel
from tests.postgres import Cluster
from xivolab.bench import store
from xivolab.bench.model import Configuration

World = Callable[[Configuration], Callable[..., Channel]]


@pytest.fixture
def world(postgres: Cluster) -> Iterator[World]:
    """Puts a configuration into a database; what it returns makes channels of calls on it."""
    import psycopg

    with psycopg.connect(postgres.dsn) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS agid")
        connection.execute("SET search_path TO agid")
        connection.commit()

        def put(configuration: Configuration) -> Callable[..., Channel]:
            store.save(connection, configuration)
            connection.execute("DELETE FROM agent_login_status")
            connection.commit()
            dsn = f"{postgres.dsn}&options=-csearch_path%3Dagid"
            return lambda **variables: Channel(dsn, **variables)

        yield put


def changed(configuration: Configuration, number: str, **fields: Any) -> Configuration:
    """The configuration with some fields of the user with that number changed."""
    plain = configuration.model_dump()
    for user in plain["users"]:
        if any(line["number"] == number for line in user["lines"]):
            user.update(fields)
    return Configuration.of(plain)
