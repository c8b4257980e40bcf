"""CEL in a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg import sql

import xivolab
from tests.asterisk.cel.rows import SAMPLES
from tests.asterisk.cel.tables import connect, fill
from tests.postgres import Cluster
from tests.terminal import Run
from xivolab.asterisk.cel.event import COLUMNS
from xivolab.asterisk.cel.postgres import CelDatabase
from xivolab.errors import EvidenceError, UsageError
from xivolab.evidence.database import Database
from xivolab.testing.postgres import cel_table

FILES = [folder / "cel.csv" for folder in SAMPLES if (folder / "cel.csv").stat().st_size]


@pytest.fixture(scope="module", autouse=True)
def _filled(postgres: Cluster) -> Iterator[None]:
    fill(postgres)
    yield
    with connect(postgres) as connection:
        connection.execute("DROP TABLE cel CASCADE")


def asked(postgres: Cluster, options: str = "since=2026-01-01") -> CelDatabase:
    return CelDatabase(Database(f"{postgres.dsn}&{options}"), ZoneInfo("UTC"))


def test_a_database_says_what_the_files_say(postgres: Cluster) -> None:
    database, files = xivolab.open(f"{postgres.dsn}&since=2026-01-01"), xivolab.open(*FILES)
    assert list(database.table("calls").records()) == list(files.table("calls").records())
    rows = [(row["time"], row["eventtype"], row["uniqueid"]) for row in database.table("cel").records()]
    assert rows == [(row["time"], row["eventtype"], row["uniqueid"]) for row in files.table("cel").records()]
    assert len(database.table("events")) == len(files.table("events"))
    assert database.files[0].kind == "postgresql"


@pytest.mark.parametrize(
    ("kind", "times"),
    [
        (sql.SQL("timestamp"), sql.SQL("%s::timestamp + interval '11 hours'")),
        (sql.SQL("timestamptz"), sql.SQL("%s::timestamp AT TIME ZONE 'UTC'")),
        (sql.SQL("double precision"), sql.SQL("extract(epoch FROM %s::timestamp)")),
        (sql.SQL("text"), sql.SQL("%s")),
    ],
)
def test_every_type_of_time_gives_the_same_moments(postgres: Cluster, kind: sql.SQL, times: sql.SQL) -> None:
    fill(postgres, "other", kind, times)
    found = list(asked(postgres, "cel=other&since=1795420000&until=1795420100").events())
    there = list(asked(postgres, "since=1795420000&until=1795420100").events())
    assert len(there) == 32
    assert [(one.eventtype, one.uniqueid) for one in found] == [(one.eventtype, one.uniqueid) for one in there]
    assert [one.time for one in found] == pytest.approx([one.time for one in there], abs=1000)


def test_tables_and_columns_of_other_names(postgres: Cluster) -> None:
    with connect(postgres) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS telephony")
    there = sql.Identifier("telephony", "channel_events")
    with connect(postgres) as connection:
        connection.execute("DROP TABLE IF EXISTS telephony.channel_events")
        connection.execute(cel_table(there, column="happened_at"))
        names = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
        ours = sql.SQL(", ").join(sql.Identifier(name.replace("eventtime", "happened_at")) for name in COLUMNS)
        connection.execute(sql.SQL("INSERT INTO {} ({}) SELECT {} FROM cel").format(there, ours, names))
    database = asked(postgres, "cel=telephony.channel_events&column.eventtime=happened_at&since=2026-01-01")
    assert len(list(database.events())) == len(list(asked(postgres).events()))


def test_one_call_is_found_with_what_it_was_joined_to(postgres: Cluster) -> None:
    database = asked(postgres, "linkedid=1795420050.0")
    assert len(list(database.events())) == 24
    assert [statement.startswith("SELECT id, eventtype") for statement in database.asked] == [True]
    assert database.asked[0].endswith("FROM cel WHERE linkedid IN ('1795420050.0');")
    call = xivolab.open(f"{postgres.dsn}&since=2000-01-01&until=2000-01-02").call("1795420050.0")
    assert (call.state, call.caller) == ("completed", "1001")
    assert len(call.cel()) == 24


def test_one_call_is_a_matter_of_the_index(postgres: Cluster) -> None:
    database = asked(postgres)
    columns = {name: name for name in ("id", *COLUMNS, "call_log_id")}
    with connect(postgres) as connection:
        connection.execute("SET enable_seqscan = off")  # so small a table would be read whole
        statement, values = database.call_query(columns, ["1795420050.0"])
        plan = connection.execute(sql.SQL("EXPLAIN ") + statement, values).fetchall()
    assert "cel_linkedid_idx" in str(plan)
    assert "Seq Scan" not in str(plan)


def test_a_consultation_that_was_joined_is_found_from_either_end(postgres: Cluster) -> None:
    def row(at: int, eventtype: str, channel: int, linked: int, extra: str = "") -> list[object]:
        values = {
            "eventtype": eventtype,
            "eventtime": datetime(2026, 1, 2, 3, 0, at),
            "uniqueid": f"1767322800.{channel}",
            "linkedid": f"1767322800.{linked}",
            "amaflags": "3",
            "extra": extra,
        }
        return [values.get(name, "") for name in COLUMNS]

    with connect(postgres) as connection, connection.cursor() as cursor:
        connection.execute("DROP TABLE IF EXISTS consultation")
        connection.execute("CREATE TABLE consultation (LIKE cel INCLUDING ALL)")
        cursor.executemany(
            sql.SQL("INSERT INTO consultation ({}) VALUES ({})").format(
                sql.SQL(", ").join(map(sql.Identifier, COLUMNS)), sql.SQL(", ").join(sql.Placeholder() * len(COLUMNS))
            ),
            [
                row(0, "CHAN_START", 1, 1),
                row(1, "CHAN_START", 5, 5),
                row(2, "CHAN_START", 6, 5),
                row(3, "ATTENDEDTRANSFER", 1, 1, '{"channel2_uniqueid":"1767322800.5"}'),
                row(4, "BRIDGE_ENTER", 6, 1),
                *(row(9, "CHAN_END", channel, linked) for channel, linked in ((1, 1), (6, 1), (5, 5))),
            ],
        )
    for linked in (1, 5):
        found = asked(postgres, f"cel=consultation&linkedid=1767322800.{linked}").events()
        assert len(list(found)) == 8


def test_a_row_of_the_journal_leads_to_its_rows(postgres: Cluster) -> None:
    database = asked(postgres, "call_log_id=65")
    assert len(list(database.events())) == len(list(asked(postgres).events()))
    assert database.asked[0].endswith("WHERE call_log_id = 65;")
    with pytest.raises(UsageError):
        list(asked(postgres, "call_log_id=x").events())


def test_without_a_time_it_is_the_last_day_and_that_is_told(postgres: Cluster) -> None:
    case = xivolab.open(postgres.dsn)
    days = {
        datetime.fromtimestamp(row["start"], ZoneInfo("UTC")).date().isoformat()
        for row in case.table("calls").records()
    }
    assert days == {"2026-11-25"}
    assert ["last day" in problem["what"] for problem in case.table("problems").records()] == [True]


def test_an_empty_table_has_no_calls(postgres: Cluster) -> None:
    with connect(postgres) as connection:
        connection.execute(cel_table(sql.Identifier("empty")))
    assert len(xivolab.open(f"{postgres.dsn}&cel=empty").table("calls")) == 0


def test_nothing_can_be_written(postgres: Cluster) -> None:
    database = asked(postgres)
    with pytest.raises(EvidenceError, match="read-only"), database.connect() as connection:
        connection.execute("DELETE FROM cel")


def test_a_query_that_takes_too_long_is_stopped(postgres: Cluster) -> None:
    database = asked(postgres, "timeout=1")
    with pytest.raises(EvidenceError, match=r"timeout.*--since"), database.connect() as connection:
        connection.execute("SELECT pg_sleep(30)")


def test_names_cannot_carry_sql(postgres: Cluster) -> None:
    for option in ("cel=cel;DROP TABLE cel", 'cel=cel"; DROP TABLE cel; --', "linkedid=' OR true; --"):
        with pytest.raises(EvidenceError) if option.startswith("cel=") else nullcontext():
            assert list(asked(postgres, option).events()) == []
    assert list(asked(postgres).events())


def test_memory_holds_the_calls_that_last(postgres: Cluster) -> None:
    database = asked(postgres)
    rows = len(list(database.events()))
    alive = [len(one.events) for one in database.groups()]
    assert sum(alive) == rows
    assert max(alive) < rows / 5  # rows of the largest call


def test_errors_name_the_database_without_its_password(postgres: Cluster) -> None:
    with pytest.raises(EvidenceError) as told:
        xivolab.open("postgresql://u:secret@127.0.0.1:1/asterisk?connect_timeout=2")
    assert "secret" not in str(told.value)
    assert "u:•••@127.0.0.1" in str(told.value)
    with pytest.raises(EvidenceError, match=r"no_such.*SCHEMA.TABLE"):
        list(asked(postgres, "cel=no_such").events())
    with pytest.raises(UsageError, match="not a time"):
        list(asked(postgres, "since=yesterday").events())


def test_the_time_of_the_command_line_goes_into_the_query(postgres: Cluster, run: Run) -> None:
    ran = run(
        "calls", postgres.dsn, "--since", "2026-11-23T07:47", "--until", "2026-11-23T07:48", "--tz", "UTC", "--json"
    )
    assert ran.out.count('"linkedids"') == 1
    with psycopg.connect(postgres.dsn) as connection:
        assert connection.execute("SELECT count(*) FROM cel").fetchone() == (len(list(asked(postgres).events())),)
