"""One call out of large logs: looked for by its bytes, as grep does, so that the rest of the logs is not read.

The records that hold a call id name channels and bridges, and those lead to other call ids; each is looked for in turn until
nothing new is found. What was found is read as logs of their own (`Excerpt`): they tell of that call what the whole tells.

How far it looks, and why that is enough:

- Call ids, Call-IDs and names without a counter: everywhere, in all files. A call may last for days.
- Channels with a counter (PJSIP/alice-0000001a) and bridges: from a minute before the first record of the call to the end. They
  are made for the call, and until Asterisk starts again there is no other of that name.
- Call ids and counters begin again with each start of Asterisk. Records that tell of a start, or of a file opened anew, as rotation
  does, are looked for too, with the calls around them: they divide the excerpt as they divide the logs. A start of which no
  record tells is seen where an id of this call begins again; who reads everything sees it where any id does.
- SIP messages, where they were printed while the call lasted: all records from two minutes before it to two minutes after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from xivolab.asterisk.log.calls import LogCall
from xivolab.asterisk.log.clock import SECOND
from xivolab.asterisk.log.facts import LogFacts
from xivolab.asterisk.log.lines import call_lines
from xivolab.asterisk.log.logs import Logs
from xivolab.asterisk.log.mend import is_plain
from xivolab.asterisk.log.reader import BLOCK
from xivolab.asterisk.log.search import NOWHERE, NotQuickError, SearchedLog
from xivolab.evidence.source import Source
from xivolab.table import Table

_LOG_ID = re.compile(r"C-[0-9a-f]{8}")
_UNIQUEID = re.compile(r"(?:[\w.-]+-)?\d{9,11}\.\d+")
_CHANNEL = re.compile(r"[A-Za-z][A-Za-z0-9]*/\S+-[0-9a-f]{8,}(?:;[12])?")
_NAMES = re.compile(
    rb"[A-Za-z][A-Za-z0-9]*/[^\s\"'(),<>]+?-[0-9a-f]{8}(?:;[12])?(?![0-9a-zA-Z_])|(?<=bridge )<[^>\s]+>"
)
"""What a record names: channels with a counter, and bridges."""

_MADE_FOR_IT = re.compile(rb"<.*>|.*-[0-9a-f]{8}(?:;[12])?")
_DIGITS = 6
"""A shorter number is in very many records."""
_MOST_IDS = 64
_MOST_NAMES = 48
_MOST_PASSES = 12
_BEFORE = 60 * SECOND
_AROUND = 120 * SECOND
_MOST_SIP = 64 << 20
_SIP = (b"<--- ", b"ransmitting ")
"""One of these is in every announcement of a SIP message (`asterisk/sip_log/marks.py`)."""
_PACKED = 8
SMALLEST = 4 << 20
"""Smaller logs are read as quickly as they are searched."""


class Excerpt(Logs):
    """Some records of logs, as logs: whose they are, their order and their clocks are those of the whole."""

    def __init__(self, whole: Logs, searched: Sequence[SearchedLog]) -> None:
        super().__init__(whole.files, whole._told, whole._moments)
        self._searched = searched

    def reader(self, number: int) -> SearchedLog:
        """What was kept of file `number`."""
        return self._searched[number]

    @property
    def facts(self) -> list[LogFacts]:
        """What is known of each whole file."""
        return [log.facts for log in self._searched]


More = Callable[[Excerpt], Iterable[str]]
"""More names of the call that an excerpt holds: the Call-IDs of its SIP dialogs."""


class OneCall:
    """A search for one call of `whole`: `excerpt` tells of it what the whole tells.

    `key` is a call id, a unique id, a channel, or a number, of which `number` are the digits that all writings of it share.
    `calls` are those in the excerpt that it may mean. Raises NotQuickError where only the whole can tell.
    """

    def __init__(self, whole: Logs, key: str, number: str, more: More) -> None:
        self.key = key
        self.has_sip = False
        self._more = more
        self._whole = whole
        self._names_one = names_one(key)
        self._logs = [SearchedLog(file.source, LogFacts(file.path), BLOCK) for file in whole.files]
        self._ids: set[str] = {key} if _LOG_ID.fullmatch(key) else set()
        self._everywhere = {_seed(key, number)}
        self._made_for_it: set[bytes] = set()
        if not all(is_plain(file.source) for file in whole.files):
            raise NotQuickError("a log that has to be mended first")
        for log in self._logs:
            log.search([*self._everywhere, *self._made_for_it], self._learn)
        self.excerpt, self.calls = self._closed()
        if self._cut_sip():
            self.has_sip = True
            self.excerpt, self.calls = self._closed()
        if any(clock.met_doubled_hour for clock in self.excerpt.clocks):
            raise NotQuickError("an hour that the clocks had twice")

    @property
    def is_sure(self) -> bool:
        """Whether the logs alone tell that this one call is meant."""
        return len(self.calls) == 1 and not self.has_sip and self._names_one

    @property
    def name(self) -> str:
        """The key by which the call is found in the table of the calls of the excerpt."""
        ids = [log_id for call in self.calls for log_id in call.fields["log_ids"]]
        return ids[0] if self._names_one and len(self.calls) == 1 and ids else self.key

    @cached_property
    def lines(self) -> Table:
        """The records of the calls, in the order in which they were written."""
        return call_lines(self.excerpt, self.calls, [])

    def _learn(self, records: Sequence[bytes], ids: Sequence[int]) -> Iterator[bytes]:
        """What the records name that hold a word, as they are found."""
        for record, callid in zip(records, ids, strict=True):
            if callid >= 0 and not _LOG_ID.fullmatch(self.key) and f"C-{callid:08x}" not in self._ids:
                if len(self._ids) == _MOST_IDS:
                    raise NotQuickError("many calls")
                self._ids.add(f"C-{callid:08x}")
                self._everywhere.add(b"[C-%08x]" % callid)
                yield b"[C-%08x]" % callid
            if self._names_one and f"C-{callid:08x}" in self._ids:
                yield from self._named(record)

    def _named(self, text: bytes) -> Iterator[bytes]:
        for name in _NAMES.findall(text):
            if len(self._made_for_it) < _MOST_NAMES:
                self._made_for_it.add(name)
                yield name

    def _closed(self) -> tuple[Excerpt, list[LogCall]]:
        """The excerpt when nothing more is found, and the calls in it."""
        for _ in range(_MOST_PASSES):
            excerpt = Excerpt(self._whole, self._logs)
            calls = [call for call in excerpt.calls if self._is_meant(call)]
            if not calls:
                raise NotQuickError("no call")
            self._note_names(excerpt, calls)
            places = self._places(excerpt, calls)
            if all(place >= log.sought.get(word, NOWHERE) for log, of in places for word, place in of.items()):
                return excerpt, calls
            for log, of in places:
                log.look_back(of)
        raise NotQuickError("a call that leads to ever more")

    def _note_names(self, excerpt: Excerpt, calls: Sequence[LogCall]) -> None:
        """Note what stands in the records of the calls: their ids, channels, bridges, Call-IDs."""
        names = [name for call in calls for name in (*call.channels, *call.call_ids)]
        names += self._more(excerpt) if self.has_sip else []
        for name in map(str.encode, names):
            (self._made_for_it if _MADE_FOR_IT.fullmatch(name) else self._everywhere).add(name)
        ids = {log_id for call in calls for log_id in call.fields["log_ids"]}
        self._everywhere.update(f"[{log_id}]".encode() for log_id in ids)
        for log_id, text in zip(*(call_lines(excerpt, calls, [])[name] for name in ("log_id", "message")), strict=True):
            if log_id in ids:
                list(self._named(text.encode()))
        self._everywhere.update(b"[C-%08x]" % callid for callid in self._doubtful(excerpt))

    def _doubtful(self, excerpt: Excerpt) -> Iterator[int]:
        """Call ids right behind which Asterisk may have started that do not go on from those before: known before, or new?"""
        top = -1
        for number in excerpt.order:
            log = self._logs[number]
            marks = {log.pieces[place].line: callid for place, callid in log.marks if place in log.pieces}
            for block in log.blocks():
                rows = block.rows[: block.count]
                for line, callid in zip(rows["line"].tolist(), rows["callid"].tolist(), strict=True):
                    if marks.get(line, top + 1) <= top:
                        yield marks[line]
                    top = max(top, callid)

    def _places(self, excerpt: Excerpt, calls: Sequence[LogCall]) -> list[tuple[SearchedLog, dict[bytes, int]]]:
        """For each log, from where on each word has to be looked for in it."""
        lines = call_lines(excerpt, calls, [])
        paths = [file.path for file in excerpt.files]
        begins = []
        for number, (log, clock) in enumerate(zip(self._logs, excerpt.clocks, strict=True)):
            of_it = lines["line"][lines["file"] == paths[number]]
            if len(of_it) and (local := log.time_before(int(of_it[0]), clock)) is not None:
                begins.append(local)
        since = min(begins, default=None)
        found = []
        for log, clock in zip(self._logs, excerpt.clocks, strict=True):
            place = 0 if since is None else log.place_at(since - _BEFORE, clock)
            found.append((log, {**dict.fromkeys(self._made_for_it, place), **dict.fromkeys(self._everywhere, 0)}))
        return found

    def _is_meant(self, call: LogCall) -> bool:
        ids = call.fields["log_ids"]
        return not self._ids.isdisjoint(ids) or (not ids and not self._names_one)

    def _cut_sip(self) -> bool:
        """Keep all of the time of the calls, if SIP messages were printed in it; whether they were."""
        found = False
        lines = call_lines(self.excerpt, self.calls, [])
        for number, log in enumerate(self._logs):
            of_it = lines["line"][lines["file"] == self.excerpt.files[number].path]
            if not len(of_it):
                continue
            begin, end = log.around(int(of_it[0]), int(of_it[-1]), self.excerpt.clocks[number], _AROUND)
            if not any(log.holds(word, begin, end) for word in _SIP):
                continue
            if end - begin > _MOST_SIP or not self._names_one:
                raise NotQuickError("many SIP messages")
            log.cut(begin, end)
            found = True
        return found


def names_one(key: str) -> bool:
    """Whether a key is a name that a log has for one call: a call id, a unique id, a channel."""
    return any(pattern.fullmatch(key) for pattern in (_LOG_ID, _UNIQUEID, _CHANNEL))


def quick_call(logs: Logs, key: str, number: str, more: More) -> OneCall | None:
    """The call with that key in large logs (see `OneCall`), None where all has to be read for it."""
    if not _seed(key, number) or sum(_size(file.source) for file in logs.files) < SMALLEST:
        return None
    try:
        return OneCall(logs, key, number, more)
    except NotQuickError:
        return None


def _size(source: Source) -> int:
    """The bytes of a log, about."""
    if not source.on_disk:
        return SMALLEST
    return Path(source.path).stat().st_size * (_PACKED if source.packed else 1)


def _seed(key: str, number: str) -> bytes:
    """What has to stand in records of a call with that key; nothing where that cannot be said."""
    if names_one(key):
        return (f"[{key}]" if _LOG_ID.fullmatch(key) else key).encode()
    return number.encode() if len(number) >= _DIGITS and number.isdecimal() else b""
