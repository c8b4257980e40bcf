"""CEL of a large installation in PostgreSQL: what one call costs the server, and the day's call table the client.

    python -m benchmarks.cel [ROWS]

The rows are those of a recorded call, over and over, with ids and times of their own; the table and its indexes are XiVO's.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from xivolab.asterisk.cel.csv_file import read_csv
from xivolab.asterisk.cel.event import COLUMNS
from xivolab.asterisk.cel.postgres import CelDatabase, named_elsewhere
from xivolab.evidence.database import Database
from xivolab.testing.postgres import Cluster, cluster, programs

_SAMPLE = Path(__file__).parents[1] / "sample_logs" / "blind-transfer" / "cel.csv"
_START = 1_795_420_050
_DAYS = 20
_TABLE = (
    "id serial, eventtype varchar(30) NOT NULL, eventtime timestamp NOT NULL, "
    + ", ".join(f"{name} text NOT NULL" for name in COLUMNS if name not in ("eventtype", "eventtime", "extra"))
    + ", extra text, call_log_id integer"
)


def fill(server: Cluster, rows: int) -> None:
    """A table of at least `rows` rows over some days."""
    recorded = [row for _, row in read_csv(_SAMPLE.read_text()) if row]
    calls = rows // len(recorded) + 1
    each_s = _DAYS * 86400 / calls
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(f"CREATE UNLOGGED TABLE cel ({_TABLE})")  # type: ignore[arg-type]
        connection.execute(f"CREATE TEMP TABLE recorded ({_TABLE})")  # type: ignore[arg-type]
        with connection.cursor() as cursor:
            marks = ", ".join(
                "to_timestamp(%s::float8) AT TIME ZONE 'UTC'" if c == "eventtime" else "%s" for c in COLUMNS
            )
            cursor.executemany(
                f"INSERT INTO recorded ({', '.join(COLUMNS)}) VALUES ({marks})",  # type: ignore[arg-type]
                [[row.get(name, "") for name in COLUMNS] for row in recorded],
            )
        shift = f"n * interval '{each_s} seconds'"
        ids = {
            name: f"({_START} + floor(n * {each_s}))::bigint || '.' || (3 * n + split_part({name}, '.', 2)::int)"
            for name in ("uniqueid", "linkedid")
        }
        # Bridges and the channels that a transfer names are each call's own.
        extra = "replace(extra, '\"bridge_id\":\"', '\"bridge_id\":\"' || n || '-')"
        extra = f"replace({extra}, '{_START}.0', {ids['linkedid']})"
        values = ", ".join(
            {"eventtime": f"eventtime + {shift}", "extra": extra, **ids}.get(name, name) for name in COLUMNS
        )
        connection.execute(
            f"INSERT INTO cel ({', '.join(COLUMNS)}, call_log_id) SELECT {values}, n "  # type: ignore[arg-type]
            f"FROM generate_series(0, {calls - 1}) n, recorded ORDER BY n, recorded.id"
        )
        connection.execute("ALTER TABLE cel ADD PRIMARY KEY (id)")
        for column in ("call_log_id", "eventtime", "linkedid"):
            connection.execute(f"CREATE INDEX cel__idx__{column} ON cel ({column})")  # type: ignore[arg-type]
        connection.execute("VACUUM ANALYZE cel")


def _server_ms(connection: psycopg.Connection[Any], statement: Any, values: Any) -> float:
    """Planning and execution of a statement, as EXPLAIN ANALYZE measures them: the median of nine, the cache warm."""
    times = []
    for _ in range(9):
        told = connection.execute(
            b"EXPLAIN (ANALYZE, FORMAT JSON) " + statement.as_bytes(connection), values
        ).fetchone()
        plan = (json.loads(told[0]) if isinstance(told[0], str) else told[0])[0] if told else {}
        times.append(plan["Planning Time"] + plan["Execution Time"])
    return median(times)


def one_call(server: Cluster) -> tuple[float, float, int]:
    """Server time in ms of the bare indexed query and of ours, and the rows of the call."""
    from psycopg import sql

    with psycopg.connect(server.dsn) as connection:
        middle = connection.execute("SELECT linkedid FROM cel WHERE id = (SELECT max(id) / 2 FROM cel)").fetchone()
    linkedid = str(middle[0]) if middle else ""
    database = CelDatabase(Database(f"{server.dsn}&linkedid={linkedid}"))
    rows = list(database.events())
    columns = {name: name for name in ("id", *COLUMNS, "call_log_id")}
    wanted = sorted(named_elsewhere(rows) - {linkedid})
    with psycopg.connect(server.dsn) as connection:
        bare = _server_ms(connection, sql.SQL("SELECT * FROM cel WHERE linkedid = %s"), [linkedid])
        ours = sum(_server_ms(connection, *database.call_query(columns, ids)) for ids in ([linkedid], wanted) if ids)
    return bare, ours, len(rows)


def day_of_calls(dsn: str, days: float) -> tuple[float, int, int]:
    """Seconds, MB and calls of `xivolab calls --jsonl` for some time in the middle of the table, as a process."""
    since = _START + 8 * 86400
    words = [str(Path(sys.executable).parent / "xivolab"), "calls", f"{dsn}&since={since}&until={since + days * 86400}"]
    begun = time.perf_counter()
    with subprocess.Popen([*words, "--jsonl", "--tz", "UTC"], stdout=subprocess.PIPE) as process:
        lines = sum(1 for _ in process.stdout or ())
    seconds = time.perf_counter() - begun
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, lines - 1


def main(rows: int = 5_000_000) -> None:
    """Fill a server, ask it, print what it cost."""
    with cluster({"shared_buffers": "256MB", "jit": "off", "max_wal_size": "'4GB'"}) as server:
        begun = time.perf_counter()
        fill(server, rows)
        print(f"{rows} rows of CEL in PostgreSQL, made in {time.perf_counter() - begun:.0f} s")
        bare, ours, count = one_call(server)
        print(
            f"one call, {count} rows: server {ours:.3f} ms, bare indexed query {bare:.3f} ms: x{ours / bare:.2f} (at most 2)"
        )
        for days in (0.25, 1.0):  # the peak is that of all children so far: the shorter time first
            seconds, memory, calls = day_of_calls(server.dsn, days)
            print(f"calls of {days * 24:.0f} hours: {calls} calls, {seconds:.1f} s, {memory} MB")


def cel(folder: Path, full: bool) -> None:
    """The same among the other benchmarks; `folder` and `full` are of no use to a server."""
    print()
    if programs() is None:
        print("CEL: no PostgreSQL server on this machine")
    else:
        main()
    print()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
