"""All tables of some evidence, each file read once; each table is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from xivolab.errors import Problem
from xivolab.evidence.database import Database
from xivolab.schema import PROBLEM
from xivolab.table import Table

if TYPE_CHECKING:
    from xivolab.asterisk.cel import CelRead, Group
    from xivolab.asterisk.cel.postgres import CelDatabase
    from xivolab.asterisk.cel.queue_log import QueueEvent
    from xivolab.asterisk.cel.queue_tables import Queues
    from xivolab.asterisk.cli import CliTables
    from xivolab.asterisk.dialplan import Dialplan
    from xivolab.asterisk.log import LogCall, Logs
    from xivolab.asterisk.log.reader import Block
    from xivolab.asterisk.rtp_log import RtpLines, ToldMedia
    from xivolab.calls import CallTables
    from xivolab.calls.hosts import Hosts
    from xivolab.calls.leg import Leg
    from xivolab.calls.sources import ToldCall
    from xivolab.case import EvidenceFile
    from xivolab.evidence.folder import HostInfo
    from xivolab.findings import Finding
    from xivolab.findings.log_signals import Spotter
    from xivolab.net.keylog import KeyLog
    from xivolab.net.reader import CaptureFacts
    from xivolab.scan import Progress, Scan
    from xivolab.sip.store import RawMessages
    from xivolab.sip.tables import SipTables


_PART = 128
"""So many calls of a database are told at once."""


class Reading:
    """What `files` say. `hosts` maps addresses to who is there; `problems` are those met before.

    `keys` open TLS; `tz` is the zone of local times that nothing else tells. `scanned` is what a scan of the captures found,
    where there was one already.
    """

    def __init__(
        self,
        files: Sequence[EvidenceFile],
        hosts: Mapping[str, HostInfo],
        problems: Sequence[Problem],
        progress: Progress | None,
        keys: KeyLog | None = None,
        *,
        tz: str | None = None,
        year: int | None = None,
        scanned: Scan | None = None,
    ) -> None:
        self._files = files
        self.captures = [file for file in files if file.kind == "capture"]
        self._log_files = [file for file in files if file.kind == "asterisk-log"]
        self._tz, self._year = tz, year
        self._hosts = hosts
        self._problems = problems
        self._cli_problems: list[Problem] = []  # of pastes that were read so far
        self._progress = progress
        self._keys = keys
        self._scanned = scanned
        self._tables: dict[str, Table] = {}

    def table(self, name: str) -> Table:
        """The table of that name (a key of `xivolab.schema.RECORDS`)."""
        if name not in self._tables:
            make: dict[str, Callable[[], Table]] = {
                "calls": self._judged_calls,
                "findings": self.findings_in,
                "dialogs": lambda: self.sip.dialogs,
                "streams": self._streams,
                "quality": lambda: self._scan.quality,
                "registrations": lambda: self.sip.registrations,
                "messages": lambda: self.sip.messages,
                "events": self._events,
                "icmp": self._icmp,
                "cel": self._cel_rows,
                "journal": self._journal,
                "log": self._log_records,
                "refusals": self._refusals,
                "hosts": lambda: self.hosts.table,
                "problems": lambda: _problem_table(
                    [
                        *self._problems,
                        *self._captured.problems,
                        *self._cel_problems(),
                        *self._log_problems(),
                        *self._told_problems(),
                        *self._cli_problems,
                    ]
                ),
            }
            self._tables[name] = make[name]()
        return self._tables[name]

    @property
    def bare_calls(self) -> Table:
        """The calls without their findings."""
        return self._calls.calls

    @cached_property
    def found(self) -> list[Finding]:
        """What the rules find, worst first."""
        from xivolab.findings import find

        return find(self)

    def _judged_calls(self) -> Table:
        from xivolab.findings import with_codes

        return with_codes(self._calls.calls, self.found)

    def findings_in(self, lang: str = "en", place: tzinfo = UTC) -> Table:
        """The findings, with sentences in that language and times of that place."""
        from xivolab.findings import finding_table

        return finding_table(self.found, self._calls.calls, lang, place)

    def kinds_of_evidence(self) -> frozenset[str]:
        """Which kinds of evidence there are: those of `xivolab.findings.registry`."""
        there = {
            "sip": bool(len(self._scan.messages)) or bool(self._log_files),
            "rtp": bool(len(self._scan.streams)),
            "log": bool(self._log_files),
            "cel": self._has_cel,
            "queues": any(file.kind == "queue-log" for file in self._files) or bool(self._databases),
            "cli": any(file.kind == "cli" for file in self._files) or bool(self._log_files),
        }
        return frozenset(kind for kind, is_there in there.items() if is_there)

    @property
    def names(self) -> Mapping[str, HostInfo]:
        """Name and role by IP."""
        return self.hosts.names

    @property
    def stream_places(self) -> Callable[[int], tuple[tuple[int, int], tuple[int, int]]]:
        """The first and last packet of a row of the streams: file number and frame."""
        return self._scan.rtp.places

    @property
    def marked_streams(self) -> set[int]:
        """The rows of the streams with digits, tones or changes in them."""
        return {mark.stream for mark in self._scan.marks}

    @property
    def file_names(self) -> list[str]:
        """The files, as given."""
        return [file.path for file in self._files]

    def _told_problems(self) -> list[Problem]:
        return [*self._told_messages[1], *self._media.problems] if self._log_files else []

    @property
    def has_logs(self) -> bool:
        """Whether there is a log of Asterisk's among the files."""
        return bool(self._log_files)

    def with_table(self, name: str, table: Table) -> Reading:
        """The same with another table of that name."""
        other = copy(self)
        other._tables = {**self._tables, name: table}
        return other

    @property
    def facts(self) -> list[CaptureFacts]:
        """What is known of each capture, in the order they were read."""
        return self._captured.facts

    @property
    def legs(self) -> list[list[Leg]]:
        """The legs of each row of the calls, the caller's first."""
        return self._calls.legs

    @cached_property
    def sip(self) -> SipTables:
        """The SIP messages and what they say: those captured, and those that only a log tells."""
        from xivolab.sip import analyse

        ends = [facts.last_time for facts in self.facts if facts.last_time is not None]
        files = [file.path for file in [*self.captures, *self._log_files]]
        raw = self._captured.messages
        if self._log_files:
            from xivolab.sip.merging import merged

            raw = merged(raw, self._told_messages[0])
            ends += self.logs.last_times
        return analyse(raw, files, max(ends, default=None), len(self.captures))

    @cached_property
    def _told_messages(self) -> tuple[RawMessages, list[Problem]]:
        """The SIP messages that logs print, and what is to be said of them."""
        from xivolab.asterisk.sip_log import log_messages

        return log_messages(self.logs, len(self.captures))

    @cached_property
    def _rtp_lines(self) -> RtpLines:
        """What the logs print of RTP, once they are read."""
        from xivolab.asterisk.rtp_log import RtpLines

        return RtpLines()

    @cached_property
    def cel(self) -> CelRead:
        """The channel events, and what else was printed beside them."""
        from xivolab.asterisk.cel.read import in_order, merged

        found = self._cel_files
        if self._databases:
            rows = [event for database in self._databases for event in database.events()]
            found = replace(found, events=in_order(merged([*found.events, *rows])))
        return found

    @cached_property
    def _cel_files(self) -> CelRead:
        from xivolab.asterisk.cel import CelFile, read_files

        files = [
            CelFile(file.path, file.kind, file.source, n, self._zone_of(file))
            for n, file in enumerate(self._files)
            if file.kind.startswith("cel-")
        ]
        return read_files(files, self._progress)

    @cached_property
    def _databases(self) -> list[CelDatabase]:
        """The databases, as they are asked for channel events."""
        from xivolab.asterisk.cel.postgres import CelDatabase

        return [
            CelDatabase(file.source, self._zone_of(file), n)
            for n, file in enumerate(self._files)
            if isinstance(file.source, Database)
        ]

    @property
    def comes_in_parts(self) -> bool:
        """Whether the calls can be told some at a time: those of one database, asked for a time, and of nothing else."""
        source = self._files[0].source if len(self._files) == 1 else None
        return isinstance(source, Database) and not {"linkedid", "call_log_id"} & set(source.options)

    def parts(self) -> Iterator[tuple[Reading, int | None]]:
        """The evidence some complete calls at a time, and since when (ns) others last; None when there are no others."""
        from xivolab.asterisk.cel import CelRead
        from xivolab.asterisk.cel.read import in_order

        groups: list[Group] = []
        for over, since in self._databases[0].batches():
            groups += over
            if len(groups) >= _PART or (since is None and groups):
                part = Reading(self._files, self._hosts, (), None, self._keys, tz=self._tz, year=self._year)
                events = in_order(event for group in groups for event in group.events)
                part.__dict__.update(cel=CelRead(events=events), cel_groups=groups)
                groups = []
                yield part, since

    @property
    def problems_so_far(self) -> Table:
        """What could not be read, when `parts()` are read."""
        return _problem_table([*self._problems, *(one for base in self._databases for one in base.problems)])

    def _told(self) -> Iterator[ToldCall]:
        """The calls that channel events tell. Those of a database are made as its rows come in: they are not all kept."""
        if not self._has_cel:
            return
        from xivolab.asterisk.cel import group
        from xivolab.calls.channels import told_calls

        if not self._databases or "cel" in self.__dict__:
            yield from told_calls(self.cel_groups)
            return
        yield from told_calls(group(self._cel_files.events))
        for database in self._databases:
            yield from told_calls(database.groups())

    @cached_property
    def cel_groups(self) -> list[Group]:
        """The channel events of each call."""
        from xivolab.asterisk.cel import group

        return group(self.cel.events)

    @property
    def _has_cel(self) -> bool:
        """Whether any evidence tells channel events; without it what reads them is not even imported."""
        return any(file.kind.startswith("cel-") or isinstance(file.source, Database) for file in self._files)

    def _cel_rows(self) -> Table:
        from xivolab.asterisk.cel import cel_table

        return self._with_call_ids(cel_table(self.cel.events, self.cel_groups, [file.path for file in self._files]))

    def _journal(self) -> Table:
        from xivolab.asterisk.cel.journal import journal_table

        rows = [row for rows in self._journal_rows() for row in rows]
        return self._with_call_ids(journal_table(rows, self.cel_groups))

    def _with_call_ids(self, table: Table) -> Table:
        """A table made of channel events whose `call` is the id that the call has in the table of calls."""
        ids = self._ids_of_groups
        calls = table["call"].copy()
        for row, call in enumerate(calls.tolist()):
            calls[row] = ids.get(call, call)
        return Table(table.record, {**table.columns, "call": calls})

    @cached_property
    def _ids_of_groups(self) -> dict[str, str]:
        """For each call of the channel events its id in the table of calls: another where SIP or a log tells it, too."""
        if not (self._log_files or any(file.kind == "capture" for file in self._files)):
            return {}
        calls = self._calls.calls
        owners = {key: call for call, keys in zip(calls["id"], calls["linkedids"], strict=True) for key in keys}
        return {
            one.id: next((owners[key] for key in one.linkedids if key in owners), one.id) for one in self.cel_groups
        }

    def _journal_rows(self) -> Iterator[Iterable[dict[str, Any]]]:
        """The rows of the journal, of each source."""
        from xivolab.asterisk.cel.journal import rows_of_cdr, rows_of_export, rows_of_table
        from xivolab.asterisk.cel.read import decoded

        for table_file, printed in self._cel_files.journal:
            yield rows_of_table(printed.dicts(), table_file.zone, table_file.path)
        for file in self._files:
            read = {"journal-csv": rows_of_export, "cdr-csv": rows_of_cdr}.get(file.kind)
            if read is not None:
                yield read(decoded(file.source, self._progress), self._zone_of(file), file.path)
        for database in self._databases:
            found = database.journal()
            yield rows_of_table(((None, row) for row in found), database.zone, database.name)

    def queues(self, every_s: float | None, within_s: float) -> Queues:
        """What queue_log tells: files, psql's print of the table, the table itself."""
        from xivolab.asterisk.cel.queue_tables import Queues

        events = [event for found in self._queue_events() for event in found]
        groups = self.cel_groups if self._cel_files.events or self._databases else []
        ids = self._ids_of_groups if groups else {}
        calls = {event.uniqueid: ids.get(one.id, one.id) for one in groups for event in one.events}
        return Queues(events, calls, every_s, within_s)

    def _queue_events(self) -> Iterator[Iterable[QueueEvent]]:
        from xivolab.asterisk.cel.queue_log import read_file, read_rows
        from xivolab.asterisk.cel.read import decoded

        for table_file, printed in self._cel_files.queues:
            yield read_rows(printed.dicts(), table_file.zone, table_file.path)
        for file in self._files:
            if file.kind == "queue-log":
                yield read_file(decoded(file.source, self._progress), file.path)[0]
        for database in self._databases:
            yield read_rows(((None, row) for row in database.queue_rows()), database.zone, database.name)

    def _cel_problems(self) -> list[Problem]:
        if not self._has_cel:
            return list(self._queue_problems())
        if self._databases and not any(name in self.__dict__ for name in ("_calls", "cel")):
            _ = self._calls  # which time was asked for is known then
        asked = (one for database in self._databases for one in database.problems)
        return [*self._cel_files.problems, *self._queue_problems(), *asked]

    def _queue_problems(self) -> Iterator[Problem]:
        """Lines of queue_log that are none."""
        for file in self._files:
            if file.kind == "queue-log":
                from xivolab.asterisk.cel.queue_log import read_file
                from xivolab.asterisk.cel.read import decoded

                if bad := read_file(decoded(file.source), file.path)[1]:
                    what = f"{len(bad)} {'line is' if len(bad) == 1 else 'lines are'} no event of queue_log"
                    yield Problem(file.path, f"line {bad[0]}", what)

    def _zone_of(self, file: EvidenceFile) -> tzinfo | None:
        """The zone of the local times in a file: as the case folder says, else as asked for; None where nothing tells."""
        name = file.time_zone or self._tz
        return ZoneInfo(name) if name else None

    @cached_property
    def cli(self) -> CliTables:
        """The output of Asterisk's command line."""
        from xivolab.asterisk.cli import CliTables, read_cli
        from xivolab.asterisk.cli.ties import tied
        from xivolab.evidence.recognise import holds_console

        # The log is pasted with it, as often as not.
        pasted = [
            file
            for file in self._files
            if file.kind == "cli" or (file.kind == "asterisk-log" and holds_console(file.source.head))
        ]
        tables = read_cli(((file.source, self._zone_of(file)) for file in pasted), self._cli_problems)
        if len(tables["channelstats"]):
            names = [name for table in ("channels", "pjsip-channels") for name in tables[table]["channel"]]
            tables["channelstats"] = tied(tables["channelstats"], names, self._calls_of_channels())
        return CliTables(tables)

    def _calls_of_channels(self) -> dict[str, set[str]]:
        """The ids of the calls that channel events name each channel in."""
        if not any(file.kind.startswith("cel-") for file in self._files):
            return {}
        calls = self._calls.calls
        owners = {key: call for call, keys in zip(calls["id"], calls["linkedids"], strict=True) for key in keys}
        found: dict[str, set[str]] = {}
        for group in self.cel_groups:
            ids = {owners[linkedid] for linkedid in group.linkedids if linkedid in owners}
            for name in {event.channame for event in group.events}:
                found.setdefault(name, set()).update(ids)
        return found

    @cached_property
    def dialplan(self) -> Dialplan:
        """The dialplan in files of extensions and in what `dialplan show` printed."""
        from xivolab.asterisk.dialplan.evidence import dialplan_of

        files = [(file.path, file.source) for file in self._files if file.kind == "dialplan"]
        return dialplan_of(files, self.cli.table("dialplan"))

    @cached_property
    def hosts(self) -> Hosts:
        """Who is at each address."""
        from xivolab.calls.hosts import find_hosts

        streams = self._scan.streams
        return find_hosts(self.sip.index, self._told_hosts, filter(None, [*streams["src"], *streams["dst"]]))

    @cached_property
    def _told_hosts(self) -> Mapping[str, HostInfo]:
        """The hosts that the case folder tells, and the Asterisk that wrote a capture itself: told by its logger's address."""
        from xivolab.calls.hosts import with_this_asterisk

        return with_this_asterisk(self._hosts, self._captured.messages)

    @cached_property
    def logs(self) -> Logs:
        """The logs of Asterisk; read when something of them is asked for."""
        from xivolab.asterisk.log import LogFile, Logs, Told, zone_named

        files = [LogFile(file.path, file.source, file.host, file.time_zone) for file in self._log_files]
        told = Told(zone_named(self._tz), self._year)
        return Logs(files, told, self._capture_times, self._progress, self._take_block)

    def _take_block(self, number: int, block: Block) -> None:
        """What else is made of the records of logs while they are read."""
        self._rtp_lines.take(number, block)
        self._spotting.take(number, block)

    @cached_property
    def _spotting(self) -> Spotter:
        from xivolab.findings import spotter

        return spotter()

    @property
    def spotted(self) -> Spotter:
        """The records that rules look for, noted while the logs were read."""
        _ = self.logs.facts
        return self._spotting

    def _capture_times(self) -> list[int]:
        """When the captures were made, for logs that do not tell their year."""
        facts_of = self.facts if self.captures else ()
        return [time for facts in facts_of for time in (facts.first_time, facts.last_time) if time is not None]

    def _log_problems(self) -> list[Problem]:
        return self.logs.problems if self._log_files else []

    def _log_records(self) -> Table:
        from xivolab.asterisk.log.records import log_table

        return log_table(self.logs)

    def log_lines(self, row: int) -> Table:
        """The log records of the call in that row."""
        from xivolab.asterisk.log.lines import call_lines

        calls = self._calls.calls
        told = [call for key, call in self.logged if key == calls["id"][row]]
        return call_lines(self.logs, told, calls["legs"][row])

    def of_one_call(self, key: str) -> Reading | None:
        """The same for one call of large logs, whose records alone are in its `log`; None where all has to be read for that.

        Raises UsageError where the key is that of several calls.
        """
        if not self._log_files or len(self._log_files) < len(self._files):
            return None
        from xivolab.asterisk.log.quick import names_one, quick_call

        number = "" if names_one(key) else _digits(key)
        found = quick_call(self.logs, key, number, lambda logs: self._of_logs(logs)._call_ids_of(key))
        if found is None:
            return None
        other = self._of_logs(found.excerpt)
        other._tables["log"] = found.lines if found.is_sure else other.log_lines(other._row_of(found.name))
        other._tables["problems"] = _problem_table([*self._problems, *found.excerpt.problems])
        return other

    def _of_logs(self, logs: Logs) -> Reading:
        """The same evidence with other logs."""
        other = Reading(self._files, self._hosts, self._problems, None, self._keys, tz=self._tz, year=self._year)
        other.__dict__["logs"] = logs
        return other

    def _row_of(self, key: str) -> int:
        from xivolab.objects import find_call

        return find_call(self._calls.calls, key)

    def _call_ids_of(self, key: str) -> list[str]:
        """The Call-IDs of the calls with an Asterisk call id."""
        calls = self._calls.calls
        return [leg for legs, ids in zip(calls["legs"], calls["log_ids"], strict=True) if key in ids for leg in legs]

    @cached_property
    def logged(self) -> list[tuple[str, LogCall]]:
        """The calls of the logs, each with the id of its row."""
        from xivolab.calls.logged import ids_of

        return ids_of(self.logs.calls, self._calls)

    def logged_with(self, callids: Collection[int]) -> list[tuple[str, LogCall]]:
        """Those of `logged` that have one of these Asterisk call ids."""
        from xivolab.calls.logged import calls_with

        return calls_with(self.logs.calls, callids, self._calls)

    def _refusals(self) -> Table:
        from xivolab.asterisk.log.refusals import refusal_table

        return refusal_table(self.logs)

    @property
    def _scan(self) -> Scan:
        """What the captures hold, and the streams that logs tell."""
        return self._media.scan if self._log_files else self._captured

    @cached_property
    def _media(self) -> ToldMedia:
        """The streams that logs tell, with those of the captures."""
        from xivolab.asterisk.log.boots import boot_of
        from xivolab.asterisk.rtp_log import ToldMedia, with_told_streams

        messages, lines = self._told_messages[0], self._rtp_lines
        if not lines:
            return ToldMedia(self._captured, {}, [])
        return with_told_streams(self._captured, self.logs, lines, messages, len(self.captures), boot_of(self.logs))

    @cached_property
    def _captured(self) -> Scan:
        if self._scanned is not None:
            return self._scanned
        from xivolab.scan import scan

        return scan([file.source for file in self.captures], self._progress, self._keys)

    @cached_property
    def _calls(self) -> CallTables:
        from xivolab.calls import StreamRows, build
        from xivolab.calls.related import with_related
        from xivolab.calls.sources import add_told

        roles = {address: (host.name, host.role) for address, host in self._told_hosts.items()}
        streams = StreamRows.of(self._scan.streams)
        told = build(self.sip, streams, roles)
        told = add_told(told, list(self._told()))
        if not self._log_files:
            return with_related(told, self.sip.index)
        from xivolab.calls.logged import ids_of, logged_calls, logged_table
        from xivolab.calls.logged_media import calls_of, tie_logged

        if len(told.calls) or self.logs.calls.share_call_ids:
            told = add_told(told, list(logged_calls(self.logs.calls, told)))
        else:
            calls = logged_table(self.logs.calls)
            told = replace(told, calls=calls, legs=[[] for _ in range(len(calls))])
        told = with_related(told, self.sip.index)
        if not self._media.flows:
            return told
        return tie_logged(told, streams, calls_of(self.logs, self._media.flows, ids_of(self.logs.calls, told)))

    @property
    def stream_legs(self) -> list[str | None]:
        """For each row of the streams the Call-ID of its leg, None for one without."""
        return self._calls.stream_legs

    def _icmp(self) -> Table:
        from xivolab.calls import StreamRows
        from xivolab.calls.unreached import icmp_table

        return icmp_table(self._scan.icmp, self.sip, StreamRows.of(self._scan.streams), self._calls)

    def _events(self) -> Table:
        legs = dict(zip(self._calls.calls["id"].tolist(), self._calls.legs, strict=True))
        return self._events_of(legs, range(len(self.table("streams"))), self.table("icmp"), self.cel_groups)

    def call_events(self, row: int) -> Table:
        """The events of the call in that row: those of the others are not looked for."""
        calls = self._calls.calls
        if "events" in self._tables:
            events = self._tables["events"]
            return events.select(events["call"] == calls["id"][row])
        errors = self.table("icmp")
        of_call = errors.select(errors["call"] == calls["id"][row])
        legs = {calls["id"][row]: self._calls.legs[row]}
        return self._events_of(legs, calls["streams"][row], of_call, self.groups_of(row))

    def groups_of(self, row: int) -> list[Group]:
        """The channel events of the call in that row: as a rule one group, none without CEL."""
        keys = [self._calls.calls["id"][row], *self._calls.calls["linkedids"][row]]
        return [self.cel_groups[n] for n in sorted({n for key in keys for n in self._groups_by_key.get(key, ())})]

    @cached_property
    def _groups_by_key(self) -> dict[str, list[int]]:
        """Which of `cel_groups` have an id or a linked id."""
        found: dict[str, list[int]] = {}
        for n, one in enumerate(self.cel_groups):
            for key in (one.id, *one.linkedids):
                found.setdefault(key, []).append(n)
        return found

    def _events_of(
        self, legs: Mapping[str, Sequence[Leg]], streams: Iterable[int], errors: Table, groups: Iterable[Group]
    ) -> Table:
        from xivolab.events import channel_events, event_table, icmp_events, media_events, signalling_events

        places, marks = self._scan.rtp.places, self._scan.marks
        return event_table(
            [
                *signalling_events(self.sip, legs, self._scan.rtp.fax),
                *media_events(self.table("streams"), places, marks, self.sip.files, streams),
                *icmp_events(errors),
                *channel_events(groups, [file.path for file in self._files]),
            ]
        )

    def _streams(self) -> Table:
        streams = self._scan.streams
        told = self._calls
        streams.columns["call"][:] = told.stream_calls
        streams.columns["matched_by"][:] = [rule or "sequence" for rule in told.stream_rules]
        streams.columns["ptime_sdp_ms"][:] = [
            float("nan") if agreed.ptime_ms is None else agreed.ptime_ms for agreed in told.stream_agreed
        ]
        # Where no SDP tells, the handshake on the port does.
        keys = zip(told.stream_agreed, streams["dtls"] > 0, streams["zrtp"] > 0, strict=True)
        streams.columns["srtp"][:] = [
            agreed.security or ("dtls" if dtls else "zrtp" if zrtp else None) for agreed, dtls, zrtp in keys
        ]
        return streams


def _problem_table(problems: Sequence[Problem]) -> Table:
    rows = [
        {
            "id": f"problem-{number}",
            "severity": problem.severity,
            "file": problem.file,
            "place": problem.place,
            "what": problem.what,
            "remedy": problem.remedy,
        }
        for number, problem in enumerate(problems, 1)
    ]
    return Table.from_rows(PROBLEM, rows)


def _digits(key: str) -> str:
    """The digits that all writings of a number share."""
    from xivolab.calls.numbers import number_key

    return number_key(key) or ""
