"""The session description in a message's body, alone or as a part of a multipart one (RFC 2046 5.1, RFC 5621)."""

from __future__ import annotations

import re

_SDP_START = re.compile(rb"(?:\A|(?<=\n))v=0[ \t]*\r?\n")
_SDP_LINE = re.compile(rb"[A-Za-z]=")


def find_sdp(data: bytes) -> bytes | None:
    """The SDP of a whole message or of a body, or None.

    It is found by its first line `v=0` and ends with the last line of the form `x=…`: so parts of a multipart body,
    a wrong Content-Type and a message cut in the middle need no care of their own.
    """
    near = data.find(b"v=0")
    if near < 0:
        return None
    start = _SDP_START.search(data, near)
    if start is None:
        return None
    begin = start.start()
    part_end = data.find(b"\n--", begin)
    sdp = data[begin:] if part_end < 0 else data[begin : part_end + 1]
    blank = sdp.find(b"\n\r\n")
    if blank >= 0 and not _SDP_LINE.match(sdp, blank + 3):
        sdp = sdp[: blank + 1]
    return sdp
