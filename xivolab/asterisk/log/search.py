"""A log searched for words instead of read: the records that hold one of them are kept, whole.

The first pass also notes what the times of the log need (`LogFacts`): all of its first block, as where a log is read, then
a record every four megabytes, then its end. A year that turns in between is seen from those: the dates of a log without years
go round a circle, and how often they did is the same whatever is left out, as long as two that follow each other
are less than half a year apart.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.log.clock import LogClock
from xivolab.asterisk.log.dates import LONGEST_DATE, compiled
from xivolab.asterisk.log.facts import LogFacts
from xivolab.asterisk.log.frame import CLOCK, DATE_LENGTH, LAST, LINE, PROGRAM, STATE, TIME, TURNS, frame_records
from xivolab.asterisk.log.needles import STRIDE, Found, Words, find
from xivolab.asterisk.log.pick import LOST, MARK, NOTHING, pick_records
from xivolab.asterisk.log.reader import BLOCK, ROWS, Block
from xivolab.asterisk.log.rows import DAY, NO_CLOCK, RECORD, TEXT
from xivolab.errors import Problem
from xivolab.evidence.source import Source
from xivolab.net.ahead import AHEAD, ahead

_BUFFERS = AHEAD + 2
_STARTS = b"sterisk "
"""Stands in the records that say that Asterisk starts or stops, or opens the file; other products follow it in SIP headers."""
_BEHIND = np.zeros(256, np.bool_)
_BEHIND[list(b"0123456789Rc")] = True  # its version, "Ready", "cleanly ending"
_ING = ord("g")  # "Beginning asterisk shutdown"
_DISCARDED = b"iscard"
_MARKS = (_STARTS, _DISCARDED)

CARRY = 1 << 17
"""So much is known around each place that is looked at, half of it on either side."""

_SAMPLE = 1 << 22
_APART = 60 * DAY
_NEAR = 1 << 14
_ROWS, _FEW, _SEEN = 64, 2, 1 << 14
_MOST = 256 << 20
NOWHERE = 2**62


class NotQuickError(Exception):
    """What is asked for cannot be told without reading the whole log."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole records out of a log, one after the other: where they are in it, and the number of their first line."""

    offset: int
    line: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Sample:
    """A record on the way: where it is, its time and clock as in its row (no clock: not looked at), and what framing knew."""

    offset: int
    time: int
    clock: int
    state: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a log in `raw`, which begins at byte `base` of it: what is in [ripe, stop) has enough of the log around it.

    `marks` is what was found there already: _MARKS, and the lines.
    """

    raw: bytearray
    buffer: NDArray[np.uint8]
    base: int
    ripe: int
    stop: int
    end: int
    last: bool
    marks: Found

    def lines(self, begin: int, end: int) -> int:
        """How many lines end in [begin, end); less than none where it is the wrong way round."""
        if end < begin:
            return -self.lines(end, begin)
        return int(np.count_nonzero(self.buffer[begin:end] == 10))


def chunks(source: Source, block: int, begin: int = 0) -> Generator[Chunk, None, None]:
    """A log in parts that overlap, from one on that has byte `begin` of it or ends before. Raises NotQuickError for a bad file."""
    buffers = [bytearray(block + CARRY) for _ in range(_BUFFERS)]
    marks = Words.of(_MARKS, source.head)
    with source.open() as stream:
        number = max(begin - CARRY // 2, 0) // block
        kept = _skip(stream, number * block)
        last = False
        while not last:
            raw = buffers[0]
            buffers.append(buffers.pop(0))
            raw[: len(kept)] = kept
            got = _fill(stream, memoryview(raw)[len(kept) : len(kept) + block])
            end, last = len(kept) + got, got < block
            base = number * block - len(kept)
            ripe = len(kept) - CARRY // 2 if number else 0
            stop = end if last else end - CARRY // 2
            buffer = np.frombuffer(raw, np.uint8)
            yield Chunk(raw, buffer, base, ripe, stop, end, last, find(buffer, ripe, stop, end, marks, counted=True))
            kept = memoryview(raw)[end - CARRY : end]
            number += 1


def _skip(stream: BinaryIO, offset: int) -> memoryview:
    """Go to a place in a log; what is carried over it."""
    if offset == 0:
        return memoryview(b"")
    if stream.seekable():
        stream.seek(offset - CARRY)
    else:
        room = memoryview(bytearray(BLOCK))
        left = offset - CARRY
        while left and (got := _fill(stream, room[: min(left, len(room))])):
            left -= got
    kept = memoryview(bytearray(CARRY))
    if _fill(stream, kept) < CARRY:
        raise NotQuickError("a log that became shorter")
    return kept


def _fill(stream: BinaryIO, room: memoryview) -> int:
    done = 0
    while done < len(room):
        try:
            got = stream.readinto(room[done:])  # type: ignore[attr-defined]  # every binary file has it
        except OSError as error:
            raise NotQuickError(str(error)) from None
        if not got:
            break
        done += got
    return done


class _Framer:
    """Frames records here and there; what framing knows (the format of dates, the year) goes on from one place to the next."""

    def __init__(self, rows: int) -> None:
        self.rows = np.zeros(rows, RECORD)
        self.state = np.zeros(STATE, np.int64)
        self.state[LAST] = -1
        self._programs, self._date = compiled(), np.zeros(LONGEST_DATE, np.uint8)
        self._work = np.zeros((3, 12), np.int64)

    def frame(self, buffer: NDArray[np.uint8], at: int, end: int, final: bool) -> tuple[int, int]:
        """Fill `rows`: where the first record behind them begins, and how many they are."""
        return frame_records(buffer, at, end, final, self._programs, self._date, self.state, self._work, self.rows)

    def resume(self, state: NDArray[np.int64]) -> None:
        """Go on with what framing knew somewhere else; the date that it remembers is another."""
        self.state[:] = state
        self.state[DATE_LENGTH] = 0


Word = bytes

Learn = Callable[[Sequence[bytes], Sequence[int]], Iterable[bytes]]
"""What else to look for, from records that hold a word and the call ids in their headers, -1 for none."""


@dataclass(slots=True)
class SearchedLog:
    """One log and what was found in it: `pieces` by place, `marks` the ids of calls right behind which Asterisk may have started.

    `sought` has for each word the place from which on it was looked for.
    """

    source: Source
    facts: LogFacts
    block: int = BLOCK
    pieces: dict[int, Piece] = field(default_factory=dict)
    marks: list[tuple[int, int]] = field(default_factory=list)
    sought: dict[Word, int] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    bytes: int = 0
    _lines: dict[int, int] = field(default_factory=dict)
    _kept: int = 0

    def search(self, words: Iterable[Word], learn: Learn) -> None:
        """The first pass: words that are learnt on the way are looked for from there on. Raises NotQuickError."""
        finder, notes, line = _Finder(self), _Notes(self), 0
        asked = list(words)
        self.sought.update(dict.fromkeys(asked, 0))
        wanted = Words.of(asked, self.source.head)
        for chunk in ahead(chunks(self.source, self.block)):
            self._lines[chunk.base + chunk.ripe] = line
            finder.begin(chunk, line)
            finder.take_marks()
            kept, ids = finder.take(wanted)
            while kept and (more := [word for word in dict.fromkeys(learn(kept, ids)) if word not in self.sought]):
                self.sought.update(dict.fromkeys(more, chunk.base + chunk.ripe))
                asked += more
                kept, ids = finder.take(Words.of(more, self.source.head))
                wanted = Words.of(asked, self.source.head)
            notes.take(chunk)
            if chunk.last:
                finder.keep_those_before(chunk.end)
            line += int(chunk.marks.lines.sum())
            self.bytes = chunk.base + chunk.end

    def look_back(self, words: Mapping[Word, int]) -> None:
        """Look for words from the given places on, up to where they were looked for before. Raises NotQuickError."""
        todo = {word: place for word, place in words.items() if place < self.sought.get(word, NOWHERE)}
        if not todo:
            return
        begin, end = min(todo.values()), max(self.sought.get(word, NOWHERE) for word in todo)
        finder, wanted = _Finder(self), Words.of(list(todo), self.source.head)
        for chunk in ahead(chunks(self.source, self.block, begin)):
            finder.begin(chunk, self._lines[chunk.base + chunk.ripe])
            finder.take(wanted)
            if chunk.base + chunk.stop >= end:
                break
        self.sought.update(todo)

    def _local(self, clock: LogClock) -> NDArray[np.int64]:
        """The times of the samples by the server's own clock; less than none for those without."""
        clocks = np.array([sample.clock for sample in self.samples], np.uint8)
        times = clock.local(np.array([sample.time for sample in self.samples], np.int64), clocks)
        times[clocks == NO_CLOCK] = -NOWHERE
        return times

    def _sample_before(self, line: int) -> int:
        """The last sample before a record in line `line`, which was kept."""
        offset = max((piece.offset for piece in self.pieces.values() if piece.line <= line), default=0)
        return max(int(np.searchsorted([sample.offset for sample in self.samples], offset, "right")) - 1, 0)

    def time_before(self, line: int, clock: LogClock) -> int | None:
        """A time by the server's own clock, shortly before the record in line `line` which was kept; None for none."""
        time = int(self._local(clock)[self._sample_before(line)])
        return None if time == -NOWHERE else time

    def place_at(self, time: int, clock: LogClock) -> int:
        """A place before the first record of that time or later."""
        later = np.flatnonzero(self._local(clock) > time)
        last = int(later[0]) - 1 if len(later) else len(self.samples) - 1
        return self.samples[last].offset if last > 0 else 0

    def around(self, first: int, last: int, clock: LogClock, apart: int) -> tuple[int, int]:
        """The part of the log from `apart` ns before the record in line `first` to that long after the one in `last`, or more."""
        times = self._local(clock)
        begin, end = self._sample_before(first), self._sample_before(last) + 1
        low, high = times[begin] - apart, times[min(end, len(times) - 1)] + apart
        while begin > 0 and not -NOWHERE < times[begin] <= low:
            begin -= 1
        while end < len(times) and times[end] < high:
            end += 1
        return self.samples[begin].offset, self.samples[end].offset if end < len(times) else self.bytes

    def cut(self, begin: int, end: int) -> None:
        """Keep all records that begin in a part of the log. Raises NotQuickError."""
        framer = _Framer(ROWS)
        for chunk in ahead(chunks(self.source, self.block, begin)):
            at, stop = max(begin - chunk.base, chunk.ripe), min(end - chunk.base, chunk.stop)
            while at < stop:
                first = at if chunk.base + at == 0 else chunk.raw.find(b"\n[", max(at - 1, 0), stop) + 1
                if first == 0 and chunk.base + at:
                    break
                _, count = framer.frame(chunk.buffer, first, chunk.end, chunk.last)
                inside = int(np.searchsorted(framer.rows["start"][:count], stop))
                if not inside:
                    break
                at = int(framer.rows["next"][inside - 1])
                self.keep(chunk, first, at, self._lines[chunk.base + chunk.ripe] + chunk.lines(chunk.ripe, first))
                if inside < count:
                    break
            if chunk.base + chunk.stop >= end:
                return

    def holds(self, word: Word, begin: int, end: int) -> bool:
        """Whether a word stands in a part of the log. Raises NotQuickError."""
        wanted = Words.of([word], self.source.head)
        for chunk in ahead(chunks(self.source, self.block, begin)):
            at, stop = max(begin - chunk.base, chunk.ripe), min(end - chunk.base, chunk.stop)
            if len(find(chunk.buffer, at, max(at, stop), chunk.end, wanted).hits):
                return True
            if chunk.base + chunk.stop >= end:
                break
        return False

    def keep(self, chunk: Chunk, start: int, end: int, line: int) -> Word:
        """Keep the records in [start, end) of a chunk, before which there are `line` lines. Raises NotQuickError."""
        offset = chunk.base + start
        known = self.pieces.get(offset)
        if known is None or len(known.data) < end - start:
            self._kept += end - start
            if self._kept > _MOST:
                raise NotQuickError("more of the log than is to be held")
            known = self.pieces[offset] = Piece(offset, line + 1, Word(memoryview(chunk.raw)[start:end]))
        return known.data

    def blocks(self) -> Iterator[Block]:
        """The records that were kept, in order, with their own numbers of lines."""
        framer = _Framer(ROWS)
        for state, group in self._groups():
            framer.resume(state)
            framer.state[LINE] = 0
            buffer = np.frombuffer(bytearray(b"".join(piece.data for piece in group)), np.uint8)
            sizes = np.array([len(piece.data) for piece in group])
            begins = np.cumsum(sizes) - sizes
            ends = np.array([piece.data.count(b"\n") for piece in group])
            shift = np.array([piece.line - 1 for piece in group]) - (np.cumsum(ends) - ends)
            at, count = framer.frame(buffer, 0, len(buffer), True)
            while count:
                rows = framer.rows[:count]
                rows["line"] += shift[np.searchsorted(begins, rows["start"], "right") - 1]
                yield Block(buffer, framer.rows, count)
                at, count = framer.frame(buffer, at, len(buffer), True)

    def _groups(self) -> Iterator[tuple[NDArray[np.int64], list[Piece]]]:
        """The pieces, those together before which framing knew the same."""
        places = [sample.offset for sample in self.samples]
        group: list[Piece] = []
        begun, known, end = np.zeros(STATE, np.int64), (0, 0, 0), -1
        for piece in sorted(self.pieces.values(), key=lambda piece: piece.offset):
            if piece.offset < end:  # within one that was cut out
                continue
            end = piece.offset + len(piece.data)
            state = self.samples[max(int(np.searchsorted(places, piece.offset, "right")) - 1, 0)].state
            key = (int(state[PROGRAM]), int(state[LAST]) // _APART, int(state[TURNS]))
            if key != known and group:
                yield begun, group
                group = []
            if not group:
                begun, known = state, key
            group.append(piece)
        if group:
            yield begun, group


class _Notes:
    """Notes what the times of a log need, chunk by chunk."""

    def __init__(self, log: SearchedLog) -> None:
        self._log = log
        self._whole = _Framer(ROWS)
        self._few = _Framer(_FEW)

    def take(self, chunk: Chunk) -> None:
        """One more chunk. Raises NotQuickError."""
        if chunk.base + chunk.ripe == 0:
            self._few.resume(self._head(chunk))
            return
        for at in range(chunk.ripe, chunk.stop, _SAMPLE):
            self._sample(self._few, chunk, at)
        if chunk.last:
            self._whole.resume(self._few.state)
            self._sample(self._whole, chunk, max(chunk.end - _NEAR, 0))

    def _head(self, chunk: Chunk) -> NDArray[np.int64]:
        """All of the first chunk: what framing knows behind it."""
        framer, at, count = self._whole, 0, -1
        while count:
            self._note(framer, at)
            at, count = framer.frame(chunk.buffer, at, chunk.end, chunk.last)
            if count:
                self._log.facts.take(Block(chunk.buffer, framer.rows, count))
        return framer.state

    def _note(self, framer: _Framer, offset: int) -> None:
        state = framer.state.copy()
        self._log.samples.append(Sample(offset, int(state[TIME]), int(state[CLOCK]), state))

    def _sample(self, framer: _Framer, chunk: Chunk, at: int) -> None:
        """The first records behind a place."""
        first = chunk.raw.find(b"\n[", at, chunk.end) + 1
        before = int(framer.state[TIME])
        count = framer.frame(chunk.buffer, first, chunk.end, chunk.last)[1] if first else 0
        if not count or not (framer.rows["clock"][:count] != NO_CLOCK).any():
            return
        if chunk.last and framer is self._whole:
            self._log.facts.take(Block(chunk.buffer, framer.rows, count))
        if before and abs(int(framer.state[TIME]) - before) > _APART:
            raise NotQuickError("months between two parts of a log")
        self._note(framer, chunk.base + first)


class _Finder:
    """Finds the records that hold words, chunk by chunk."""

    def __init__(self, log: SearchedLog) -> None:
        self._log = log
        self._framer = _Framer(_ROWS)
        self._seen = np.zeros(_SEEN, np.int64)
        self._kinds = np.zeros(_ROWS, np.uint8)
        self._begin = self._end = -_NEAR
        self._count = 0

    def begin(self, chunk: Chunk, line: int) -> None:
        """Go on to a chunk, before whose ripe part there are `line` lines."""
        self._chunk, self._line, self._sums = chunk, line, np.cumsum(chunk.marks.lines) - chunk.marks.lines
        self._begin = self._end = -_NEAR

    def take(self, words: Words) -> tuple[list[bytes], list[int]]:
        """Keep the records that hold one of the words: those, and the call ids in their headers."""
        kept: list[bytes] = []
        ids: list[int] = []
        chunk, done = self._chunk, -1
        for place in find(chunk.buffer, chunk.ripe, chunk.stop, chunk.end, words).hits[:, 0].tolist():
            if place >= done:
                row = self._row(place)
                done = self._next(row)
                kept.append(self._keep(row))
                ids.append(int(self._framer.rows["callid"][row]))
        return kept, ids

    def take_marks(self) -> None:
        """Keep the records that say that Asterisk started or lost messages."""
        chunk = self._chunk
        places, words = chunk.marks.hits[:, 0], chunk.marks.hits[:, 1]
        behind = np.minimum(places + len(_STARTS), chunk.end - 1)
        told = _BEHIND[chunk.buffer[behind]] | (chunk.buffer[np.maximum(places - 3, 0)] == _ING)
        for place in places[told | (words != 0)].tolist():
            self._mark(place)

    def keep_those_before(self, stop: int) -> None:
        """Keep the last records before a place that tell of calls: which ids Asterisk had come to."""
        chunk = self._chunk
        near = chunk.raw.rfind(b"][C-", 0, stop)
        first = chunk.raw.find(b"\n[", max(near - _NEAR, 0), stop) + 1
        if near < 0 or not first:
            return
        self._end = first
        while self._end < stop:
            self._frame(self._end)
            for row in self._telling():
                if self._next(row) <= stop:
                    self._keep(row)

    def _start(self, row: int) -> int:
        return int(self._framer.rows["start"][row])

    def _next(self, row: int) -> int:
        return int(self._framer.rows["next"][row])

    def _keep(self, row: int) -> bytes:
        chunk, start = self._chunk, self._start(row)
        stride = max(start - chunk.ripe, 0) // STRIDE
        lines = self._line + (int(self._sums[stride]) if len(self._sums) else 0)
        lines += chunk.lines(chunk.ripe + stride * STRIDE, start)
        return self._log.keep(chunk, start, self._next(row), lines)

    def _row(self, place: int) -> int:
        """The row of the record that holds a place."""
        if not self._begin <= place < self._end + _NEAR:
            self._seek(place)
        while place >= self._end:
            self._frame(self._end)
        return int(np.searchsorted(self._framer.rows["start"][: self._count], place, "right")) - 1

    def _frame(self, at: int) -> None:
        self._begin = at
        self._end, self._count = self._framer.frame(self._chunk.buffer, at, self._chunk.end, self._chunk.last)
        if not self._count:
            raise NotQuickError("a very long record")

    def _seek(self, place: int) -> None:
        """Frame from the last header at or before a place: from there on it is as if framed from the beginning of the log."""
        at = place + 1
        while True:
            at = self._chunk.raw.rfind(b"\n[", 0, at) + 1
            if at == 0 and self._chunk.base:
                raise NotQuickError("a very long record")
            self._frame(at)
            if at == 0 or self._framer.rows["level"][0] != TEXT:
                return

    def _mark(self, place: int) -> None:
        """A record that may say that Asterisk started: kept with the calls right before it and the first one behind it.

        Those tell whether call ids start again there, as they do in the whole log (`groups.py`).
        """
        row = self._row(place)
        kind = int(self._picked()[row])
        if kind not in (MARK, LOST):
            return
        start, end = self._start(row), self._next(row)
        self._keep(row)
        if kind == MARK:
            self._keep_first_behind(end)
            self.keep_those_before(start)

    def _picked(self) -> NDArray[np.uint8]:
        """What the framed records are."""
        self._seen[:] = 0
        pick_records(self._chunk.buffer, self._framer.rows, self._count, self._seen, self._kinds)
        return self._kinds[: self._count]

    def _telling(self) -> list[int]:
        """The framed records that tell something of a call with an id."""
        tells = (self._picked() != NOTHING) & (self._framer.rows["callid"][: self._count] >= 0)
        found: list[int] = np.flatnonzero(tells).tolist()
        return found

    def _keep_first_behind(self, at: int) -> None:
        while at < self._chunk.end:
            self._begin = at
            self._end, self._count = self._framer.frame(self._chunk.buffer, at, self._chunk.end, self._chunk.last)
            if not self._count:
                break
            if telling := self._telling():
                self._keep(telling[0])
                callid = int(self._framer.rows["callid"][telling[0]])
                self._log.marks.append((self._chunk.base + self._start(telling[0]), callid))
                return
            at = self._end
        self._begin = self._end = -_NEAR
