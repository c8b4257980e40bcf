"""Waits for the end of calls and writes the journal, until it is stopped. Its argument: how to connect."""

from __future__ import annotations

import sys

import psycopg
from psycopg import sql

from xivolab.bench.call_logd.journal import CHANNEL, unwritten, write

SOCKET = "host=/run/postgresql dbname=asterisk user=asterisk application_name=call_logd"


def main(conninfo: str) -> None:
    """Write what was missed, then each call when the database tells that it is over."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        for linkedid in unwritten(connection):
            write(connection, linkedid)
        while True:
            # In whole lists: while it gives them one by one, the connection can be used for nothing else.
            for told in list(connection.notifies(stop_after=1)):
                write(connection, told.payload)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else SOCKET)
