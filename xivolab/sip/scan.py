"""One pass over the bytes of all messages: where the few fields lie that every table needs. Compiled.

The pass copies nothing. It notes where a value begins and ends; text is made of the values somebody asks for.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper, kernel
from xivolab.net.bytes import byte, line_end
from xivolab.sip.interning import number_of
from xivolab.sip.sdp_place import begins_sdp, sdp_end

METHOD, URI, FIRST_LINE, CALL_ID, FROM, TO, FROM_TAG, TO_TAG, BRANCH, CSEQ_METHOD = range(10)
AGENT, CONTACT, EXPIRES, ASSERTED, REMOTE_PARTY, REASON, REFER_TO, REPLACES = range(10, 18)
CREDENTIALS, CHALLENGE, PEER_CALL_ID, VIA, CSEQ, SDP = range(18, 24)
FIELDS = 24
"""Columns of the spans: what a message has of each lies at [start, end) of the buffer, start −1 where it has none."""

_NAMES = {
    "call-id": CALL_ID,
    "i": CALL_ID,
    "from": FROM,
    "f": FROM,
    "to": TO,
    "t": TO,
    "via": VIA,
    "v": VIA,
    "cseq": CSEQ,
    "user-agent": AGENT,
    "server": AGENT,
    "contact": CONTACT,
    "m": CONTACT,
    "expires": EXPIRES,
    "p-asserted-identity": ASSERTED,
    "remote-party-id": REMOTE_PARTY,
    "reason": REASON,
    "refer-to": REFER_TO,
    "r": REFER_TO,
    "replaces": REPLACES,
    "authorization": CREDENTIALS,
    "proxy-authorization": CREDENTIALS,
    "www-authenticate": CHALLENGE,
    "proxy-authenticate": CHALLENGE,
    "x-call-id": PEER_CALL_ID,
    "x-cid": PEER_CALL_ID,
}
_BY_LENGTH = sorted(_NAMES, key=len)
_NAME_BYTES = np.frombuffer("".join(_BY_LENGTH).encode(), dtype=np.uint8)
_NAME_STARTS = np.cumsum([0, *(len(name) for name in _BY_LENGTH)])
_NAME_FIELDS = np.array([_NAMES[name] for name in _BY_LENGTH], dtype=np.int64)
_LONGEST = len(_BY_LENGTH[-1])
_OF_LENGTH = np.searchsorted([len(name) for name in _BY_LENGTH], np.arange(_LONGEST + 2))  # the first name that long

_TAG = np.frombuffer(b"tag", dtype=np.uint8)
_BRANCH = np.frombuffer(b"branch", dtype=np.uint8)

LF, CR, TAB, SPACE, QUOTE, BACKSLASH = 10, 13, 9, 32, 34, 92
COLON, SEMICOLON, COMMA, EQUALS, LESS, GREATER = 58, 59, 44, 61, 60, 62


@helper
def _lower(letter: int) -> int:
    return letter + 32 if 65 <= letter <= 90 else letter


@helper
def _blank(letter: int) -> bool:
    return letter in (SPACE, TAB, CR, LF)


@helper
def _ends_name(letter: int) -> bool:
    return letter in (EQUALS, SEMICOLON) or _blank(letter)


@helper
def _ends_value(letter: int) -> bool:
    return letter in (SEMICOLON, COMMA) or _blank(letter)


@helper
def _blank_line(buffer: NDArray[np.uint8], at: int, end: int) -> bool:
    letter = byte(buffer, at)
    return letter == LF or (letter == CR and at + 1 < end and byte(buffer, at + 1) == LF)


@helper
def _same_word(buffer: NDArray[np.uint8], start: int, end: int, word: NDArray[np.uint8]) -> bool:
    """Whether [start, end) is `word` (lower case) in any case."""
    if end - start != len(word):
        return False
    for i in range(len(word)):  # noqa: SIM110 - numba compiles no generators
        if _lower(byte(buffer, start + i)) != word[i]:
            return False
    return True


@helper
def _field_of(buffer: NDArray[np.uint8], start: int, end: int) -> int:
    """The field that a header name at [start, end) stands for, or -1."""
    length = end - start
    if length < 1 or length > _LONGEST:
        return -1
    first = _lower(byte(buffer, start))
    for i in range(_OF_LENGTH[length], _OF_LENGTH[length + 1]):
        begin = _NAME_STARTS[i]
        if _NAME_BYTES[begin] == first and _same_word(buffer, start, end, _NAME_BYTES[begin : begin + length]):
            return _NAME_FIELDS[i]  # type: ignore[no-any-return]  # a numpy integer
    return -1


@helper
def _parameter(buffer: NDArray[np.uint8], start: int, end: int, name: NDArray[np.uint8]) -> tuple[int, int]:
    """The value of a header parameter in the first item of a list; else (-1, -1).

    With a quote too many in the name, what follows the last bracket counts.
    """
    value, stop, unterminated = _parameter_from(buffer, start, end, name)
    if unterminated:
        after = end
        while after > start and byte(buffer, after - 1) != GREATER:
            after -= 1
        value, stop, unterminated = _parameter_from(buffer, after, end, name)
    return value, stop


@helper
def _parameter_from(buffer: NDArray[np.uint8], i: int, end: int, name: NDArray[np.uint8]) -> tuple[int, int, bool]:
    """The value of a parameter outside quotes and angle brackets, and whether the text ends within quotes."""
    quoted = bracketed = False
    while i < end:
        letter = byte(buffer, i)
        if quoted:
            if letter == BACKSLASH:
                i += 1
            elif letter == QUOTE:
                quoted = False
        elif letter == QUOTE:
            quoted = True
        elif letter == LESS:
            bracketed = True
        elif letter == GREATER:
            bracketed = False
        elif letter == COMMA and not bracketed:
            return -1, -1, False
        elif letter == SEMICOLON and not bracketed:
            word = _after_blanks(buffer, i + 1, end)
            stop = word
            while stop < end and not _ends_name(byte(buffer, stop)):
                stop += 1
            value = _after_blanks(buffer, stop, end)
            if value < end and byte(buffer, value) == EQUALS and _same_word(buffer, word, stop, name):
                value = _after_blanks(buffer, value + 1, end)
                stop = value
                while stop < end and not _ends_value(byte(buffer, stop)):
                    stop += 1
                return value, stop, False
            i = stop - 1
        i += 1
    return -1, -1, quoted


@helper
def _after_blanks(buffer: NDArray[np.uint8], at: int, end: int) -> int:
    while at < end and _blank(byte(buffer, at)):
        at += 1
    return at


@helper
def _number(buffer: NDArray[np.uint8], start: int, end: int) -> int:
    """The decimal number that begins at `start`, up to 10 digits; -1 if there is none."""
    value = -1
    for i in range(start, min(end, start + 10)):
        if byte(buffer, i) < 48 or byte(buffer, i) > 57:
            break
        value = max(value, 0) * 10 + (byte(buffer, i) - 48)
    return value


@helper
def _start_line(buffer: NDArray[np.uint8], start: int, end: int, spans: NDArray[np.int32]) -> int:
    """Note the parts of the start line [start, end); returns the status, 0 for a request."""
    spans[FIRST_LINE, 0], spans[FIRST_LINE, 1] = start, end
    word = start
    while word < end and byte(buffer, word) != SPACE:
        word += 1
    if word - start == 7 and byte(buffer, start) | 32 == 115 and byte(buffer, start + 3) == 47:  # "s" … "/": SIP/2.0
        return max(_number(buffer, word + 1, end), 0)
    last = end
    while last > word and byte(buffer, last - 1) != SPACE:
        last -= 1
    spans[METHOD, 0], spans[METHOD, 1] = start, word
    if last - 1 > word + 1:
        spans[URI, 0], spans[URI, 1] = word + 1, last - 1
    return 0


@helper
def _without_blanks(buffer: NDArray[np.uint8], start: int, end: int) -> int:
    """The end of [start, end) without the blanks it ends with."""
    while end > start and _blank(byte(buffer, end - 1)):
        end -= 1
    return end


@helper
def _header(buffer: NDArray[np.uint8], at: int, end: int, spans: NDArray[np.int32]) -> int:
    """Note the header at `at`, folded lines included; returns where the next line begins."""
    last = line_end(buffer, at, end)
    while last + 1 < end and (byte(buffer, last + 1) == SPACE or byte(buffer, last + 1) == TAB):
        last = line_end(buffer, last + 1, end)
    colon = at
    while colon < last and byte(buffer, colon) != COLON:
        colon += 1
    field = _field_of(buffer, at, _without_blanks(buffer, at, colon))
    # A line without an end was cut by the capture: half a Call-ID is another one.
    if field >= 0 and spans[field, 0] < 0 and colon < last and last < end:
        stop = _without_blanks(buffer, colon + 1, last)
        spans[field, 0], spans[field, 1] = _after_blanks(buffer, colon + 1, stop), stop
    return last + 1


@helper
def _after_headers(buffer: NDArray[np.uint8], spans: NDArray[np.int32]) -> int:
    """Note tags, branch and CSeq method; returns the CSeq number or -1."""
    if spans[FROM, 0] >= 0:
        spans[FROM_TAG, 0], spans[FROM_TAG, 1] = _parameter(buffer, spans[FROM, 0], spans[FROM, 1], _TAG)
    if spans[TO, 0] >= 0:
        spans[TO_TAG, 0], spans[TO_TAG, 1] = _parameter(buffer, spans[TO, 0], spans[TO, 1], _TAG)
    if spans[VIA, 0] >= 0:
        spans[BRANCH, 0], spans[BRANCH, 1] = _parameter(buffer, spans[VIA, 0], spans[VIA, 1], _BRANCH)
    start, end = spans[CSEQ, 0], spans[CSEQ, 1]
    if start < 0:
        return -1
    word = end
    while word > start and not _blank(byte(buffer, word - 1)):
        word -= 1
    if word > start:
        spans[CSEQ_METHOD, 0], spans[CSEQ_METHOD, 1] = word, end
    return _number(buffer, start, end)


NUMBERED = (CALL_ID, BRANCH, AGENT, METHOD, FROM_TAG, TO_TAG)
"""What the pass also numbers, equal values alike: METHOD is CSeq's in a response; the two tags are numbered together."""

