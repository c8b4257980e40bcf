"""CEL and XiVO's journal in PostgreSQL: asked read-only, with parameters, for a time or a call, by a cursor on the server.

The table may be of millions of rows: memory holds the calls that last, not the rows. One call costs the server two looks into the index
of `linkedid`: its rows, then those of the linked ids that its channels and transfers name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from xivolab.asterisk.cel.clock import Clock, Told, read_time, told_moment
from xivolab.asterisk.cel.event import COLUMNS, EVENT_NAMES, CelEvent, epoch_of, order_key
from xivolab.asterisk.cel.groups import Group, Grouper
from xivolab.errors import EvidenceError, Problem, UsageError
from xivolab.evidence.database import Database

if TYPE_CHECKING:
    import psycopg
    from psycopg import sql

_DEFAULT_TABLES = {"cel": "cel", "call_log": "call_log", "queue_log": "queue_log"}
_TIMEOUT_S = 60
_BATCH = 2000
_STEP = 1000
_DAY = timedelta(days=1)
_NAMED = re.compile(
    r'"(?:transferee_channel_uniqueid|transfer_target_channel_uniqueid|channel2_uniqueid|pickup_channel_uniqueid'
    r'|local_two_uniqueid)" ?: ?"([^"]+)"'
)
_MOST_LINKEDIDS = 1000
_AROUND = timedelta(hours=2)

Query = tuple["sql.Composed", list[Any]]


class CelDatabase:
    """One database. `zone` is that of its local times where nothing proves another; `file` its place among the files of the case."""

    def __init__(self, database: Database, zone: tzinfo | None = None, file: int = 0) -> None:
        self._database = database
        self.zone = zone
        self.name = database.name
        self._file = file
        self.problems: list[Problem] = []
        self.asked: list[str] = []

    @contextmanager
    def connect(self) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """A read-only connection whose queries are stopped after a while. Raises EvidenceError, UsageError."""
        import psycopg

        timeout = self._timeout()
        try:
            with psycopg.connect(
                self._database.conninfo,
                connect_timeout=10,
                application_name="xivolab",
                options=f"-c default_transaction_read_only=on -c statement_timeout={timeout * 1000} -c DateStyle=ISO",
            ) as connection:
                connection.read_only = True
                yield connection
        except psycopg.errors.UndefinedTable as error:
            raise self._error(error, "name the table in the address: ?cel=SCHEMA.TABLE") from None
        except psycopg.errors.UndefinedColumn as error:
            raise self._error(error, "name the column in the address: ?column.eventtime=NAME") from None
        except psycopg.errors.QueryCanceled as error:
            raise self._error(error, "ask for less time (--since, --until), or allow more: ?timeout=SECONDS") from None
        except psycopg.errors.InsufficientPrivilege as error:
            raise self._error(error, "ask for the right to read it: GRANT SELECT") from None
        except psycopg.Error as error:
            raise self._error(error, "check the address, the user and the server") from None

    def _timeout(self) -> int:
        told = self._database.options.get("timeout", str(_TIMEOUT_S))
        if not told.isdecimal() or not int(told):
            raise UsageError(f"{told!r} is no number of seconds", "timeout", "write ?timeout=60")
        return int(told)

    def _error(self, error: Exception, remedy: str) -> EvidenceError:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        return EvidenceError(lines[0] if lines else type(error).__name__, self._database.name, remedy)

    def check(self) -> None:
        """Whether the database answers. Raises EvidenceError when it does not."""
        with self.connect() as connection:
            connection.execute("SELECT 1")

    # --- which columns, which zone, which time --------------------------------------------------------------------------

    def table(self, name: str) -> sql.Identifier:
        """The name of a table there, quoted."""
        from psycopg import sql

        return sql.Identifier(*self._database.options.get(name, _DEFAULT_TABLES[name]).split("."))

    def column(self, name: str) -> str:
        """What a column is called there."""
        return self._database.options.get(f"column.{name}", name)

    def _columns(self, connection: psycopg.Connection[tuple[Any, ...]]) -> dict[str, str]:
        """The columns that are there: our name, theirs."""
        from psycopg import sql

        found = connection.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(self.table("cel")))
        there = {column.name for column in found.description or ()}
        wanted = ("id", *COLUMNS, "call_log_id")
        columns = {name: self.column(name) for name in wanted if self.column(name) in there}
        if "eventtime" not in columns or "eventtype" not in columns:
            raise EvidenceError(
                "this table has no eventtime and eventtype", self._database.name, "name them: ?column.eventtime=NAME"
            )
        return columns

    def _server_zone(self, connection: psycopg.Connection[tuple[Any, ...]], columns: dict[str, str]) -> tzinfo | None:
        """The zone of local times there: as the newest channel's unique id proves, else as was said."""
        from psycopg import sql

        if "uniqueid" not in columns or "id" not in columns:
            return self.zone
        newest = connection.execute(
            sql.SQL("SELECT {}, {}, {} FROM {} ORDER BY {} DESC LIMIT 200").format(
                *(sql.Identifier(columns[name]) for name in ("eventtime", "uniqueid", "eventtype")),
                self.table("cel"),
                sql.Identifier(columns["id"]),
            )
        )
        for time, uniqueid, eventtype in newest:
            begun = epoch_of(str(uniqueid))
            if (
                str(eventtype) not in ("CHAN_START", "1")
                or begun is None
                or not isinstance(time, datetime)
                or time.tzinfo
            ):
                continue
            event = CelEvent(eventtype="CHAN_START", uniqueid=str(uniqueid))
            Clock(self.zone).place(event, told_moment(time))
            if event.zone == "uniqueid":
                local = time.replace(tzinfo=UTC).timestamp()
                offset = timezone(timedelta(seconds=round((local - event.time / 1e9) / 900) * 900))
                if self.zone is None or datetime.fromtimestamp(begun, self.zone).utcoffset() != offset.utcoffset(None):
                    return offset
                return self.zone
        return self.zone

    def _window(self, connection: psycopg.Connection[tuple[Any, ...]], columns: dict[str, str]) -> tuple[Any, Any]:
        """From when to when, as values of the column. Without both: the last day that has rows."""
        from psycopg import sql

        column = sql.Identifier(columns["eventtime"])
        newest = connection.execute(sql.SQL("SELECT max({}) FROM {}").format(column, self.table("cel"))).fetchone()
        last = newest[0] if newest else None
        if last is None:
            return None, None
        adapt = _adapter(last, self._server_zone(connection, columns))
        since, until = (self._moment(name) for name in ("since", "until"))
        if since is None and until is None:
            begin = _less_a_day(last)
            what = f"the last day of the table, since {begin}"
            told = Problem(self._database.name, "cel", what, "ask for more: --since", "info")
            if told not in self.problems:  # the table may be asked twice
                self.problems.append(told)
            return begin, None
        return adapt(since), adapt(until)

    def _moment(self, name: str) -> datetime | None:
        told = self._database.options.get(name)
        if told is None:
            return None
        read = read_time(told) if not re.fullmatch(r"\d{4}-\d\d-\d\d", told) else read_time(f"{told} 00:00:00")
        if read.ns is None and read.local is None:
            raise UsageError(f"{told!r} is not a time", name, "write 2026-11-23T09:30:00 or epoch seconds")
        if read.ns is not None:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=read.ns // 1000)
        naive = datetime(1970, 1, 1) + timedelta(microseconds=(read.local or 0) // 1000)
        return naive.replace(tzinfo=self.zone) if self.zone else naive.astimezone()

    # --- rows -----------------------------------------------------------------------------------------------------------

    def events(self) -> Iterator[CelEvent]:
        """The events asked for, by time as far as the table has it: of a call, a row of the journal, or a time."""
        options = self._database.options
        with self.connect() as connection:
            columns = self._columns(connection)
            if "linkedid" in options:
                yield from self._placed(self._call_rows(connection, columns, [options["linkedid"]]), columns)
            elif "call_log_id" in options:
                yield from self._placed(self._journal_rows(connection, columns, options["call_log_id"]), columns)
            else:
                since, until = self._window(connection, columns)
                yield from self._placed(self._rows(connection, self.window_query(columns, since, until)), columns)

    def groups(self) -> Iterator[Group]:
        """The calls among these events; a call is given as soon as it is over, and forgotten here."""
        for over, _ in self.batches():
            yield from over

    def batches(self) -> Iterator[tuple[list[Group], int | None]]:
        """The calls that are over, some at a time, and since when (ns) others last; None when there are no others."""
        grouper = Grouper()
        for number, event in enumerate(self.events()):
            grouper.add(event)
            if number % _STEP == _STEP - 1:
                over = list(map(_sorted, grouper.finished(event.time)))
                yield over, min(event.time, grouper.since() or event.time)
        yield list(map(_sorted, grouper.rest())), None

    def window_query(self, columns: dict[str, str], since: Any, until: Any) -> Query:
        """The rows of a time."""
        from psycopg import sql

        tests, values = [], []
        for limit, sign in ((since, ">="), (until, "<=")):
            if limit is not None:
                tests.append(sql.SQL("{} " + sign + " %s").format(sql.Identifier(columns["eventtime"])))
                values.append(limit)
        where = sql.SQL(" WHERE ") + sql.SQL(" AND ").join(tests) if tests else sql.SQL("")
        order = [sql.Identifier(columns[name]) for name in ("eventtime", "id") if name in columns]
        return self._select(columns) + where + sql.SQL(" ORDER BY ") + sql.SQL(", ").join(order), values

    def call_query(self, columns: dict[str, str], linkedids: Sequence[str]) -> Query:
        """The rows of some linked ids."""
        from psycopg import sql

        where = sql.SQL(" WHERE {} = ANY(%s)").format(sql.Identifier(columns["linkedid"]))
        return self._select(columns) + where, [list(linkedids)]

    def _select(self, columns: dict[str, str]) -> sql.Composed:
        from psycopg import sql

        names = sql.SQL(", ").join(sql.Identifier(name) for name in columns.values())
        return sql.SQL("SELECT {} FROM {}").format(names, self.table("cel"))

    def _rows(self, connection: psycopg.Connection[tuple[Any, ...]], query: Query) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, some thousands at a time."""
        statement, values = query
        self.asked.append(_shown(statement.as_string(connection), values))
        with connection.cursor(name="xivolab") as cursor:
            cursor.execute(statement, values)
            while rows := cursor.fetchmany(_BATCH):
                yield from rows

    def _call_rows(
        self, connection: psycopg.Connection[tuple[Any, ...]], columns: dict[str, str], linkedids: Iterable[str]
    ) -> list[tuple[Any, ...]]:
        """The rows of a call: of its linked id, then of those that its channels had before, or that it was joined to."""
        if "linkedid" not in columns:
            raise EvidenceError("this table has no linkedid", self._database.name, "ask for a time: --since, --until")
        asked: set[str] = set()
        wanted = set(linkedids)
        found: list[CelEvent] = []
        rows: list[tuple[Any, ...]] = []
        make = _maker(list(columns))
        while wanted and len(asked) < _MOST_LINKEDIDS:
            more = connection.execute(*self._told(connection, self.call_query(columns, sorted(wanted)))).fetchall()
            asked |= wanted
            rows += more
            found += map(make, more)
            wanted = named_elsewhere(found) - asked
            if not wanted and (strays := strays_of(found)) and more:
                wanted = self._elsewhere(connection, columns, strays, rows) - asked
        at = list(columns).index("eventtime")
        return sorted(rows, key=lambda row: str(row[at]))

    def _elsewhere(
        self,
        connection: psycopg.Connection[tuple[Any, ...]],
        columns: dict[str, str],
        strays: Sequence[str],
        rows: Sequence[tuple[Any, ...]],
    ) -> set[str]:
        """The linked ids of channels that begin or end under another one: looked for around the time of the rows."""
        from psycopg import sql

        times = [row[list(columns).index("eventtime")] for row in rows]
        statement = sql.SQL("SELECT DISTINCT {} FROM {} WHERE {} = ANY(%s) AND {} BETWEEN %s AND %s").format(
            sql.Identifier(columns["linkedid"]),
            self.table("cel"),
            sql.Identifier(columns["uniqueid"]),
            sql.Identifier(columns["eventtime"]),
        )
        query = statement, [list(strays), _shifted(min(times), -_AROUND), _shifted(max(times), _AROUND)]
        return {str(row[0]) for row in connection.execute(*self._told(connection, query))}

    def _journal_rows(
        self, connection: psycopg.Connection[tuple[Any, ...]], columns: dict[str, str], number: str
    ) -> list[tuple[Any, ...]]:
        """The rows that the journal's row names, as the course teaches: `select * from cel where call_log_id = 65`."""
        from psycopg import sql

        if "call_log_id" not in columns or not number.isdecimal():
            raise UsageError(
                f"no row {number!r} of the journal", "call_log_id", "write a number; the table needs call_log_id"
            )
        where = sql.SQL(" WHERE {} = %s").format(sql.Identifier(columns["call_log_id"]))
        return connection.execute(*self._told(connection, (self._select(columns) + where, [int(number)]))).fetchall()

    def _told(self, connection: psycopg.Connection[tuple[Any, ...]], query: Query) -> Query:
        self.asked.append(_shown(query[0].as_string(connection), query[1]))
        return query

    def _placed(self, rows: Iterable[tuple[Any, ...]], columns: dict[str, str]) -> Iterator[CelEvent]:
        """The events of rows, with their times."""
        clock = Clock(self.zone)
        make = _maker(list(columns))
        at = list(columns).index("eventtime")
        for order, row in enumerate(rows):
            event = make(row)
            event.file, event.order = self._file, order
            time = row[at]
            clock.place(event, told_moment(time) if isinstance(time, datetime) else _told_number(time))
            yield event

    def _exists(self, name: str) -> bool:
        """Whether a table is there; one that the address names has to be."""
        if name in self._database.options:
            return True
        with self.connect() as connection:
            found = connection.execute("SELECT to_regclass(%s)", [_DEFAULT_TABLES[name]]).fetchone()
        return found is not None and found[0] is not None

    # --- the journal ----------------------------------------------------------------------------------------------------

    def journal(self) -> list[dict[str, Any]]:
        """Rows of XiVO's journal (call_log) in the time asked for, or the one row asked for; the newest 1000 without.

        None where there is no such table.
        """
        from psycopg import sql

        options = self._database.options
        if not self._exists("call_log"):
            return []
        table = self.table("call_log")
        with self.connect() as connection:
            if "call_log_id" in options:
                query: Query = (sql.SQL("SELECT * FROM {} WHERE id = %s").format(table), [int(options["call_log_id"])])
            else:
                query = self._journal_window(connection)
            found = connection.execute(*self._told(connection, query))
            names = [column.name for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchmany(1000)]

    def _journal_window(self, connection: psycopg.Connection[tuple[Any, ...]]) -> Query:
        from psycopg import sql

        zone = self._server_zone(connection, self._columns(connection))
        first = connection.execute(sql.SQL("SELECT max(date) FROM {}").format(self.table("call_log"))).fetchone()
        adapt = _adapter(first[0] if first else None, zone)
        limits = [("since", ">="), ("until", "<=")]
        told = [(sign, adapt(self._moment(name))) for name, sign in limits if self._moment(name) is not None]
        tests = sql.SQL(" AND ").join(sql.SQL("date " + sign + " %s") for sign, _ in told)
        where = sql.SQL(" WHERE ") + tests if told else sql.SQL("")
        return sql.SQL("SELECT * FROM {}").format(self.table("call_log")) + where + sql.SQL(" ORDER BY date DESC"), [
            value for _, value in told
        ]

    # --- queues ---------------------------------------------------------------------------------------------------------

    def queue_rows(self) -> Iterator[dict[str, Any]]:
        """The rows of queue_log, values by column; of the time asked for. None where there is no such table."""
        from psycopg import sql

        if not self._exists("queue_log"):
            return
        with self.connect() as connection:
            limits = [(self._moment(name), sign) for name, sign in (("since", ">="), ("until", "<="))]
            told = [(moment, sign) for moment, sign in limits if moment is not None]
            first = connection.execute(
                sql.SQL("SELECT time FROM {} LIMIT 1").format(self.table("queue_log"))
            ).fetchone()
            adapt = _adapter(first[0] if first else None, self.zone)
            tests = sql.SQL(" AND ").join(sql.SQL("time " + sign + " %s") for _, sign in told)
            where = sql.SQL(" WHERE ") + tests if told else sql.SQL("")
            query = sql.SQL("SELECT * FROM {}").format(self.table("queue_log")) + where + sql.SQL(" ORDER BY time")
            values = [adapt(moment) for moment, _ in told]
            self.asked.append(_shown(query.as_string(connection), values))
            with connection.cursor(name="xivolab") as cursor:
                cursor.itersize = _BATCH
                cursor.execute(query, values)
                names = [column.name for column in cursor.description or ()]
                for row in cursor:
                    yield dict(zip(names, row, strict=True))


def _sorted(group: Group) -> Group:
    group.events.sort(key=order_key)
    return group


def _shown(statement: str, values: Sequence[Any]) -> str:
    """A statement as one would type it into psql, for people to read and learn from."""
    for value in values:
        told = ", ".join(_literal(one) for one in value) if isinstance(value, list) else _literal(value)
        statement = statement.replace(
            "= ANY(%s)" if isinstance(value, list) else "%s", f"IN ({told})" if isinstance(value, list) else told, 1
        )
    return statement.replace('"', "") + ";"


def _literal(value: Any) -> str:
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def named_elsewhere(events: Sequence[CelEvent]) -> set[str]:
    """Ids that these rows of a call name and that may be linked ids of more of it."""
    seen = {event.uniqueid for event in events}
    named = {name for event in events if event.extra for name in _NAMED.findall(event.extra)}
    return {event.linkedid for event in events if event.linkedid} | (named - seen - {"N/A"})


def strays_of(events: Sequence[CelEvent]) -> list[str]:
    """The channels that do not begin or do not end in these rows: the others of theirs have another linked id."""
    begun = {event.uniqueid for event in events if event.eventtype == "CHAN_START"}
    gone = {event.uniqueid for event in events if event.eventtype in ("CHAN_END", "HANGUP")}
    return sorted({event.uniqueid for event in events if event.uniqueid} - (begun & gone))


def _less_a_day(last: Any) -> Any:
    return _shifted(last, -_DAY)


def _shifted(value: Any, by: timedelta) -> Any:
    """A time of the column, some time before or after."""
    if isinstance(value, datetime):
        return value + by
    if isinstance(value, int | float):
        return type(value)(value + by.total_seconds())
    told = read_time(str(value))
    if told.ns is not None:
        return f"{told.ns / 1e9 + by.total_seconds():.6f}"
    moment = datetime(1970, 1, 1) + timedelta(microseconds=(told.local or 0) // 1000)
    return (moment + by).isoformat(" ")


def _adapter(sample: Any, zone: tzinfo | None) -> Callable[[datetime | None], Any]:
    """Turns a moment into a value of the column that `sample` is from."""

    def adapt(moment: datetime | None) -> Any:
        if moment is None:
            return None
        if isinstance(sample, datetime):
            return moment if sample.tzinfo else moment.astimezone(zone).replace(tzinfo=None)
        if isinstance(sample, int | float):
            return type(sample)(moment.timestamp())
        if sample is not None and re.fullmatch(r"\d+(\.\d+)?", str(sample)):
            return f"{moment.timestamp():.6f}"
        local = moment.astimezone(zone).replace(tzinfo=None)
        return local if sample is None else local.isoformat(" ")

    return adapt


def _told_number(value: Any) -> Told:
    return read_time(str(value)) if value is not None else Told()


def _maker(columns: Sequence[str]) -> Callable[[tuple[Any, ...]], CelEvent]:
    """Makes the event of a row with these columns."""
    texts = [one.name for one in fields(CelEvent) if one.name in COLUMNS]
    places = [columns.index(name) if name in columns else -1 for name in texts]
    number = columns.index("id") if "id" in columns else -1
    journal = columns.index("call_log_id") if "call_log_id" in columns else -1
    of_row = itemgetter(*places)

    def make(row: tuple[Any, ...]) -> CelEvent:
        row = (*row, "")  # what is at -1: a column that is not there
        values = of_row(row)
        if set(map(type, values)) != _TEXTS:
            values = tuple(map(_text, values))
        event = CelEvent(0, *values)
        if event.eventtype.isdecimal() and 1 <= int(event.eventtype) <= len(EVENT_NAMES):
            event.eventtype = EVENT_NAMES[int(event.eventtype) - 1]
        event.number = row[number] if number >= 0 else None
        event.call_log_id = row[journal] if journal >= 0 else None
        return event

    return make


_TEXTS = {str}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
