"""The dates in front of records: any `dateformat` of logger.conf that is in use (configs/samples/logger.conf.sample).

A format is compiled into a program of small numbers, which a kernel follows: Asterisk writes the date of every line,
and a log has millions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper
from xivolab.asterisk.log.rows import ABSOLUTE, DAY, LOCAL, NO_CLOCK, YEARLESS
from xivolab.net.bytes import byte, i64

FORMATS = (
    "%b %e %T",  # Asterisk's own, and XiVO's
    "%F %T",
    "%FT%T",
    "%a %b %e %T %Y",
    "%a %b %e %T",
    "%b %e %Y %T",
    "%e %b %Y %T",
    "%e %b %T",
    "%a, %e %b %Y %T",
    "%d/%b/%Y:%T",
    "%d/%b/%Y %T",
    "%d-%b-%Y %T",
    "%Y/%m/%d %T",
    "%Y.%m.%d %T",
    "%Y%m%d %T",
    "%Y%m%d-%T",
    "%Y%m%d-%H%M%S",
    "%Y%m%d %H%M%S",
    "%d/%m/%Y %T",
    "%m/%d/%Y %T",
    "%d.%m.%Y %T",
    "%d-%m-%Y %T",
    "%m/%d/%y %T",
    "%y-%m-%d %T",
    "%d/%m %T",
    "%m-%d %T",
    "%b %e %I:%M:%S %p",
    "%F %I:%M:%S %p",
    "%s",
)
"""Each may have a fraction of 1 to 9 digits behind the seconds (%1q to %9q), and a zone at its end (%z, %Z)."""

_MONTH_NAME, _DAY, _YEAR4, _MONTH, _HOUR, _MINUTE, _SECOND, _WEEKDAY, _EPOCH, _HALF, _YEAR2 = range(1, 12)
_CODES = {
    "b": (_MONTH_NAME,),
    "e": (_DAY,),
    "d": (_DAY,),
    "Y": (_YEAR4,),
    "y": (_YEAR2,),
    "m": (_MONTH,),
    "H": (_HOUR,),
    "I": (_HOUR,),
    "M": (_MINUTE,),
    "S": (_SECOND,),
    "a": (_WEEKDAY,),
    "p": (_HALF,),
    "s": (_EPOCH,),
    "T": (_HOUR, -ord(":"), _MINUTE, -ord(":"), _SECOND),
    "F": (_YEAR4, -ord("-"), _MONTH, -ord("-"), _DAY),
}
_LONGEST = 24

LONGEST_DATE = 64
"""Bytes between the brackets: more is no date."""

MONTHS = np.frombuffer(b"janfebmaraprmayjunjulaugsepoctnovdec", np.uint8)
_LEAP_STARTS = np.array([0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366], np.int64)


def compiled(formats: tuple[str, ...] = FORMATS) -> NDArray[np.int32]:
    """The programs of some formats, (n, 24) int32: numbers of fields, negative characters, 0 to the end."""
    programs = np.zeros((len(formats), _LONGEST), np.int32)
    for row, text in enumerate(formats):
        program: list[int] = []
        at = 0
        while at < len(text):
            if text[at] == "%":
                program += _CODES[text[at + 1]]
                at += 2
            else:
                program.append(-ord(text[at]))
                at += 1
        programs[row, : len(program)] = program
    return programs


@helper
def days_before(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a date of the Gregorian calendar (Hinnant, chrono-compatible date algorithms)."""
    y = year - 1 if month <= 2 else year
    era = y // 400
    of_era = y - era * 400
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


@helper
def _is_digit(value: int) -> bool:
    return 48 <= value <= 57


@helper
def _letter(value: int) -> int:
    """A letter in lower case, 0 for what is none."""
    lower = value | 32
    return lower if 97 <= lower <= 122 else 0


