"""Reading and changing the tables: rows are dictionaries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString

import psycopg
from psycopg.rows import dict_row

Row = dict[str, Any]


class Database:
    """One connection, for one conversation."""

    def __init__(self, dsn: str) -> None:
        self._connection = psycopg.connect(dsn, autocommit=True, connect_timeout=3, row_factory=dict_row)

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def all(self, query: LiteralString, *values: object) -> list[Row]:
        """All rows."""
        return self._connection.execute(query, _values(values)).fetchall()

    def one(self, query: LiteralString, *values: object) -> Row | None:
        """The first row, None where there is none."""
        return self._connection.execute(query, _values(values)).fetchone()

    def do(self, statement: LiteralString, *values: object) -> int:
        """Change something; how many rows it was."""
        return self._connection.execute(statement, _values(values)).rowcount


def _values(values: Sequence[object]) -> Sequence[object] | None:
    return values or None
