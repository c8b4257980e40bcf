"""A case: the evidence of one question. Opening recognises the files; the first table asked for reads them all, once."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xivolab.errors import EvidenceError, Problem, UsageError, XivolabError
from xivolab.evidence.archive import Place, open_archive
from xivolab.evidence.database import Database, is_database
from xivolab.evidence.folder import FolderFile, HostInfo, read_folder
from xivolab.evidence.recognise import KINDS, archive_kind, holds_psql, is_native, recognise, taken_for
from xivolab.evidence.source import STDIN, Source
from xivolab.schema import RECORDS

if TYPE_CHECKING:
    import pandas as pd

    from xivolab.asterisk.cel.queue_tables import Queues
    from xivolab.asterisk.cli import CliTables
    from xivolab.asterisk.dialplan import Dialplan
    from xivolab.growing import GrowingScan
    from xivolab.net.keylog import KeyLog
    from xivolab.objects import Call, Message, Stream
    from xivolab.reading import Reading
    from xivolab.scan import Progress, Scan
    from xivolab.table import Table
    from xivolab.views.counters import Counters
    from xivolab.work.traffic import Traffic

Evidence = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file of a case. `path` is as given; `kind` one of `xivolab.evidence.recognise.KINDS`; `time_zone` as the folder tells."""

    path: str
    kind: str
    source: Source
    host: str | None = None
    capture_point: str | None = None
    time_zone: str | None = None


