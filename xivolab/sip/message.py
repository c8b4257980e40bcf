"""One SIP message taken apart: start line, headers in order, body. Nothing raises on bytes, whatever they are.

RFC 3261: 7.1 and 7.2 (start lines), 7.3.1 (header fields: folding, any case, lists), 7.3.3 and 20 (compact forms).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

COMPACT_FORMS = {
    "a": "accept-contact",
    "b": "referred-by",
    "c": "content-type",
    "d": "request-disposition",
    "e": "content-encoding",
    "f": "from",
    "i": "call-id",
    "j": "reject-contact",
    "k": "supported",
    "l": "content-length",
    "m": "contact",
    "n": "identity-info",
    "o": "event",
    "r": "refer-to",
    "s": "subject",
    "t": "to",
    "u": "allow-events",
    "v": "via",
    "x": "session-expires",
    "y": "identity",
}
"""RFC 3261 7.3.3 and the registrations after it (RFC 3515, 3841, 3892, 4028, 4474, 6665)."""

_COMMA_LISTS = frozenset(
    [
        "accept",
        "accept-contact",
        "accept-encoding",
        "accept-language",
        "alert-info",
        "allow",
        "allow-events",
        "call-info",
        "contact",
        "content-encoding",
        "content-language",
        "diversion",
        "error-info",
        "history-info",
        "in-reply-to",
        "p-asserted-identity",
        "p-preferred-identity",
        "path",
        "proxy-require",
        "reason",
        "record-route",
        "reject-contact",
        "remote-party-id",
        "require",
        "route",
        "service-route",
        "supported",
        "unsupported",
        "via",
        "warning",
    ]
)
"""Headers whose grammar is a list: several values may share one field. A comma elsewhere is part of the value."""

_STATUS_LINE = re.compile(r"SIP/\d\.\d\s+(\d{3})(?!\d)\s*(.*)", re.IGNORECASE)
_REQUEST_LINE = re.compile(r"(\S+)\s+(.*?)(?:\s+(SIP/\d\.\d))?\s*$", re.IGNORECASE)
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_CONTENT_LENGTH = re.compile(rb"\n(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*\r?\n", re.IGNORECASE)
_LIST_ITEM = re.compile(r'(?:"(?:\\.|[^"\\])*"|<[^>]*>|[^,])+')


def is_truncated(data: bytes) -> bool:
    """Whether a message is not whole: its headers do not end, or there is less of its body than Content-Length says."""
    end = _HEADER_END.search(data)
    length = _CONTENT_LENGTH.search(data, 0, end.end() if end else len(data))
    return end is None or (length is not None and len(data) - end.end() < int(length[1]))


def decode(data: bytes) -> str:
    """Text of a header: UTF-8 as the RFC wants it, else Latin-1 as old phones send it."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def canonical(name: str) -> str:
    """The long name of a header in lower case."""
    lower = name.strip().lower()
    return COMPACT_FORMS.get(lower, lower)


@dataclass(frozen=True)
class SipMessage:
    """A parsed message. `headers` are (name as written, value unfolded) in order; `uri` is None in a response."""

    start_line: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    method: str | None = None
    uri: str | None = None
    status: int | None = None
    reason: str | None = None

    @property
    def is_request(self) -> bool:
        """Whether it is a request; something without a SIP start line is neither request nor response."""
        return self.method is not None

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        fields: dict[str, list[str]] = {}
        for name, value in self.headers:
            fields.setdefault(canonical(name), []).append(value)
        return fields

    def header(self, name: str) -> str | None:
        """The first field of that name (long or compact, any case), or None."""
        fields = self._by_name.get(canonical(name))
        return fields[0] if fields else None

    def values(self, name: str) -> list[str]:
        """All values of that name: one for each field, or for each item of a comma list where the grammar has one."""
        fields = self._by_name.get(canonical(name), [])
        if canonical(name) not in _COMMA_LISTS:
            return list(fields)
        return [item.strip() for field in fields for item in _LIST_ITEM.findall(field) if item.strip()]


def parse_message(data: bytes) -> SipMessage:
    """The parts of a captured message. One that is cut has the headers, and as much of the body, as is there."""
    data = data.lstrip(b"\r\n\x00")
    blank = _HEADER_END.search(data)
    head, body = (data[: blank.start()], data[blank.end() :]) if blank else (data, b"")
    lines = _unfolded(head)
    start_line = lines[0] if lines else ""
    headers = tuple(
        (name.strip(), value.strip()) for name, colon, value in (line.partition(":") for line in lines[1:]) if colon
    )
    status_line = _STATUS_LINE.match(start_line)
    if status_line:
        status, reason = int(status_line[1]), status_line[2].strip()
        return _with_body(SipMessage(start_line, headers, body, status=status, reason=reason))
    request_line = _REQUEST_LINE.match(start_line)
    if request_line and request_line[3]:
        return _with_body(SipMessage(start_line, headers, body, method=request_line[1], uri=request_line[2]))
    return _with_body(SipMessage(start_line, headers, body))


def _unfolded(head: bytes) -> list[str]:
    """The lines of a header block, a folded one joined to the line that it goes on from."""
    lines: list[str] = []
    for raw in head.split(b"\n"):
        line = decode(raw.rstrip(b"\r"))
        if line[:1] in (" ", "\t") and len(lines) > 1:
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line)
    return lines


def _with_body(message: SipMessage) -> SipMessage:
    """The message with its body ended where Content-Length says, when it says something possible."""
    length = (message.header("content-length") or "").strip()
    if not (length.isascii() and length.isdigit() and len(length) < 10 and int(length) < len(message.body)):
        return message
    body = message.body[: int(length)]
    return SipMessage(
        message.start_line, message.headers, body, message.method, message.uri, message.status, message.reason
    )
