"""Tables of CEL in PostgreSQL, as XiVO's, filled from the samples."""

from __future__ import annotations

import psycopg

from tests.asterisk.cel.rows import SAMPLES
from tests.postgres import Cluster
from xivolab.asterisk.cel.event import COLUMNS
from xivolab.asterisk.cel.psql import read_tables

XIVO = (
    "id serial PRIMARY KEY, eventtype varchar(30) NOT NULL, eventtime timestamp NOT NULL, "
    + ", ".join(f"{name} text NOT NULL" for name in COLUMNS if name not in ("eventtype", "eventtime", "extra"))
    + ", extra text, call_log_id integer"
)


def sample_rows() -> list[dict[str, str]]:
    """The rows of all samples."""
    return [
        row for folder in SAMPLES for table in read_tables((folder / "cel.txt").read_text()) for _, row in table.dicts()
    ]


def fill(postgres: Cluster, name: str = "cel", columns: str = XIVO, times: str = "%s") -> None:
    """Makes a table of the samples' rows; `times` is the expression that makes an eventtime of a time in UTC."""
    with psycopg.connect(postgres.dsn) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {name} CASCADE")  # type: ignore[arg-type]
        connection.execute(f"CREATE TABLE {name} ({columns})")  # type: ignore[arg-type]
        for prefix in ("eventtime", "linkedid", "call_log_id"):
            connection.execute(f"CREATE INDEX ON {name} ({prefix})")  # type: ignore[arg-type]
        marks = ", ".join(times if column == "eventtime" else "%s" for column in COLUMNS)
        statement = f"INSERT INTO {name} ({', '.join(COLUMNS)}, call_log_id) VALUES ({marks}, %s)"
        with connection.cursor() as cursor:
            cursor.executemany(
                statement,  # type: ignore[arg-type]
                [[*(row.get(column, "") for column in COLUMNS), 65] for row in sample_rows()],
            )


def connect(postgres: Cluster) -> psycopg.Connection[tuple[object, ...]]:
    """A connection that writes at once."""
    return psycopg.connect(postgres.dsn, autocommit=True)