class Case:
    """Everything a piece of evidence tells. It never changes.

    `calls`, `dialogs`, `streams`, `quality`, `registrations`, `messages`, `events`, `icmp`, `cel`, `log`, `findings`, `hosts` and
    `problems` are DataFrames; `table(name)` gives the same without pandas. `told_hosts` maps an IP to what the case folder says of it.
    Raises EvidenceError when a file that was named cannot be read at all.
    """

    def __init__(
        self,
        evidence: Sequence[Evidence],
        *,
        tz: str | None = None,
        year: int | None = None,
        as_: Mapping[str, str] | None = None,
        keylog: Evidence | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.tz = tz
        self.year = year
        self.files: list[EvidenceFile] = []
        self.told_hosts: dict[str, HostInfo] = {}
        self._problems: list[Problem] = []
        self._progress = progress
        self._scanned: Scan | None = None
        if not evidence:
            raise UsageError("no evidence was given", "", "name a capture, a folder, or - for standard input")
        self._keys = self._key_log(os.fspath(keylog)) if keylog is not None else None
        for item in evidence:
            self._take(os.fspath(item), dict(as_ or {}))

    def __repr__(self) -> str:
        return f"<Case {', '.join(file.path for file in self.files)}>"

    def table(self, name: str) -> Table:
        """The table of that name: a key of `xivolab.schema.RECORDS`.

        Raises UsageError for another name.
        """
        if name not in RECORDS:
            raise UsageError(f"no table {name!r}", "", f"there are {', '.join(RECORDS)}")
        return self.reading.table(name)

    @property
    def calls(self) -> pd.DataFrame:
        """The calls, by start."""
        return self.table("calls").to_pandas()

    @property
    def dialogs(self) -> pd.DataFrame:
        """The dialogs, by start."""
        return self.table("dialogs").to_pandas()

    @property
    def streams(self) -> pd.DataFrame:
        """The RTP streams, by start."""
        return self.table("streams").to_pandas()

    @property
    def quality(self) -> pd.DataFrame:
        """Every second of every stream."""
        return self.table("quality").to_pandas()

    @property
    def registrations(self) -> pd.DataFrame:
        """The registrations."""
        return self.table("registrations").to_pandas()

    @property
    def messages(self) -> pd.DataFrame:
        """The SIP messages, by time."""
        return self.table("messages").to_pandas()

    @property
    def events(self) -> pd.DataFrame:
        """What happened on the way, by time: digits, hold, fax, media that begins and ends."""
        return self.table("events").to_pandas()

    @property
    def icmp(self) -> pd.DataFrame:
        """The ICMP errors, by time, and what they hit."""
        return self.table("icmp").to_pandas()

    @property
    def cel(self) -> pd.DataFrame:
        """The channel events Asterisk logged, by time."""
        return self.table("cel").to_pandas()

    @property
    def log(self) -> pd.DataFrame:
        """The records of Asterisk's logs, in the order in which they were written."""
        return self.table("log").to_pandas()

    @property
    def journal(self) -> pd.DataFrame:
        """Rows of XiVO's journal and of Master.csv, and those that XiVO makes of the channel events, by date."""
        return self.table("journal").to_pandas()

    def queues(self, every_s: float | None = None, within_s: float = 20.0) -> Queues:
        """What queue_log tells, in intervals of `every_s` seconds or as fits; `within_s` is what counts as answered in time.

        `table(name)` gives "calls", "queues", "agents" or "series"; `plots()` draws them. Raises UsageError.
        """
        return self.reading.queues(every_s, within_s)

    @property
    def refusals(self) -> pd.DataFrame:
        """The addresses whose requests Asterisk refused, as its logs tell, the most refused first."""
        return self.table("refusals").to_pandas()

    @property
    def findings(self) -> pd.DataFrame:
        """What is wrong, or worth knowing, the worst first; `in_language` gives French."""
        return self.table("findings").to_pandas()

    def in_language(self, lang: str) -> Case:
        """The same case, whose `findings` have their sentences in "fr" or "en" and times of the case's zone."""
        case = copy(self)
        place = ZoneInfo(self.tz) if self.tz else UTC
        case.reading = self.reading.with_table("findings", self.reading.findings_in(lang, place))
        return case

    @property
    def hosts(self) -> pd.DataFrame:
        """Who is at each address."""
        return self.table("hosts").to_pandas()

    @property
    def names(self) -> Mapping[str, HostInfo]:
        """Name and role by IP (with its port where several share one), told by the case folder or learnt."""
        return self.reading.hosts.names

    @property
    def cli(self) -> CliTables:
        """The output of Asterisk's command line as DataFrames, by table or command: `cli["pjsip show endpoints"]`."""
        return self.reading.cli

    def counters(self, *, lang: str = "en") -> Counters:
        """The outputs of `pjsip show channelstats` over time: loss and jitter of each channel, each way."""
        from xivolab.asterisk.cli.series import counter_tracks
        from xivolab.views.counters import counters

        return counters(counter_tracks(self.cli.table("channelstats")), lang=lang, tz=self.tz)

    @property
    def dialplan(self) -> Dialplan:
        """The dialplan, of `dialplan show` or of extensions.conf: `xivolab.asterisk.dialplan.who_takes` asks it."""
        return self.reading.dialplan

    @property
    def problems(self) -> pd.DataFrame:
        """What could not be read."""
        return self.table("problems").to_pandas()

    def call(self, key: str | int) -> Call:
        """The call with this row index, id, SIP Call-ID, or number (compared on its last 9 digits).

        Raises UsageError when there is none, or several, which it lists.
        """
        from xivolab.objects import Call, find_call

        case = self._of_linkedid(key) if isinstance(key, str) else self
        return Call(case, find_call(case.table("calls"), key))

    def _of_linkedid(self, key: str) -> Case:
        """For a linked id: this evidence with no more of its databases than that call, a matter of an index there."""
        databases = {file.path: file.source for file in self.files if isinstance(file.source, Database)}
        if not databases or not re.fullmatch(r"(?:[\w.-]+-)?\d{9,11}\.\d+", key):
            return self
        return self.as_of({path: database.with_options(linkedid=key) for path, database in databases.items()})

    def call_list(self) -> list[Call]:
        """All calls, in the order of the table."""
        from xivolab.objects import Call

        return [Call(self, row) for row in range(len(self.table("calls")))]

    def stream(self, key: str | int) -> Stream:
        """The stream with this row index or id. Raises UsageError when there is none."""
        from xivolab.objects import Stream, row_of

        return Stream(self, row_of(self.table("streams"), key))

    def levels(
        self, *, decrypt: bool = False, keys: Sequence[str] = (), codecs: Mapping[int, str] | None = None
    ) -> Table:
        """How much of each stream is sound, silence and nothing: a row of `xivolab.schema.LEVEL` for each.

        All audio is decoded for it: some seconds for each hour. The options are those of `Stream.audio`.
        """
        from xivolab.listening import hearing, levels_table

        return levels_table(self, hearing(decrypt, keys, codecs))

    def in_band_digits(
        self, *, decrypt: bool = False, keys: Sequence[str] = (), codecs: Mapping[int, str] | None = None
    ) -> Table:
        """The DTMF digits in the sound of all streams: rows like those of the events, found by decoding all audio."""
        from xivolab.listening import digit_events, hearing

        return digit_events(self, hearing(decrypt, keys, codecs))

    def message(self, n: int) -> Message:
        """The message in row `n` of `messages`. Raises UsageError when there is none."""
        from xivolab.objects import Message, row_of

        return Message(self, row_of(self.table("messages"), n))

    def follow(self, interval: float = 1.0, idle: float | None = None) -> Iterator[Case]:
        """This evidence as its captures grow: a new case each time there is more, looked for every `interval` seconds.

        Each look costs what is new, and what the messages so far say together. Ends when nothing came for `idle` seconds
        (None: never), with a last, exact case where a large capture was looked at in haste (`xivolab.growing`). Raises
        EvidenceError when a file is replaced or cut.
        """
        from xivolab.evidence.follow import Growing
        from xivolab.growing import GrowingScan

        growing = {f.path: Growing(f.path) for f in self.files if f.kind == "capture" and f.source.on_disk}
        quiet, scan = 0.0, GrowingScan()
        while growing and (idle is None or quiet < idle):
            begun = time.monotonic()
            if sum(one.grow() for one in growing.values()):  # each of them is looked at
                quiet = 0.0
                yield self.as_of({path: one.source() for path, one in growing.items()}, scan)
            else:
                quiet += interval
            time.sleep(max(interval - (time.monotonic() - begun), 0.0))
        if scan.hurried:
            yield self.as_of({path: one.source() for path, one in growing.items()}, scan, last=True)

    def with_log_of(self, key: str | int) -> Case:
        """The same case, in whose `log` are the records of one call alone: see `Call.log_lines`. Raises UsageError."""
        case = copy(self)
        quick = self.reading.of_one_call(key) if isinstance(key, str) else None
        case.reading = quick or self.reading.with_table("log", self.call(key).log_lines())
        return case

    @property
    def comes_in_parts(self) -> bool:
        """Whether `call_parts()` tells its calls: this is a database, asked for a time, and nothing else."""
        return self.reading.comes_in_parts

    def call_parts(self) -> Iterator[tuple[Case, int | None]]:
        """This case of a database, some complete calls at a time, in constant memory (`Reading.parts`).

        With each comes since when, in ns, calls last that are in none yet; None when there are no more.
        """
        for reading, since in self.reading.parts():
            part = copy(self)
            part.reading = reading
            yield part, since

    def as_read_so_far(self) -> Case:
        """This case while `call_parts()` is read: its problems are those met by now."""
        case = copy(self)
        case.reading = self.reading.with_table("problems", self.reading.problems_so_far)
        return case

    def as_of(self, sources: Mapping[str, Source], scan: GrowingScan | None = None, *, last: bool = False) -> Case:
        """The same evidence with other sources for some files, by their path: what is there of a file that grows.

        With a `scan` that read them before it is read on now; the `last` time exactly, whatever that takes.
        """
        from xivolab.net.keylog import read_key_log

        case = copy(self)
        case.__dict__.pop("reading", None)
        case.files = [replace(file, source=sources.get(file.path, file.source)) for file in self.files]
        if self._keys is not None and self._keys.given:  # it grows with the captures
            case._keys = read_key_log(self._keys.given)
        if scan is not None:
            captures = [file.source for file in case.files if file.kind == "capture"]
            case._scanned = scan.scan(captures, case._progress, case._keys, last=last)
        return case

    def traffic(self, every_s: float | None = None) -> Traffic:
        """Calls and registrations over time and the figures of RFC 6076, in intervals of `every_s` seconds or as fits.

        Raises UsageError when that would be too many intervals.
        """
        # By name: the room of work lies above this one.
        found: Traffic = import_module("xivolab.work.traffic").traffic(self, every_s)
        return found

    @cached_property
    def reading(self) -> Reading:
        """Behind the tables: what was read, at the first use of it."""
        from xivolab.reading import Reading

        files, problems, progress = self.files, self._problems, self._progress
        return Reading(
            files, self.told_hosts, problems, progress, self._keys, tz=self.tz, year=self.year, scanned=self._scanned
        )

    @property
    def tls_keys(self) -> KeyLog:
        """The keys that open TLS: those of the key log, and those in the captures."""
        from xivolab.net.keylog import KeyLog, together

        return together(self._keys or KeyLog(), *(fact.keys for fact in self.reading.facts))

    def _key_log(self, path: str) -> KeyLog:
        from xivolab.net.keylog import read_key_log

        keys = read_key_log(path)
        if not keys:
            what = "there is no key in this key log"
            self._problems.append(
                Problem(path, "", what, "write it while the calls are made, and capture at the same time")
            )
        return keys

    def _take(self, path: str, kinds: dict[str, str]) -> None:
        if is_database(path):
            from xivolab.asterisk.cel.postgres import CelDatabase

            database = Database(path)
            CelDatabase(database).check()
            self._add(EvidenceFile(database.path, "postgresql", database))
            return
        if path != STDIN and Path(path).is_dir():
            self._take_folder(Path(path), kinds)
            return
        source = Source(path)
        if archive_kind(source.head):
            place, problems = open_archive(source)
            self._problems += problems
            self._take_folder(place, kinds)
            return
        kind = self._kind(source, kinds.get(path))
        if kind is None:
            raise EvidenceError(taken_for(source.head)[0], source.name, taken_for(source.head)[1])
        if kind == "capture" and not is_native(source.head):
            self._convert(source)
        self._add(EvidenceFile(path, kind, source))

    def _take_folder(self, folder: Path | Place, kinds: dict[str, str]) -> None:
        told = read_folder(folder)
        before = len(self.files)
        self.told_hosts.update(told.hosts)
        for file in told.files:
            self._take_member(file, kinds)
        if len(self.files) == before:
            if isinstance(folder, Place):
                why = next((problem for problem in self._problems if problem.file == str(folder)), None)
                what, remedy = (
                    (why.what, why.remedy) if why else ("no evidence in this archive", "name captures or logs")
                )
                raise EvidenceError(what, str(folder), remedy)
            raise EvidenceError("no evidence in this folder", str(folder), "name a folder that holds captures or logs")

    def _take_member(self, file: FolderFile, kinds: dict[str, str]) -> None:
        """A file found in a folder: what it cannot be read as is told, and the others still count."""
        path = str(file.path)
        try:
            source = file.path.source() if isinstance(file.path, Place) else Source(path)
            if archive_kind(source.head) and isinstance(file.path, Path):
                self._take(path, kinds)
                return
        except EvidenceError as error:
            self._problems.append(Problem(path, "", error.what, error.remedy))
            return
        kind = self._kind(source, kinds.get(path) or file.kind)
        if kind is None:
            self._problems.append(Problem(path, "", *taken_for(source.head), severity="info"))
        elif kind == "capture" and recognise(source.head) != kind:
            self._problems.append(Problem(path, "", *taken_for(source.head)))
        else:
            if kind == "capture" and not is_native(source.head):
                try:
                    self._convert(source)
                except XivolabError as error:
                    self._problems.append(Problem(path, "", error.what, error.remedy))
                    return
            self._add(EvidenceFile(path, kind, source, file.host, file.capture_point, file.time_zone))

    @staticmethod
    def _convert(source: Source) -> None:
        """Make a capture that only Wireshark reads readable. Raises EvidenceError, MissingToolError."""
        from xivolab.net.convert import convert

        convert(source)

    @staticmethod
    def _kind(source: Source, told: str | None) -> str | None:
        if told is not None and told not in KINDS:
            raise UsageError(f"unknown kind {told!r}", f"--as {told}:{source.path}", f"use one of {', '.join(KINDS)}")
        return told or recognise(source.head)

    def _add(self, file: EvidenceFile) -> None:
        self.files.append(file)
        if file.kind in ("asterisk-log", "cli") and holds_psql(file.source.head):
            # A mail often holds both: lines of the log, and what psql said of the call.
            self.files.append(replace(file, kind="cel-psql"))
