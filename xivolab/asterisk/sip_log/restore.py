"""From the text between two marks to the bytes that were on the wire.

A file of Asterisk's has the message as it was, CR LF and all, and the mark tells its length. A paste has lost the CRs, shows
them as ^M, has a line end more between head and body, or lines that do not belong: then the head goes to the first empty
line, and Content-Length says how much of the rest is the body.
"""

from __future__ import annotations

import re

from xivolab.asterisk.sip_log.marks import Mark

_LENGTH = re.compile(rb"^(?:content-length|l)[ \t]*:[ \t]*(\d+)[ \t]*$", re.I | re.M)
_START = re.compile(rb"SIP/2\.0 \d{3}|[A-Z]+ \S+ +SIP/2\.0")
_HEADER = re.compile(rb"[\w!%*+.`'~-]+[ \t]*:|[ \t]")


def restore(mark: Mark, after: bytes) -> bytes | None:
    """The message of a mark out of the bytes behind it; None when what stands there is no SIP message."""
    text = after.removeprefix(b"\r").removeprefix(b"\n")
    if mark.size is not None:
        whole = text[: mark.size]
        # Where the CRs are still there the length is exact: what follows is the line end that the logger adds.
        if len(whole) == mark.size and b"\r\n\r\n" in whole and text[mark.size : mark.size + 1] in (b"\n", b"\r", b""):
            return whole if _START.match(whole) else None
    lines = [line.removesuffix(b"\r").removesuffix(b"^M").removesuffix(b"\r") for line in text.split(b"\n")]
    if mark.closing is not None:
        lines = _until(lines, mark.closing)
    while lines and not lines[0]:
        del lines[0]
    if not lines or not _START.match(lines[0]):
        return None
    head, body = _head(lines)
    return b"\r\n".join(head) + b"\r\n\r\n" + _body(head, body)


def _until(lines: list[bytes], closing: bytes) -> list[bytes]:
    for number, line in enumerate(lines):
        if line.strip() == closing or (closing != b"---" and line.startswith(closing[:12])):
            return lines[:number]
    return lines


def _head(lines: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Start line and headers, and what follows the empty line; a line that is no header ends the head too."""
    for number, line in enumerate(lines[1:], 1):
        if not line.strip():
            return lines[:number], lines[number + 1 :]
        if not _HEADER.match(line):
            return lines[:number], lines[number:]
    return lines, []


def _body(head: list[bytes], lines: list[bytes]) -> bytes:
    found = _LENGTH.search(b"\n".join(head))
    length = int(found[1]) if found else None
    if length == 0:
        return b""
    while lines and not lines[0]:
        del lines[0]
    text = b"\r\n".join(lines)
    if length is not None and len(text) >= length:
        return text[:length]
    # Shorter than it says (numbers were blotted out), or no length: as far as it looks like a body.
    kept = text.rstrip(b"\r\n")
    return kept + b"\r\n" if kept else b""
