"""Tables of CEL in PostgreSQL, as XiVO's, filled from the samples."""

from __future__ import annotations

import psycopg
from psycopg import sql

from tests.asterisk.cel.rows import SAMPLES
from tests.postgres import Cluster
from xivolab.asterisk.cel.event import COLUMNS
from xivolab.asterisk.cel.psql import read_tables
from xivolab.testing.postgres import cel_table


def sample_rows() -> list[dict[str, str]]:
    """The rows of all samples."""
    return [
        row for folder in SAMPLES for table in read_tables((folder / "cel.txt").read_text()) for _, row in table.dicts()
    ]


def fill(
    postgres: Cluster, name: str = "cel", kind: sql.Composable | None = None, times: sql.Composable | None = None
) -> None:
    """Makes a table of the samples' rows, its time of some kind; `times` is the expression that makes it of a time in UTC."""
    table = sql.Identifier(name)
    with psycopg.connect(postgres.dsn) as connection:
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(table))
        connection.execute(cel_table(table, kind))
        for column in ("eventtime", "linkedid", "call_log_id"):
            connection.execute(sql.SQL("CREATE INDEX ON {} ({})").format(table, sql.Identifier(column)))
        marks = [times if times and column == "eventtime" else sql.Placeholder() for column in COLUMNS]
        with connection.cursor() as cursor:
            cursor.executemany(
                sql.SQL("INSERT INTO {} ({}, call_log_id) VALUES ({}, 65)").format(
                    table, sql.SQL(", ").join(map(sql.Identifier, COLUMNS)), sql.SQL(", ").join(marks)
                ),
                [[row.get(column, "") for column in COLUMNS] for row in sample_rows()],
            )


def connect(postgres: Cluster) -> psycopg.Connection[tuple[object, ...]]:
    """A connection that writes at once."""
    return psycopg.connect(postgres.dsn, autocommit=True)
