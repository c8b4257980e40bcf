"""Collects what the records of one file tell of calls: rows of numbers, and the few texts that more is asked of."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.helpers import is_helper
from xivolab.asterisk.log.happenings import Happening, read_record
from xivolab.asterisk.log.names import Names
from xivolab.asterisk.log.pick import LOST, pick_records
from xivolab.asterisk.log.reader import Block
from xivolab.asterisk.log.tell import KEPT, tell_records
from xivolab.asterisk.log.tellings import (
    ANSWERED,
    APPLICATION_DOES,
    BASIC,
    BUSY,
    CALLED,
    EXITED,
    FELL_THROUGH,
    FOR_TWO,
    FORWARDED,
    HANGS_UP,
    HAS_CALL_ID,
    INVITED,
    IS_DESTINATION,
    IS_FIRST,
    IS_SOURCE,
    JOINED,
    LEFT,
    NO_ANSWER,
    NO_CAUSE,
    NO_EXTENSION,
    NOOP,
    NOT_MADE,
    NUMBER_TOLD,
    OF_HELPER,
    OF_LOCAL,
    OPENED,
    PROGRESS,
    REFUSED,
    RINGING,
    SENT,
    SOME_BUSY,
    SOME_CONGESTED,
    SOME_REFUSED,
    STARTED,
    STEP,
    SWAPPED,
    TELLING,
    TIMED_OUT,
    UNANSWERED,
    UNREAD,
)

_CALLS = 1 << 14
_LARGEST = 2**31 - 1
_GROWTH = 1 << 16

_WAYS = {"joined": JOINED, "left": LEFT, "swapped": SWAPPED}
_WHATS = {
    "answered": ANSWERED,
    "ringing": RINGING,
    "called": CALLED,
    "exit": EXITED,
    "no-answer": NO_ANSWER,
    "progress": PROGRESS,
    "busy": BUSY,
    "fell-through": FELL_THROUGH,
    "forwarded": FORWARDED,
    "timed-out": TIMED_OUT,
    "started": STARTED,
    "stopped": STARTED,
    "opened": OPENED,
}


class Collector:
    """What the records of one file tell: `told` is complete when all blocks were taken.

    `lost` are the lines that say that records are missing, each with how many, "" where it does not say. `marks` are hashes
    of the messages where they are asked for.
    """

    def __init__(self, names: Names, marked: bool = False) -> None:
        self.names = names
        self._marked = marked
        self._marks = np.zeros(0, np.uint32)
        self.lost: list[tuple[int, str]] = []
        self._rows = np.zeros(0, TELLING)
        self._texts = np.zeros((0, 3), np.int64)
        self._count = self._kept = 0
        self._seen, self._spoken = np.zeros(_CALLS, np.int64), np.zeros(_CALLS, np.int64)
        self._work = np.zeros(8, np.int64)

    @property
    def told(self) -> NDArray[Any]:
        """Rows of `TELLING`, one for each record that tells something."""
        return self._rows[: self._count]

    @property
    def marks(self) -> NDArray[np.uint32]:
        """A hash of the message of each row."""
        return self._marks[: self._count]

    @property
    def texts(self) -> NDArray[np.int64]:
        """The messages that are kept: the number of the row, where it is in the text of the names, and how long, (n, 3)."""
        return self._texts[: self._kept]

    def take(self, block: Block) -> None:
        """Take the records of a block."""
        kinds = np.empty(block.count, np.uint8)
        chosen = pick_records(block.buffer, block.rows, block.count, self._seen, kinds)
        if not chosen:
            return
        self._rows = _grown(self._rows, self._count + chosen)
        self._texts = _grown(self._texts, self._kept + chosen)
        size = int(block.rows["next"][block.count - 1] - block.rows["start"][0])
        self.names.make_room(6 * chosen, 3 * size)
        names, marks = self.names, np.zeros(0, np.uint32)
        if self._marked:
            self._marks = _grown(self._marks, self._count + chosen)
            marks = self._marks[self._count : self._count + chosen]
        rows = self._rows[self._count : self._count + chosen]
        texts = self._texts[self._kept : self._kept + chosen]
        used = tell_records(
            block.buffer,
            block.rows,
            block.count,
            kinds,
            names.text,
            names.entries,
            names.slots,
            names.counts,
            self._spoken,
            self._work,
            rows,
            texts,
            marks,
        )
        rows, texts = rows[:used], texts[: self._work[KEPT]]
        nothing = self._read(rows, texts)
        if nothing:
            stays = np.ones(len(rows), np.bool_)
            stays[nothing] = False
            of_rows = stays[texts[:, 0]]
            texts[:, 0] = np.cumsum(stays)[texts[:, 0]] - 1
            texts[: np.count_nonzero(of_rows)] = texts[of_rows]
            rows[: used - len(nothing)] = rows[stays]
            marks[: used - len(nothing)] = marks[:used][stays] if self._marked else 0
            texts, used = texts[: np.count_nonzero(of_rows)], used - len(nothing)
        texts[:, 0] += self._count
        self._count += used
        self._kept += len(texts)

    def _read(self, rows: NDArray[Any], texts: NDArray[np.int64]) -> list[int]:
        """Read what the kernel did not; the numbers of the rows that tell nothing."""
        nothing = []
        for n in np.flatnonzero(rows["what"] == UNREAD).tolist():
            _, at, size = texts[np.searchsorted(texts[:, 0], n)].tolist()
            row, kind = rows[n], int(rows["how"][n])
            told = read_record(kind, self.names.text[at : at + size].tobytes())
            if told is None or kind == LOST:
                nothing.append(n)
                if told is not None:
                    self.lost.append((int(row["line"]), told.facts[0]))
            else:
                fill(row, told, self.names)
        return nothing


def _grown(array: NDArray[Any], size: int) -> NDArray[Any]:
    """The array with at least so many rows: it grows in place where that can be."""
    if size > len(array):
        array.resize((max(size, len(array) * 5 // 4) + _GROWTH, *array.shape[1:]), refcheck=False)
    return array


def fill(row: Any, told: Happening, names: Names) -> None:
    """The row of something that Python read: as the kernel fills it."""
    row["how"], row["value"] = 0, NO_CAUSE
    row["channel"] = names.channel(told.channel)
    row["other"] = names.channel(told.other)
    facts = told.facts
    if told.what == "step":
        _fill_step(row, facts, names)
    elif told.what == "bridge":
        way, _, kind, bridge = facts
        row["what"], row["value"] = _WAYS[way], names.number(bridge.encode())
        bits = (BASIC, "basic" in kind), (FOR_TWO, kind.startswith("basic")), (OF_HELPER, is_helper(told.channel))
        row["how"] = sum(bit for bit, holds in (*bits, (OF_LOCAL, told.channel.startswith("Local/"))) if holds)
    elif told.what == "refused":
        row["what"] = REFUSED
        whys = (SOME_BUSY, SOME_CONGESTED, SOME_REFUSED)
        row["how"] = sum(why for why, number in zip(whys, facts, strict=True) if int(number))
    elif told.what == "not-made":
        row["what"], row["value"] = NOT_MADE, min(int(facts[1]), _LARGEST)
    elif told.what == "no-extension":
        row["what"] = NO_EXTENSION
        row["value"], row["other"] = (names.number(word.encode()) for word in (facts[0] or facts[1], facts[3]))
    elif told.what == "invite":
        row["what"] = INVITED if facts[0] == "in" else SENT
        row["channel"], row["value"], row["other"] = (names.number(word.encode()) for word in facts[1:])
    else:
        row["what"] = _WHATS[told.what]


def _fill_step(row: Any, facts: tuple[str, ...], names: Names) -> None:
    exten, _, priority, application, arguments = facts
    number = names.number(application.encode())
    does = int(APPLICATION_DOES[number]) if number < len(APPLICATION_DOES) else 0
    row["what"], row["other"] = STEP, names.number(exten.encode())
    how = does | (IS_FIRST if priority == "1" else 0) | (UNANSWERED if "noanswer" in arguments else 0)
    if found := NUMBER_TOLD.fullmatch(arguments):
        how |= IS_SOURCE if found[1] == "SRC" else IS_DESTINATION
        row["value"] = names.number(found[2].encode())
    elif number == NOOP and "Call-ID" in arguments:
        how |= HAS_CALL_ID
        row["value"] = names.number(arguments.rpartition(": ")[2].strip().encode())
    elif does == HANGS_UP and arguments.isdecimal():
        row["value"] = min(int(arguments), _LARGEST)
    row["how"] = how
