"""Where SIP messages begin and end: recognition by content, and the framing of a byte stream.

RFC 3261: 7.1 and 7.2 (start lines), 7.5 (empty lines before a message), 18.3 (Content-Length frames a stream).
"""

from __future__ import annotations

import re

_START_LINE = rb"(?:SIP/2\.0 [1-6]\d\d(?=[ \r\n])|[\w!%*+`'~.-]+ [^\r\n]+ SIP/2\.0(?=\r?\n))"
_AT_START = re.compile(rb"[\r\n]*" + _START_LINE, re.IGNORECASE)
_AT_LINE = re.compile(rb"^" + _START_LINE, re.IGNORECASE | re.MULTILINE)
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_CONTENT_LENGTH = re.compile(rb"^(?:Content-Length|l)[ \t]*:\s*(\d{1,10})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_KEEP_ALIVE = re.compile(rb"[\r\n\x00]*")


def looks_like_sip(data: bytes) -> bool:
    """Whether `data` begins with a SIP request line (of any method) or status line, after empty lines if any."""
    return _AT_START.match(data) is not None


def holds_start_line(data: bytes) -> bool:
    """Whether a line of `data` is a SIP request or status line."""
    return b"SIP/2.0" in data and _AT_LINE.search(data) is not None


def split_messages(data: bytes, final: bool = False) -> tuple[list[tuple[int, int]], int]:
    """The messages of a byte stream: their spans, and the offset from which the rest needs more bytes.

    Keep-alives (CRLF, NUL) are skipped. A message without Content-Length ends where the next start line begins, else
    with its headers. After junk, framing goes on at the next start line. With `final` (no more bytes will come) a
    message that is cut is given as far as it is there.
    """
    spans: list[tuple[int, int]] = []
    at = 0
    while True:
        at = _KEEP_ALIVE.match(data, at).end()  # type: ignore[union-attr]  # the pattern matches the empty string
        if at >= len(data):
            return spans, at
        if not _AT_START.match(data, at):
            start = _AT_LINE.search(data, at)
            if start is None:
                return spans, len(data) if final else _last_line(data, at)
            at = start.start()
        end = _message_end(data, at)
        if end is None or end > len(data):
            if not final:
                return spans, at
            end = len(data)
        spans.append((at, end))
        at = end


def _last_line(data: bytes, at: int) -> int:
    """Where the last line begins: all before it is junk, it may become a start line."""
    return max(at, data.rfind(b"\n") + 1)


def _message_end(data: bytes, at: int) -> int | None:
    """Where the message that begins at `at` ends, beyond the data if its body is cut; None if its headers are."""
    blank = _HEADER_END.search(data, at)
    if blank is None:
        return None
    length = _CONTENT_LENGTH.search(data, at, blank.start() + 1)
    if length is not None:
        return blank.end() + int(length[1])
    following = _AT_LINE.search(data, blank.end())
    return following.start() if following else blank.end()
