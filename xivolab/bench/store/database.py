"""The tables in PostgreSQL: made, written and read with any connection of psycopg."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xivolab.bench.store.objects import configuration as from_rows
from xivolab.bench.store.rows import rows
from xivolab.bench.store.tables import KEYS, RUNNING, TABLES, schema

if TYPE_CHECKING:
    from psycopg import Connection

    from xivolab.bench.model import Configuration


def create(connection: Connection) -> None:
    """Make the tables that are missing."""
    connection.execute(schema())
    connection.commit()


def save(connection: Connection, configuration: Configuration) -> None:
    """Put a configuration in place of the one that was there, in one transaction. Who is logged in stays so."""
    from psycopg import sql

    create(connection)
    with connection.transaction(), connection.cursor() as cursor:
        for table, content in rows(configuration).items():
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            names = list(TABLES[table])
            statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, names)),
                sql.SQL(", ").join([sql.Placeholder()] * len(names)),
            )
            cursor.executemany(statement, [[row.get(name) for name in names] for row in content])


def load(connection: Connection) -> Configuration:
    """The configuration in the database, with what calls changed of it (a forward, do not disturb).

    Raises ConfigurationError where somebody wrote what cannot be.
    """
    from psycopg import sql
    from psycopg.rows import dict_row

    found = {}
    with connection.cursor(row_factory=dict_row) as cursor:
        for table, kinds in TABLES.items():
            if table in RUNNING:
                continue
            order = KEYS.get(table, "ctid") if table != "context" else "id"
            order = order if order in kinds else "ctid"
            query = sql.SQL("SELECT * FROM {} ORDER BY {}").format(sql.Identifier(table), sql.Identifier(order))
            found[table] = cursor.execute(query).fetchall()
    connection.rollback()
    return from_rows(found)
