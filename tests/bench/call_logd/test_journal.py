"""The journal in a database: written when a call is over, as xivo-call-logd does."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.captures import ROOT
from tests.postgres import Cluster
from xivolab.bench.call_logd.journal import unwritten, write

TABLES = (ROOT / "labs" / "bench" / "db" / "journals.sql").read_text()
CALL = [
    ("CHAN_START", "17:40:32.1", "alice", "1001", "1002", "PJSIP/abcdefgh-00000001", "1756309232.1"),
    ("CHAN_START", "17:40:32.2", "bob", "1002", "s", "PJSIP/ijklmnop-00000002", "1756309232.2"),
    ("BRIDGE_ENTER", "17:40:34", "alice", "1001", "1002", "PJSIP/abcdefgh-00000001", "1756309232.1"),
    ("BRIDGE_EXIT", "17:40:44", "alice", "1001", "1002", "PJSIP/abcdefgh-00000001", "1756309232.1"),
    ("LINKEDID_END", "17:40:44", "alice", "1001", "1002", "PJSIP/abcdefgh-00000001", "1756309232.1"),
]
ROW = "SELECT id, source_exten, destination_exten, destination_line_identity, duration::text, answered FROM call_log"


@pytest.fixture
def connection(postgres: Cluster) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    made = psycopg.connect(postgres.dsn, autocommit=True)
    made.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    made.execute(TABLES)  # type: ignore[arg-type]
    for row in CALL:
        made.execute(
            "INSERT INTO cel (eventtype, eventtime, cid_name, cid_num, exten, channame, uniqueid, linkedid)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, '1756309232.1')",
            [row[0], f"2025-08-27 {row[1]}", *row[2:]],
        )
    yield made
    made.close()


def test_a_call_that_is_over_gets_its_row(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    assert unwritten(connection) == ["1756309232.1"]

    number = write(connection, "1756309232.1")

    assert connection.execute(ROW).fetchall() == [(number, "1001", "1002", "pjsip/ijklmnop", "00:00:10", True)]
    assert connection.execute("SELECT DISTINCT call_log_id FROM cel").fetchall() == [(number,)]
    assert unwritten(connection) == []


def test_written_again_it_is_still_one_row(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    write(connection, "1756309232.1")
    write(connection, "1756309232.1")

    assert connection.execute("SELECT count(*) FROM call_log").fetchone() == (1,)


def test_the_end_of_a_call_is_told(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    connection.execute("LISTEN linkedid_end")
    connection.execute("INSERT INTO cel (eventtype, linkedid) VALUES ('LINKEDID_END', '9.9')")

    (told,) = connection.notifies(timeout=5, stop_after=1)

    assert told.payload == "9.9"


def test_a_call_without_a_source_has_none(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    connection.execute("UPDATE cel SET cid_name = '', cid_num = ''")

    assert write(connection, "1756309232.1") is None
    assert write(connection, "unknown") is None
