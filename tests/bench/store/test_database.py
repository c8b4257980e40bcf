from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.bench.model.everything import everything
from tests.postgres import Cluster
from xivolab.bench import store
from xivolab.bench.model import ConfigurationError
from xivolab.bench.model.presets import small


@pytest.fixture
def connection(postgres: Cluster) -> Iterator[Any]:
    import psycopg

    with psycopg.connect(postgres.dsn) as connection:
        connection.execute("DROP SCHEMA IF EXISTS xivo CASCADE")
        connection.execute("CREATE SCHEMA xivo")
        connection.execute("SET search_path TO xivo")
        connection.commit()
        yield connection


def test_what_was_saved_is_loaded(connection: Any) -> None:
    whole = everything()
    store.save(connection, whole)
    assert store.load(connection) == whole


def test_the_next_one_takes_the_place_of_the_first(connection: Any) -> None:
    store.save(connection, everything())
    later = small()
    store.save(connection, later)
    assert store.load(connection) == later


def test_what_calls_changed_is_loaded_and_agents_stay_logged_in(connection: Any) -> None:
    whole = small()
    store.save(connection, whole)
    connection.execute("UPDATE userfeatures SET enablednd = 1, enableunc = 1, destunc = '1003' WHERE id = 1")
    connection.execute("INSERT INTO agent_login_status (agent_id, agent_number) VALUES (1, '1002')")
    connection.commit()
    alice = store.load(connection).user("1001")
    assert (alice.enablednd, alice.destunc) == (True, "1003")
    store.save(connection, whole)
    assert connection.execute("SELECT count(*) FROM agent_login_status").fetchone()[0] == 1
    assert store.load(connection) == whole


def test_a_row_that_cannot_be_is_told(connection: Any) -> None:
    store.save(connection, small())
    connection.execute("UPDATE userfeatures SET ringseconds = 1 WHERE id = 1")
    connection.commit()
    with pytest.raises(ConfigurationError, match=r"database: users\[0\]\.ringseconds: 1 is too small"):
        store.load(connection)


def test_nothing_is_changed_by_a_configuration_that_cannot_be_saved(connection: Any) -> None:
    import psycopg

    whole = small()
    store.save(connection, whole)
    broken = whole.model_copy(deep=True)
    broken.users[0].__dict__["id"] = "no number"
    with pytest.raises(psycopg.Error):
        store.save(connection, broken)
    connection.rollback()
    assert store.load(connection) == whole
