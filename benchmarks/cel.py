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
from psycopg import sql

from xivolab.asterisk.cel.csv_file import read_csv
from xivolab.asterisk.cel.event import COLUMNS
from xivolab.asterisk.cel.postgres import CelDatabase, named_elsewhere
from xivolab.evidence.database import Database
from xivolab.testing.postgres import Cluster, cel_table, cluster, programs

_SAMPLE = Path(__file__).parents[1] / "sample_logs" / "blind-transfer" / "cel.csv"
_START = 1_795_420_050
_DAYS = 10
_AT = sql.SQL("to_timestamp(%s::float8) AT TIME ZONE 'UTC'")


def fill(server: Cluster, rows: int) -> None:
    """A table of at least `rows` rows over some days."""
    recorded = [row for _, row in read_csv(_SAMPLE.read_text()) if row]
    calls = rows // len(recorded) + 1
    each_s = _DAYS * 86400 / calls
    names = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(cel_table(sql.Identifier("cel")))
        connection.execute("ALTER TABLE cel SET UNLOGGED")
        connection.execute("CREATE TEMP TABLE recorded (LIKE cel INCLUDING DEFAULTS)")
        with connection.cursor() as cursor:
            marks = sql.SQL(", ").join(_AT if name == "eventtime" else sql.Placeholder() for name in COLUMNS)
            cursor.executemany(
                sql.SQL("INSERT INTO recorded ({}) VALUES ({})").format(names, marks),
                [[row.get(name, "") for name in COLUMNS] for row in recorded],
            )
        values = sql.SQL(", ").join(_counted_on(name, each_s) for name in COLUMNS)
        connection.execute(
            sql.SQL(
                "INSERT INTO cel ({}, call_log_id) SELECT {}, n FROM generate_series(0, {}) n, recorded "
                "ORDER BY n, recorded.id"
            ).format(names, values, sql.Literal(calls - 1))
        )
        for column in ("call_log_id", "eventtime", "linkedid"):
            connection.execute(
                sql.SQL("CREATE INDEX {} ON cel ({})").format(
                    sql.Identifier(f"cel__idx__{column}"), sql.Identifier(column)
                )
            )
        connection.execute("VACUUM ANALYZE cel")


def _counted_on(name: str, each_s: float) -> sql.Composable:
    """The value of a column in call number n."""
    column = sql.Identifier(name)
    if name == "eventtime":
        return sql.SQL("{} + n * interval '1 second' * {}").format(column, sql.Literal(each_s))
    if name in ("uniqueid", "linkedid"):
        return sql.SQL("({} + floor(n * {}))::bigint || '.' || (3 * n + split_part({}, '.', 2)::int)").format(
            sql.Literal(_START), sql.Literal(each_s), column
        )
    if name == "extra":  # bridges, and the channels that a transfer names, are each call's own
        return sql.SQL("replace(replace({}, {}, {} || n || '-'), {}, {})").format(
            column,
            sql.Literal('"bridge_id":"'),
            sql.Literal('"bridge_id":"'),
            sql.Literal(f"{_START}.0"),
            _counted_on("linkedid", each_s),
        )
    return column


def _server_ms(connection: psycopg.Connection[Any], statement: Any, values: Any) -> float:
    """Planning and execution of a statement, as EXPLAIN ANALYZE measures them: the median of nine, the cache warm."""
    times = []
    for _ in range(9):
        told = connection.execute(
            b"EXPLAIN (ANALYZE, FORMAT JSON) " + statement.as_bytes(connection), values
        ).fetchone()
        plan = (json.loads(told[0]) if isinstance(told[0], str) else told[0])[0] if told else {}
        times.append(plan["Planning Time"] + plan["Execution Time"])
    return float(median(times))


def one_call(server: Cluster) -> tuple[float, float, int]:
    """Server time in ms of the bare indexed query and of ours, and the rows of the call."""
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
