"""Which records tell something of a call: a kernel looks at all of them, Python only at those that it chose."""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab._kernel import helper, kernel
from xivolab.asterisk.log.rows import BANNER, TEXT, VERBOSE
from xivolab.net.bytes import byte, i64

NOTHING, STEP, STORY, MARK, INVITE, LOST = range(6)
"""What a record is: nothing to us, a step of the dialplan, something that befell a channel, a start or stop of Asterisk,
an INVITE that the SIP logger printed, a notice that messages were discarded."""


def _four(words: str) -> Any:
    return np.array(sorted({int.from_bytes(word.encode(), "little") for word in words.split()}), np.int64)


# The first four letters of what answers, rings, ends or names a call. "Set(" and "NoOp" are looked into.
_STEPS = _four(
    "Dial Queu Answ Hang Busy Cong Voic Play Back Conf Meet Echo Park Pick Page Reco Read Retr Orig Musi Mill Foll Dire "
    "Tran Rece Send DISA SayD SayN SayA Chan Reba Brid Agen Ring Prog"
)
_SET = int(_four("Set(")[0])
_NOOP = int(_four("NoOp")[0])
# The first eight letters of the source files whose records are stories; "pbx.c" and others are shorter.
_SOURCES = np.frombuffer(
    b"app_dialapp_queubridge_cpbx.c   app_stacfeaturesres_parkapp_voicapp_folllocal.c chan_loccore_loc", np.uint8
)
_NUMBER_OF = np.frombuffer(b"RCNUM=STNUM=", np.uint8)
_CALL_ID = np.frombuffer(b"Call-ID", np.uint8)
_EXECUTING = np.frombuffer(b"Executing [", np.uint8)
_RECEIVED = np.frombuffer(b"<--- ", np.uint8)
_REJECTED = np.frombuffer(b" rejected because ", np.uint8)
_DISCONNECT = np.frombuffer(b"Disconnecting channel ", np.uint8)
_INVITE = np.frombuffer(b"\nINVITE ", np.uint8)
_LOGGER = np.frombuffer(b"logger", np.uint8)
_DISCARD = np.frombuffer(b"iscard", np.uint8)
_READY = np.frombuffer(b"Asterisk Ready", np.uint8)
_ENDING = np.frombuffer(b"Asterisk cleanly ending", np.uint8)
_STOPPING = np.frombuffer(b"Beginning asterisk ", np.uint8)


@helper
def begins_with(buffer: Any, at: int, end: int, word: Any) -> bool:
    """Whether the word stands at `at`."""
    if at + len(word) > end:
        return False
    for k in range(len(word)):  # noqa: SIM110 - numba compiles no generators
        if byte(buffer, at + k) != byte(word, k):
            return False
    return True


@helper
def find(buffer: Any, at: int, end: int, word: Any) -> int:
    """Where the word begins in [at, end), -1 when it is not there."""
    first, stop = byte(word, 0), end - len(word)
    while at <= stop:
        if byte(buffer, at) == first and begins_with(buffer, at, end, word):
            return at
        at += 1
    return -1


@helper
def _holds(buffer: Any, at: int, end: int, word: Any) -> bool:
    return find(buffer, at, end, word) >= 0


@helper
def _names_a_number(buffer: Any, at: int, end: int) -> bool:
    """Whether XIVO_SRCNUM= or XIVO_DSTNUM= (WAZO_…) is set there."""
    while at + 8 < end:
        if byte(buffer, at) == 95:  # _
            letter = byte(buffer, at + 1)
            if letter == 83 and begins_with(buffer, at + 2, end, _NUMBER_OF[:6]):
                return True
            if letter == 68 and begins_with(buffer, at + 2, end, _NUMBER_OF[6:]):
                return True
        at += 1
    return False


@helper
def _is_step(buffer: Any, at: int, end: int) -> bool:
    """Whether a step at `at`, behind "Executing [", is one to look at."""
    k = at
    while k < end and byte(buffer, k) != 93:
        k += 1
    k += 2
    if k + 4 >= end:
        return False
    word = byte(buffer, k) | (byte(buffer, k + 1) << 8) | (byte(buffer, k + 2) << 16) | (byte(buffer, k + 3) << 24)
    if word == _SET:
        return _names_a_number(buffer, k + 4, min(end, k + 300))
    if word == _NOOP:
        return _holds(buffer, k + 4, min(end, k + 300), _CALL_ID)
    low, high = 0, len(_STEPS) - 1
    while low <= high:
        middle = (low + high) // 2
        if _STEPS[middle] == word:
            return True
        if _STEPS[middle] < word:
            low = middle + 1
        else:
            high = middle - 1
    return False


@helper
def _is_story(buffer: Any, source: int, source_end: int) -> bool:
    for k in range(len(_SOURCES) // 8):
        same = True
        for j in range(8):
            wanted = byte(_SOURCES, 8 * k + j)
            if wanted == 32:
                same = same and source_end - source == j
                break
            if source + j >= source_end or byte(buffer, source + j) != wanted:
                same = False
                break
        if same:
            return True
    return False


@kernel
def pick_records(buffer: Any, rows: Any, count: int, seen: Any, kinds: Any) -> int:
    """Fill kinds (n,) uint8 for rows[:count]; how many are something.

    The first step of each call is chosen whatever it is: seen (2^k,) int64, zeroed at first, keeps the call ids, plus 1,
    that had one since the log was opened.
    """
    found = 0
    for n in range(count):
        row = rows[n]
        level, callid = i64(row["level"]), i64(row["callid"])
        at, end = i64(row["message"]), i64(row["end"])
        source, source_end = i64(row["source"]), i64(row["source_end"])
        kind = NOTHING
        if level == BANNER:
            kind = MARK
            for k in range(len(seen)):  # their numbers may start again
                seen[k] = 0
        elif level == TEXT:
            kind = NOTHING
        elif level == VERBOSE and begins_with(buffer, at, end, _EXECUTING):
            place = callid & (len(seen) - 1)
            if callid < 0 or seen[place] != callid + 1:
                kind = STEP
                if callid >= 0:
                    seen[place] = callid + 1
            elif _is_step(buffer, at + len(_EXECUTING), end):
                kind = STEP
        elif level == VERBOSE and begins_with(buffer, at, end, _RECEIVED):
            if _holds(buffer, at, min(end, at + 160), _INVITE):
                kind = INVITE
        elif source_end > source:
            if begins_with(buffer, source, source_end, _LOGGER) and _holds(buffer, at, min(end, at + 120), _DISCARD):
                kind = LOST
            elif _is_story(buffer, source, source_end):
                kind = STORY
            elif level == VERBOSE:
                if (
                    begins_with(buffer, at, end, _READY)
                    or begins_with(buffer, at, end, _ENDING)
                    or begins_with(buffer, at, end, _STOPPING)
                ):
                    kind = MARK
            elif begins_with(buffer, at, end, _DISCONNECT) or _holds(buffer, at, min(end, at + 400), _REJECTED):
                kind = STORY
        elif level == VERBOSE:  # a console: nothing says who wrote it
            kind = STORY
        kinds[n] = kind
        if kind != NOTHING:
            found += 1
    return found
