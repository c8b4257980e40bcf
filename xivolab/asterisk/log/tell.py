"""What the chosen records tell, in numbers: a kernel reads Asterisk's own sentences as Asterisk writes them.

Whatever is unusual, such as a text that is not ASCII where it matters, is left to Python (`happenings.py`), which reads all
of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab._kernel import helper, kernel
from xivolab.asterisk.helpers import HELPERS
from xivolab.asterisk.log.names import SIZE, channel_at, name_at
from xivolab.asterisk.log.pick import MARK, NOTHING, begins_with, find
from xivolab.asterisk.log.pick import STEP as A_STEP
from xivolab.asterisk.log.pick import STORY as A_STORY
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
    HAS_CALLID,
    HAS_TEXT,
    HAS_THREAD,
    IS_DESTINATION,
    IS_FIRST,
    IS_SOURCE,
    JOINED,
    LEFT,
    NO_ANSWER,
    NO_CAUSE,
    NOOP,
    NOT_MADE,
    NOTHING_TOLD,
    OF_HELPER,
    OF_LOCAL,
    PROGRESS,
    REFUSED,
    RINGING,
    SOME_BUSY,
    SOME_CONGESTED,
    SOME_REFUSED,
    STEP,
    TIMED_OUT,
    UNANSWERED,
    UNREAD,
)
from xivolab.net.bytes import byte, i64
from xivolab.sip.interning import hash_bytes

CHANNEL, CHANNEL_END, OTHER, OTHER_END, VALUE, VALUE_END, HOW, NUMBER = range(8)
"""What is found in a text, in an array (8,) int64: places of names in it, bits and a number."""
KEPT = 0
"""At the end: how many texts are kept."""


def _letters(words: str) -> Any:
    return np.frombuffer(words.encode(), np.uint8)


_EXECUTING = _letters("Executing [")
_HELPERS = _letters("".join(f"{name}\0" for name in HELPERS))
_STACK = _letters('") in new stack')
_NUMBER_SOURCE, _NUMBER_DESTINATION = _letters("SRCNUM="), _letters("DSTNUM=")
_XIVO, _WAZO = _letters("XIVO_"), _letters("WAZO_")
_NOANSWER, _CALL_ID = _letters("noanswer"), _letters("Call-ID")
_CHANNEL, _CALLED, _CALL = _letters("Channel "), _letters("Called "), _letters("Call")
_JOINED, _LEFT, _BASIC = _letters("joined '"), _letters("left '"), _letters("basic")
_LOCAL = _letters("Local/")
_SPAWN, _EXITED = _letters("Spawn extension ("), _letters(") exited non-zero on '")
_NOBODY, _MS, _NO_ONE = (
    _letters("Nobody picked up in "),
    _letters(" ms"),
    _letters("No one is available to answer at this time"),
)
_EVERYONE, _ALL_REFUSED = _letters("Everyone is "), _letters("Everyone is busy/congested at this time (")
_AUTO, _STATUS = _letters("Auto fallthrough, channel '"), _letters("' status is '")
_UNABLE, _CAUSE = _letters("Unable to create channel of type '"), _letters("' (cause ")
_FORWARDING, _TO = _letters("Now forwarding "), _letters(" to '")
_DISCONNECTING, _LACK = _letters("Disconnecting channel '"), _letters("' for lack of ")
_IS, _ANSWERED = _letters(" is "), _letters(" answered ")
_RINGING, _MAKING = _letters("ringing"), _letters("making progress passing it to ")
_BUSY, _CIRCUIT_BUSY = _letters("busy"), _letters("circuit-busy")


@helper
def _is_space(value: int) -> bool:
    """As \\s of a regular expression, in ASCII."""
    return value == 32 or 9 <= value <= 13 or 28 <= value <= 31


@helper
def _word_end(buffer: Any, at: int, end: int) -> int:
    while at < end and not _is_space(byte(buffer, at)):
        at += 1
    return at


@helper
def _up_to(buffer: Any, at: int, end: int, mark: int) -> int:
    """Where the next byte of that value is; `end` when there is none."""
    while at < end and byte(buffer, at) != mark:
        at += 1
    return at


@helper
def _digits_end(buffer: Any, at: int, end: int) -> int:
    while at < end and 48 <= byte(buffer, at) <= 57:
        at += 1
    return at


@helper
def _is_ascii(buffer: Any, at: int, end: int) -> bool:
    union = i64(0)
    for k in range(at, end):
        union |= byte(buffer, k)
    return union < 128


@helper
def _small(buffer: Any, at: int, end: int) -> int:
    """The number in up to nine digits."""
    number = i64(0)
    for k in range(at, end):
        number = number * 10 + byte(buffer, k) - 48
    return number


@helper
def _tells_number(buffer: Any, at: int, end: int) -> int:
    """Where the number begins that XIVO_SRCNUM=… sets (or DSTNUM, WAZO_); -1 for other arguments."""
    while at < end and byte(buffer, at) == 95:
        at += 1
    if not (begins_with(buffer, at, end, _XIVO) or begins_with(buffer, at, end, _WAZO)):
        return -1
    at += 5
    if not (begins_with(buffer, at, end, _NUMBER_SOURCE) or begins_with(buffer, at, end, _NUMBER_DESTINATION)):
        return -1
    at += 7
    return at if at < end and _up_to(buffer, at, end, 10) == end else -1


@helper
def _step(buffer: Any, at: int, end: int, found: Any, names: Any, entries: Any, slots: Any, counts: Any) -> int:
    """Executing [exten@context:priority] Application("channel", "arguments") in new stack."""
    while end > at and _is_space(byte(buffer, end - 1)):
        end -= 1
    if byte(buffer, end - 1) > 127:
        return UNREAD
    stop = end - len(_STACK)
    if stop < at or not begins_with(buffer, stop, end, _STACK):
        stop = end - 2
        if byte(buffer, stop) != 34 or byte(buffer, end - 1) != 41:
            return NOTHING_TOLD
    exten = at + len(_EXECUTING)
    context = _up_to(buffer, exten, stop, 64)
    close = _up_to(buffer, context, stop, 93)
    colon = close - 1
    while colon > context and 48 <= byte(buffer, colon) <= 57:
        colon -= 1
    if close + 2 >= stop or byte(buffer, colon) != 58 or colon == close - 1 or byte(buffer, close + 1) != 32:
        return UNREAD
    application = close + 2
    k = application
    while k < stop and byte(buffer, k) > 32 and byte(buffer, k) != 40 and byte(buffer, k) != 34:
        k += 1
    if k == application or k + 2 > stop or byte(buffer, k) != 40 or byte(buffer, k + 1) != 34:
        return UNREAD
    channel = k + 2
    quote = _up_to(buffer, channel, stop, 34)
    arguments = quote + 4
    if (
        arguments > stop
        or byte(buffer, quote + 1) != 44
        or byte(buffer, quote + 2) != 32
        or byte(buffer, quote + 3) != 34
    ):
        return UNREAD
    if not _is_ascii(buffer, exten, arguments):
        return UNREAD
    number = name_at(buffer, application, k, names, entries, slots, counts)
    does = i64(APPLICATION_DOES[number]) if number < len(APPLICATION_DOES) else i64(0)
    found[CHANNEL], found[CHANNEL_END], found[OTHER], found[OTHER_END] = channel, quote, exten, context
    if colon == close - 2 and byte(buffer, close - 1) == 49:
        does |= IS_FIRST
    if find(buffer, arguments, stop, _NOANSWER) >= 0:
        does |= UNANSWERED
    told = _tells_number(buffer, arguments, stop)
    if told >= 0:
        found[VALUE], found[VALUE_END] = told, stop
        does |= IS_SOURCE if byte(buffer, told - 7) == 83 else IS_DESTINATION
    elif number == NOOP:
        if find(buffer, arguments, stop, _CALL_ID) >= 0:
            if not _is_ascii(buffer, arguments, stop):
                return UNREAD
            told = stop - 2
            while told >= arguments and not (byte(buffer, told) == 58 and byte(buffer, told + 1) == 32):
                told -= 1
            told = told + 2 if told >= arguments else arguments
            while told < stop and _is_space(byte(buffer, told)):
                told += 1
            while stop > told and _is_space(byte(buffer, stop - 1)):
                stop -= 1
            found[VALUE], found[VALUE_END] = told, stop
            does |= HAS_CALL_ID
    elif does & 7 == HANGS_UP:
        if not _is_ascii(buffer, arguments, stop):
            return UNREAD
        if stop > arguments and _digits_end(buffer, arguments, stop) == stop:
            if stop - arguments > 9:
                return UNREAD
            found[NUMBER] = _small(buffer, arguments, stop)
    found[HOW] = does
    return STEP


@helper
def _is_helper(buffer: Any, at: int, end: int) -> bool:
    """Whether the name of a channel that nobody is behind begins there: `xivolab.asterisk.helpers`."""
    start = 0
    while start < len(_HELPERS):
        k = 0
        while at + k < end and _HELPERS[start + k] != 0 and byte(buffer, at + k) == _HELPERS[start + k]:
            k += 1
        if _HELPERS[start + k] == 0:
            return True
        while _HELPERS[start] != 0:
            start += 1
        start += 1
    return False


@helper
def _bridge(buffer: Any, at: int, end: int, found: Any) -> int:
    """Channel PJSIP/a-0 joined 'simple_bridge' basic-bridge <id>."""
    channel = at + len(_CHANNEL)
    k = _word_end(buffer, channel, end)
    if k == channel or k + 1 >= end or byte(buffer, k) != 32:
        return UNREAD
    joins = begins_with(buffer, k + 1, end, _JOINED)
    if not joins and not begins_with(buffer, k + 1, end, _LEFT):
        return UNREAD
    found[CHANNEL], found[CHANNEL_END] = channel, k
    k = _up_to(buffer, k + (9 if joins else 7), end, 39)
    kind = k + 2
    k = _word_end(buffer, kind, end)
    name = k + 2
    if name >= end or byte(buffer, kind - 1) != 32 or k == kind or byte(buffer, k) != 32 or byte(buffer, k + 1) != 60:
        return UNREAD
    found[VALUE], found[VALUE_END] = name, _up_to(buffer, name, end, 62)
    if found[VALUE_END] in (name, end):
        return UNREAD
    how = BASIC if find(buffer, kind, k, _BASIC) >= 0 else 0
    how |= FOR_TWO if begins_with(buffer, kind, k, _BASIC) else 0
    how |= OF_HELPER if _is_helper(buffer, channel, end) else 0
    found[HOW] = how | (OF_LOCAL if begins_with(buffer, channel, end, _LOCAL) else 0)
    return JOINED if joins else LEFT


@helper
def _quoted(buffer: Any, at: int, end: int, found: Any, behind: Any) -> int:
    """A channel at `at` up to a quote, `behind` from there on: where that ends, -1 when it is not so."""
    k = _up_to(buffer, at, end, 39)
    if k == at or not begins_with(buffer, k, end, behind):
        return -1
    found[CHANNEL], found[CHANNEL_END] = at, k
    return k + len(behind)


@helper
def _exited(buffer: Any, at: int, end: int, found: Any) -> int:
    """Spawn extension (context, exten, 1) exited non-zero on 'channel'."""
    k = find(buffer, at, end, _EXITED)
    digits = k - 1
    while digits > at and 48 <= byte(buffer, digits) <= 57:
        digits -= 1
    if k < 0 or digits == k - 1 or digits - 1 < at or byte(buffer, digits) != 32 or byte(buffer, digits - 1) != 44:
        return UNREAD
    comma = at
    while comma < digits - 2 and not (byte(buffer, comma) == 44 and byte(buffer, comma + 1) == 32):
        comma += 1
    channel = k + len(_EXITED)
    stop = _up_to(buffer, channel, end, 39)
    if comma >= digits - 2 or stop in (channel, end) or _up_to(buffer, at, k, 10) < k:
        return UNREAD
    if find(buffer, channel, end, _EXITED) >= 0:
        return UNREAD
    found[CHANNEL], found[CHANNEL_END] = channel, stop
    return EXITED


@helper
def _all_refused(buffer: Any, at: int, end: int, found: Any) -> int:
    """2:1/0/1): how many were dialled, and of these busy, congested and otherwise out of reach."""
    bits = i64(0)
    for part in range(4):
        k = _digits_end(buffer, at, end)
        if k == at or k >= end or byte(buffer, k) != (58 if part == 0 else 41 if part == 3 else 47):
            return UNREAD
        some = False
        for j in range(at, k):
            some = some or byte(buffer, j) != 48
        if part > 0 and some:
            bits |= SOME_BUSY if part == 1 else SOME_CONGESTED if part == 2 else SOME_REFUSED
        at = k + 1
    found[HOW] = bits
    return REFUSED


@helper
def _not_made(buffer: Any, at: int, end: int, found: Any) -> int:
    k = _up_to(buffer, at, end, 39)
    if not begins_with(buffer, k, end, _CAUSE):
        return UNREAD
    k += len(_CAUSE)
    stop = _digits_end(buffer, k, end)
    if stop == k or stop - k > 9:
        return UNREAD
    found[NUMBER] = _small(buffer, k, stop)
    return NOT_MADE


@helper
def _fixed(buffer: Any, at: int, end: int, found: Any) -> int:
    """Sentences that begin with words of their own."""
    if begins_with(buffer, at, end, _CHANNEL):
        return _bridge(buffer, at, end, found)
    if begins_with(buffer, at, end, _CALLED):
        k = at + len(_CALLED)
        return CALLED if k < end and _word_end(buffer, k, end) == end else UNREAD
    if begins_with(buffer, at, end, _SPAWN):
        return _exited(buffer, at + len(_SPAWN), end, found)
    if begins_with(buffer, at, end, _NOBODY):
        k = at + len(_NOBODY)
        stop = _digits_end(buffer, k, end)
        return NO_ANSWER if stop > k and begins_with(buffer, stop, end, _MS) else UNREAD
    if begins_with(buffer, at, end, _NO_ONE):
        return NO_ANSWER
    if begins_with(buffer, at, end, _EVERYONE):
        if begins_with(buffer, at, end, _ALL_REFUSED):
            return _all_refused(buffer, at + len(_ALL_REFUSED), end, found)
        return UNREAD
    if begins_with(buffer, at, end, _AUTO):
        k = _quoted(buffer, at + len(_AUTO), end, found, _STATUS)
        return FELL_THROUGH if k >= 0 and _up_to(buffer, k, end, 39) < end else UNREAD
    if begins_with(buffer, at, end, _UNABLE):
        return _not_made(buffer, at + len(_UNABLE), end, found)
    if begins_with(buffer, at, end, _DISCONNECTING):
        k = _quoted(buffer, at + len(_DISCONNECTING), end, found, _LACK)
        return TIMED_OUT if k >= 0 and k < end and _is_letter(byte(buffer, k)) else UNREAD
    if begins_with(buffer, at, end, _FORWARDING):
        channel = at + len(_FORWARDING)
        k = _word_end(buffer, channel, end)
        stop = k + len(_TO)
        if k == channel or not begins_with(buffer, k, end, _TO) or _up_to(buffer, stop, end, 39) in (stop, end):
            return UNREAD
        found[CHANNEL], found[CHANNEL_END] = channel, k
        return FORWARDED
    return NOTHING_TOLD


@helper
def _is_letter(value: int) -> bool:
    return 48 <= value <= 57 or 65 <= value <= 90 or 97 <= value <= 122 or value == 95


@helper
def _of_channel(buffer: Any, at: int, word: int, end: int, found: Any) -> int:
    """Sentences that begin with a channel, which ends at `word`."""
    found[CHANNEL], found[CHANNEL_END] = at, word
    if begins_with(buffer, word, end, _ANSWERED):
        other = word + len(_ANSWERED)
        if other == end or _word_end(buffer, other, end) < end:
            return UNREAD
        found[OTHER], found[OTHER_END] = other, end
        return ANSWERED
    k = word + len(_IS)
    if begins_with(buffer, k, end, _RINGING):
        return RINGING
    if begins_with(buffer, k, end, _MAKING):
        other = k + len(_MAKING)
        stop = _word_end(buffer, other, end)
        if stop == other:
            return UNREAD
        found[OTHER], found[OTHER_END] = other, stop
        return PROGRESS
    if begins_with(buffer, k, end, _BUSY) and k + len(_BUSY) == end:
        return BUSY
    if begins_with(buffer, k, end, _CIRCUIT_BUSY) and k + len(_CIRCUIT_BUSY) == end:
        return BUSY
    return UNREAD


@helper
def _story(buffer: Any, at: int, end: int, found: Any) -> int:
    """Something that befell a channel."""
    if at >= end:
        return NOTHING_TOLD
    word = at
    while word < end and _is_space(byte(buffer, word)):
        word += 1
    begins = word
    word = _word_end(buffer, word, end)
    is_call = word - 4 >= begins and begins_with(buffer, word - 4, end, _CALL)
    is_call = is_call or begins_with(buffer, word + 1, end, _CALL)
    if is_call or byte(buffer, at) > 127:
        return UNREAD
    if begins > at:
        return NOTHING_TOLD
    if begins_with(buffer, at, end, _EXECUTING):
        return UNREAD
    what = _fixed(buffer, at, end, found)
    if what == NOTHING_TOLD and (begins_with(buffer, word, end, _IS) or begins_with(buffer, word, end, _ANSWERED)):
        what = _of_channel(buffer, at, word, end, found)
    if what != NOTHING_TOLD and not _is_ascii(buffer, at, end):
        return UNREAD
    return what


@kernel
def tell_records(
    buffer: Any,
    rows: Any,
    count: int,
    kinds: Any,
    names: Any,
    entries: Any,
    slots: Any,
    counts: Any,
    spoken: Any,
    found: Any,
    told: Any,
    texts: Any,
    marks: Any,
) -> int:
    """What the records of kinds (n,) uint8, as `pick_records` found them, tell: rows of told (n,) TELLING; how many.

    names, entries, slots and counts are those of `Names`. What must be read by Python is UNREAD, its `how` the kind. The
    messages of these, and what is told first of each call, are kept behind the names: texts (n, 3) int64 gets number of the
    row, place and size, found[KEPT] how many they are. spoken (2^k,) int64, zeroed at first, knows which calls were heard of;
    found (8,) int64 is for the work; marks (n,) uint32 get hashes of the messages, unless it is empty.
    """
    kept = i64(0)
    used = 0
    for n in range(count):
        kind = kinds[n]
        if kind == NOTHING:
            continue
        row = rows[n]
        at, end, callid, thread = i64(row["message"]), i64(row["end"]), i64(row["callid"]), i64(row["thread"])
        for k in range(8):
            found[k] = 0
        found[NUMBER] = NO_CAUSE
        what = i64(UNREAD)
        if kind == A_STEP:
            what = _step(buffer, at, end, found, names, entries, slots, counts)
        elif kind == A_STORY:
            what = _story(buffer, at, end, found)
        if what == NOTHING_TOLD:
            continue
        out = told[used]
        out["what"] = what
        out["how"] = found[HOW]
        out["time"] = row["time"]
        out["clock"] = row["clock"]
        out["line"] = row["line"]
        out["callid"] = callid & 0xFFFFFFFF
        out["thread"] = thread & 0xFFFFFFFF
        out["has"] = (HAS_CALLID if callid >= 0 else 0) | (HAS_THREAD if thread >= 0 else 0)
        out["channel"], out["other"], out["value"] = 0, 0, found[NUMBER]
        if found[CHANNEL_END] > found[CHANNEL] and what != UNREAD:
            out["channel"] = channel_at(buffer, found[CHANNEL], found[CHANNEL_END], names, entries, slots, counts)
        if found[OTHER_END] > found[OTHER] and what != UNREAD:
            if what in (ANSWERED, PROGRESS):
                out["other"] = channel_at(buffer, found[OTHER], found[OTHER_END], names, entries, slots, counts)
            else:
                out["other"] = name_at(buffer, found[OTHER], found[OTHER_END], names, entries, slots, counts)
        if found[VALUE_END] > found[VALUE] and what != UNREAD:
            out["value"] = name_at(buffer, found[VALUE], found[VALUE_END], names, entries, slots, counts)
        place = callid & (len(spoken) - 1)
        is_new = callid < 0 or spoken[place] != callid + 1
        if kind == MARK:
            for k in range(len(spoken)):  # their numbers may start again
                spoken[k] = 0
        elif callid >= 0:
            goes_on = what != EXITED and what != FELL_THROUGH and what != UNREAD
            spoken[place] = callid + 1 if goes_on else 0
        if len(marks):
            marks[used] = hash_bytes(buffer, at, end)
        if what == UNREAD:
            out["how"] = kind
        if is_new or what == UNREAD:
            out["has"] |= HAS_TEXT
            texts[kept, 0], texts[kept, 1], texts[kept, 2] = used, counts[SIZE], end - at
            for k in range(at, end):
                names[np.uintp(counts[SIZE] + k - at)] = buffer[np.uintp(k)]
            counts[SIZE] += end - at
            kept += 1
        used += 1
    found[KEPT] = kept
    return used