@helper
def _zone_seconds(buffer: Any, at: int, end: int) -> int:
    """The offset from UTC at the end of a date; -1 for a name that tells none, -2 when it is no zone."""
    if at < end and byte(buffer, at) == 32:
        at += 1
    if at >= end:
        return -2
    sign = byte(buffer, at)
    if (sign == 43 or sign == 45) and at + 3 <= end:
        number, digits = 0, 0
        for k in range(at + 1, end):
            value = byte(buffer, k)
            if _is_digit(value) and digits < 4:
                number = number * 10 + value - 48
                digits += 1
            elif value != 58 or digits != 2:
                return -2
        if digits == 2:
            number *= 100
        elif digits != 4:
            return -2
        seconds = (number // 100) * 3600 + (number % 100) * 60
        # Shifted by a day, so that no offset is negative.
        return 86400 + (seconds if sign == 43 else -seconds)
    length = end - at
    if length > 5:
        return -2
    for k in range(at, end):
        if not _letter(byte(buffer, k)):
            return -2
    first = _letter(byte(buffer, at))
    if length == 1:
        return 86400 if first == 122 else -2
    last = _letter(byte(buffer, end - 1))
    if length == 3 and ((first == 117 and last == 99) or (first == 103 and last == 116)):  # UTC, GMT
        return 86400
    return -1


@helper
def parse_date(buffer: Any, start: int, end: int, program: Any, out: Any) -> bool:
    """Whether buffer[start:end] is a date of this format; out (2,) int64 gets its ns and its clock."""
    year, month, day, hour, minute, second, fraction = -1, 0, 0, 0, 0, 0, 0
    half, epoch, at = 0, i64(-1), start
    for step in range(len(program)):
        code = i64(program[step])
        if code == 0:
            break
        if code == -32:
            if at >= end or byte(buffer, at) != 32:
                return False
            while at < end and byte(buffer, at) == 32:
                at += 1
            continue
        if code < 0:
            if at >= end or byte(buffer, at) != -code:
                return False
            at += 1
            continue
        if code in (_MONTH_NAME, _WEEKDAY, _HALF):
            length = 2 if code == _HALF else 3
            if at + length > end:
                return False
            first, second_letter = _letter(byte(buffer, at)), _letter(byte(buffer, at + 1))
            third = _letter(byte(buffer, at + 2)) if length == 3 else 1
            if not (first and second_letter and third):
                return False
            if code == _MONTH_NAME:
                for k in range(12):
                    if (
                        byte(MONTHS, 3 * k) == first
                        and byte(MONTHS, 3 * k + 1) == second_letter
                        and byte(MONTHS, 3 * k + 2) == third
                    ):
                        month = k + 1
                if month == 0:
                    return False
            elif code == _HALF:
                if second_letter != 109 or not (first == 97 or first == 112):
                    return False
                half = 1 if first == 97 else 2
            at += length
            continue
        if code == _DAY:
            while at < end and byte(buffer, at) == 32:
                at += 1
        most = 10 if code == _EPOCH else 4 if code == _YEAR4 else 2
        number, digits = i64(0), 0
        while at < end and digits < most and _is_digit(byte(buffer, at)):
            number = number * 10 + byte(buffer, at) - 48
            at += 1
            digits += 1
        if digits == 0 or ((code in (_YEAR4, _EPOCH)) and digits != most):
            return False
        if code == _YEAR4:
            year = number
        elif code == _YEAR2:
            year = 2000 + number
        elif code == _MONTH:
            month = number
        elif code == _DAY:
            day = number
        elif code == _HOUR:
            hour = number
        elif code == _MINUTE:
            minute = number
        else:
            if code == _EPOCH:
                epoch = number
            else:
                second = number
            if at + 1 < end and (byte(buffer, at) == 46 or byte(buffer, at) == 44) and _is_digit(byte(buffer, at + 1)):
                at += 1
                unit = i64(1_000_000_000)
                while at < end and _is_digit(byte(buffer, at)):
                    unit //= 10
                    fraction += (byte(buffer, at) - 48) * unit
                    at += 1
    if epoch >= 0:
        out[0], out[1] = epoch * 1_000_000_000 + fraction, ABSOLUTE
        return at == end
    if half:
        if not 1 <= hour <= 12:
            return False
        hour = hour % 12 + (12 if half == 2 else 0)
    if not (1 <= month <= 12 and 1 <= day <= _LEAP_STARTS[month] - _LEAP_STARTS[month - 1]):
        return False
    if hour > 23 or minute > 59 or second > 60:
        return False
    zone = i64(-1)
    if at < end:
        zone = i64(_zone_seconds(buffer, at, end))
        if zone == -2:
            return False
    of_day = ((hour * 60 + minute) * 60 + second) * 1_000_000_000 + fraction
    if year < 0:
        out[0], out[1] = (_LEAP_STARTS[month - 1] + day - 1) * DAY + of_day, YEARLESS
        return True
    if not 1970 <= year <= 2200:
        return False
    time = days_before(year, month, day) * DAY + of_day
    if zone >= 0:
        out[0], out[1] = time - (zone - 86400) * 1_000_000_000, ABSOLUTE
    else:
        out[0], out[1] = time, LOCAL
    return True


@helper
def find_date(buffer: Any, start: int, end: int, programs: Any, first: int, out: Any) -> int:
    """Which of the programs reads buffer[start:end], `first` tried first; -1 for none, and then out is no clock's."""
    if 0 <= first < programs.shape[0] and parse_date(buffer, start, end, programs[first], out):
        return first
    for row in range(programs.shape[0]):
        if row != first and parse_date(buffer, start, end, programs[row], out):
            return row
    out[0], out[1] = 0, NO_CLOCK
    return -1
