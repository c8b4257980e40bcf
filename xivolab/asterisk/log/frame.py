"""Bytes of a log become records: one pass of a kernel over a block (asterisk: main/logger.c, format_log_*).

    [date] LEVEL[thread][C-xxxxxxxx] file.c: message                      file
    [date] LEVEL[thread][C-xxxxxxxx]: file.c:line function: message       [plain], console
    [date]     -- message                                                 console with timestamps
    [date] Asterisk 22.1.0 built by …                                     when the file is opened

A record goes on to the next header, which stands at the beginning of a line, or behind a record that has no line end:
one that was cut at 8191 characters, or of an Asterisk before December 2020.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab._kernel import helper, kernel
from xivolab.asterisk.log.dates import LONGEST_DATE, find_date
from xivolab.asterisk.log.rows import BANNER, CUSTOM, NO_CLOCK, TEXT, VERBOSE, YEAR, YEARLESS
from xivolab.net.bytes import byte, i64

LINE, DATE_LENGTH, PROGRAM, TIME, CLOCK, LAST, TURNS = range(7)
STATE = 8
"""What framing knows from one block to the next, in an array (8,) int64: lines before, length of the last date, its
format, its time and clock; the last time without a year, and how many years it came round."""

LEVEL, LEVEL_AT, THREAD, CALLID, SOURCE, SOURCE_END, SOURCE_LINE, MESSAGE, ITS_CLOCK, FUNCTION, FUNCTION_END = range(11)
"""What is found in a header, as in a row."""

_HALF_YEAR = YEAR // 2
_LEVEL_NAMES = np.frombuffer(
    b"DEBUG   TRACE   NOTICE  WARNING ERROR   VERBOSE DTMF    SECURITYFAX     CC      ", np.uint8
)
_LONGEST_LEVEL = 32


@helper
def _level(buffer: Any, start: int, end: int) -> int:
    """Index into LEVELS of the name at [start, end)."""
    for k in range(10):
        same = end - start <= 8
        for j in range(8):
            wanted = byte(_LEVEL_NAMES, 8 * k + j)
            if same and (byte(buffer, start + j) if start + j < end else i64(32)) != wanted:
                same = False
        if same:
            return k + 1
    return CUSTOM


@helper
def _take_date(buffer: Any, start: int, end: int, programs: Any, date: Any, state: Any, out: Any) -> int:
    """The clock of the date at [start, end); its time goes to state[TIME]. The last one is known by its bytes."""
    length = end - start
    if length == state[DATE_LENGTH]:
        k = 0
        while k < length and buffer[np.uintp(start + k)] == date[np.uintp(k)]:
            k += 1
        if k == length:
            return i64(state[CLOCK])
    found = find_date(buffer, start, end, programs, i64(state[PROGRAM]), out)
    if found < 0:
        return NO_CLOCK
    for k in range(length):
        date[k] = buffer[start + k]
    time = i64(out[0])
    if out[1] == YEARLESS:
        if state[LAST] >= 0 and time < state[LAST] - _HALF_YEAR:
            state[TURNS] += 1
        elif state[LAST] >= 0 and time > state[LAST] + _HALF_YEAR:
            state[TURNS] -= 1
        state[LAST] = time
        time += state[TURNS] * YEAR
    state[DATE_LENGTH], state[PROGRAM], state[TIME], state[CLOCK] = length, found, time, out[1]
    return i64(out[1])


@helper
def _names_level(buffer: Any, at: int, end: int) -> int:
    """Where the "[" behind the name of a level at `at` is, -1 when that is no name with a number behind it."""
    stop = min(end, at + _LONGEST_LEVEL)
    k = at
    while k < stop:
        value = byte(buffer, k)
        if value == 91:
            break
        if not (65 <= value <= 90 or 97 <= value <= 122 or 48 <= value <= 57 or value == 95 or value == 45):
            return -1
        k += 1
    if k == at or k + 2 >= end or k >= stop or not 48 <= byte(buffer, k + 1) <= 57:
        return -1
    j = k + 1
    while j < end and j < k + 12 and 48 <= byte(buffer, j) <= 57:
        j += 1
    return k if j < end and byte(buffer, j) == 93 else -1


@helper
def _closing(buffer: Any, at: int, end: int) -> int:
    """Where the "]" of a date that begins at `at` is, -1 when there is none."""
    stop = min(end, at + LONGEST_DATE)
    k = at
    while k < stop:
        value = byte(buffer, k)
        if value == 93:
            return k
        if value < 32 or value == 91:
            return -1
        k += 1
    return -1


@helper
def _header(
    buffer: Any, at: int, end: int, inside: bool, programs: Any, date: Any, state: Any, out: Any, found: Any
) -> bool:
    """Whether a header begins at the "[" at `at`, behind other text of its line when `inside`.

    found (12,) int64 gets the fields named above.
    """
    close = _closing(buffer, at + 1, end)
    if close < 0 or close + 2 >= end or byte(buffer, close + 1) != 32:
        return False
    level_at = close + 2
    bracket = _names_level(buffer, level_at, end)
    if bracket < 0 and inside:
        return False
    clock = _take_date(buffer, at + 1, close, programs, date, state, out)
    # "[?]" and "[!]": what a console printed, and other text, of pastes (mend.py).
    mark = byte(buffer, at + 1) if close == at + 2 else i64(0)
    if clock == NO_CLOCK and (bracket < 0 or inside) and mark != 63 and mark != 33:
        return False
    found[ITS_CLOCK] = clock
    found[THREAD], found[CALLID], found[SOURCE], found[SOURCE_END], found[SOURCE_LINE], found[MESSAGE] = (
        -1,
        -1,
        0,
        0,
        0,
        0,
    )
    found[FUNCTION], found[FUNCTION_END] = 0, 0
    found[LEVEL_AT] = level_at
    if bracket < 0:
        k = level_at
        while k < end and byte(buffer, k) == 32:
            k += 1
        is_banner = k + 9 < end and byte(buffer, k) == 65 and byte(buffer, k + 8) == 32 and byte(buffer, k + 1) == 115
        if mark == 33:
            found[LEVEL], found[MESSAGE] = TEXT, level_at
            return True
        found[LEVEL] = BANNER if is_banner and 48 <= byte(buffer, k + 9) <= 57 else VERBOSE
        found[MESSAGE] = level_at if found[LEVEL] == BANNER else _behind_prefix(buffer, level_at, end)
        return True
    level = _level(buffer, level_at, bracket)
    if inside and level == CUSTOM:
        return False
    found[LEVEL] = level
    number, k = i64(0), bracket + 1
    while byte(buffer, k) != 93:
        number = number * 10 + byte(buffer, k) - 48
        k += 1
    found[THREAD] = number
    k += 1
    if k + 12 <= end and byte(buffer, k) == 91 and byte(buffer, k + 1) == 67 and byte(buffer, k + 11) == 93:
        number = 0
        for j in range(k + 3, k + 11):
            value = byte(buffer, j)
            digit = value - 48 if value <= 57 else (value | 32) - 87
            if not 0 <= digit <= 15:
                number = i64(-1)
                break
            number = number * 16 + digit
        found[CALLID] = number
        k += 12
    wide = k < end and byte(buffer, k) == 58
    if wide:
        k += 1
    if k < end and byte(buffer, k) == 32:
        k += 1
    # The name of the source file: to the colon. One with a space before it is "Ext. s" of the Log application.
    found[SOURCE], found[SOURCE_END], found[MESSAGE] = k, k, k
    j = k
    while j < end and byte(buffer, j) >= 32 and byte(buffer, j) != 58:
        j += 1
    if j >= end or byte(buffer, j) != 58:
        return True
    found[SOURCE_END] = j
    j += 1
    if j < end and 48 <= byte(buffer, j) <= 57:
        number, m = i64(0), j
        while m < end and m < j + 9 and 48 <= byte(buffer, m) <= 57:
            number = number * 10 + byte(buffer, m) - 48
            m += 1
        if m < end and byte(buffer, m) == 32:
            m += 1
            name = m
            while m < end and byte(buffer, m) > 32 and byte(buffer, m) != 58:
                m += 1
            if m < end and byte(buffer, m) == 58:
                found[SOURCE_LINE], found[FUNCTION], found[FUNCTION_END] = number, name, m
                j = m + 1
    elif not wide and not (j < end and byte(buffer, j) == 32):
        found[SOURCE], found[SOURCE_END] = k, k  # a colon of the message
        return True
    if j < end and byte(buffer, j) == 32:
        j += 1
    found[MESSAGE] = _behind_prefix(buffer, j, end) if level == VERBOSE else j
    return True


@helper
def _behind_prefix(buffer: Any, at: int, end: int) -> int:
    """Behind the prefix of a verbose message, which Asterisk 12 and older write into files (logger.c, VERBOSE_PREFIX_n)."""
    k = at
    while k < end and byte(buffer, k) == 32:
        k += 1
    if k + 2 < end and byte(buffer, k) == 62 and byte(buffer, k + 1) == 32 and k > at:
        return k + 2
    two = k + 3 <= end and byte(buffer, k) == byte(buffer, k + 1) and byte(buffer, k + 2) == 32
    if two and (byte(buffer, k) == 45 or byte(buffer, k) == 61) and k > at:
        return k + 3
    return at


@helper
def next_mark(buffer: Any, at: int, end: int) -> int:
    """Where the next line end or "[" is, `end` when there is none."""
    while at + 16 <= end:
        hit = 0
        for k in range(16):
            value = buffer[np.uintp(at + k)]
            hit |= (value == 10) | (value == 91)
        if hit:
            break
        at += 16
    while at < end:
        value = buffer[np.uintp(at)]
        if value == 10 or value == 91:
            return at
        at += 1
    return end


@kernel
def frame_records(
    buffer: Any, at: int, end: int, final: bool, programs: Any, date: Any, state: Any, work: Any, rows: Any
) -> tuple[int, int]:
    """Frame the records in buffer[at:end] into rows; returns where the first one that is not whole begins, and how many.

    Without `final` the last one is not whole: more of it may follow. programs as `dates.compiled()` gives them; date (64,)
    uint8 and state (STATE,) int64 are kept from call to call, zeroed at the beginning of a file but state[LAST] = -1;
    work (3, 12) int64.
    """
    count = 0
    here, there, out = 0, 1, work[2]
    known = False  # whether the header at `at` was read when the record before it ended
    while at < end and count < len(rows):
        found = work[here]
        if not known and not (
            byte(buffer, at) == 91 and _header(buffer, at, end, False, programs, date, state, out, found)
        ):
            for k in range(12):
                found[k] = at
            found[LEVEL], found[THREAD], found[CALLID], found[SOURCE_LINE], found[ITS_CLOCK] = TEXT, -1, -1, 0, NO_CLOCK
        time = i64(state[TIME]) if found[ITS_CLOCK] != NO_CLOCK else i64(0)
        lines, following = 0, i64(-1)
        k = i64(found[MESSAGE])
        while k < end:
            k = next_mark(buffer, k, end)
            if k >= end:
                break
            ends = byte(buffer, k) == 10
            if ends:
                lines += 1
                k += 1
                if k >= end or byte(buffer, k) != 91:
                    continue
            if _header(buffer, k, end, not ends, programs, date, state, out, work[there]):
                following = k
                break
            k += 1
        known = following >= 0
        if not known:
            if not final:
                break
            following = end
        stop = following
        while stop > found[MESSAGE] and byte(buffer, stop - 1) == 10:
            stop -= 1
        row = rows[count]
        row["line"] = state[LINE] + 1
        row["time"] = time
        row["clock"] = found[ITS_CLOCK]
        row["callid"] = found[CALLID]
        row["thread"] = found[THREAD]
        row["start"] = at
        row["message"] = found[MESSAGE]
        row["end"] = stop
        row["next"] = following
        row["level"] = found[LEVEL]
        row["level_at"] = found[LEVEL_AT]
        row["source"] = found[SOURCE]
        row["source_end"] = found[SOURCE_END]
        row["source_line"] = found[SOURCE_LINE]
        row["function"] = found[FUNCTION]
        row["function_end"] = found[FUNCTION_END]
        row["lines"] = max(lines, 1)
        state[LINE] += lines
        count += 1
        at = following
        here, there = there, here
    return at, count