_TABLES = np.array([0, 1, 2, 3, 4, 4], dtype=np.int64)
TABLES = 5


@kernel
def scan(
    buffer: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    spans: NDArray[np.int32],
    status: NDArray[np.int64],
    cseq: NDArray[np.int64],
    ids: NDArray[np.int32],
    slots: NDArray[np.int32],
    entries: NDArray[np.int64],
    used: NDArray[np.int64],
) -> None:
    """Fill `spans` (n, FIELDS, 2), `status` (0 for a request) and `cseq` (-1 without) for n messages, and number values.

    Message k lies at [starts[k], ends[k]) of `buffer`; spans count from its first byte, and must come filled with
    -1. Of several fields of one name the first counts; a folded value includes its line ends. SDP is what `find_sdp` finds.

    `ids` (len(NUMBERED), n) get the numbers of the values, -1 for none or an empty one; slots (TABLES, 2^k) come filled
    with -1, 2^k more than there are values; entries (TABLES, m, 3) get hash, start and end of each number, used (TABLES,)
    how many there are. The tables go on from where an earlier call left them.
    """
    for k in range(len(starts)):
        message = buffer[starts[k] : ends[k]]
        at, end = 0, len(message)
        while at < end and (byte(message, at) == CR or byte(message, at) == LF or byte(message, at) == 0):
            at += 1
        sdp = at if (at == 0 or byte(message, at - 1) == LF) and begins_sdp(message, at, end) else -1
        stop = line_end(message, at, end)
        status[k] = _start_line(message, at, _without_blanks(message, at, stop), spans[k])
        at = stop + 1
        while at < end and not _blank_line(message, at, end):
            if sdp < 0 and begins_sdp(message, at, end):
                sdp = at
            at = _header(message, at, end, spans[k])
        while sdp < 0 and at < end:
            if begins_sdp(message, at, end):
                sdp = at
            at = line_end(message, at, end) + 1
        if sdp >= 0:
            spans[k, SDP, 0], spans[k, SDP, 1] = sdp, sdp_end(message, sdp, end)
        cseq[k] = _after_headers(message, spans[k])
        for n in range(len(NUMBERED)):
            field = NUMBERED[n]
            if field == METHOD and spans[k, METHOD, 1] <= spans[k, METHOD, 0]:
                field = CSEQ_METHOD
            first, last = starts[k] + spans[k, field, 0], starts[k] + spans[k, field, 1]
            ids[n, k] = -1
            if last > first:
                table = _TABLES[n]
                number = number_of(buffer, first, last, slots[table], entries[table], used[table])
                used[table] = max(used[table], number + 1)
                ids[n, k] = number
