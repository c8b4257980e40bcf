from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.postgres import Cluster
from xivolab.errors import MissingToolError
from xivolab.testing import postgres as module


def test_a_cluster_answers_on_a_socket_and_nowhere_else(postgres: Cluster) -> None:
    assert postgres.psql("SHOW listen_addresses", "-A", "-t").strip() == ""
    with psycopg.connect(postgres.dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_it_is_gone_afterwards(postgres: Cluster) -> None:
    with module.cluster({"max_connections": "7"}) as other:
        assert other.psql("SHOW max_connections", "-A", "-t").strip() == "7"
        folder = other.folder
    assert not Path(folder).exists()


def test_without_postgresql_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "programs", lambda: None)
    with pytest.raises(MissingToolError, match="no PostgreSQL"), module.cluster():
        pass
