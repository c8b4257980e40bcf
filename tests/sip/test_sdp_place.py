"""The compiled search for session descriptions finds what `find_sdp` finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xivolab.sip import scan
from xivolab.sip.arena import MessageBytes
from xivolab.sip.body import find_sdp
from xivolab.sip.fields import Fields

PIECES = [
    b"v=0",
    b"v=0\r\n",
    b"v=0 \t\n",
    b"\r\n",
    b"\n",
    b"\n--",
    b"m=audio",
    b"x",
    b"--",
    b"\n\r\n",
    b"a=x",
    b"=",
    b"v",
    b"\0",
    b" ",
    b"t: x",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map(b"".join), max_size=5))
def test_as_the_parser_finds_it(messages: list[bytes]) -> None:
    data = MessageBytes.of(messages)
    spans = Fields.of(data).span(scan.SDP).tolist()
    found = [data.part(row, start, end) if end > start else None for row, (start, end) in enumerate(spans)]
    assert found == [find_sdp(message) for message in messages]
