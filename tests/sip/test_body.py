"""The session description in a message."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xivolab.sip.body import find_sdp

SDP = b"v=0\r\nm=audio 1 RTP/AVP 0\r\n"


def test_alone_in_the_body() -> None:
    assert find_sdp(b"INVITE sip:a SIP/2.0\r\n\r\n" + SDP) == SDP


def test_as_a_part_of_a_multipart_body() -> None:
    body = b"--x\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=-\r\n\r\n--x\r\nContent-Type: a/b\r\n\r\nm=y\r\n--x--"
    assert find_sdp(body) == b"v=0\r\ns=-\r\n"


def test_followed_by_something_else_after_an_empty_line() -> None:
    assert find_sdp(b"\r\n\r\n" + SDP + b"\r\nGET / HTTP/1.1\r\n") == SDP


def test_none() -> None:
    assert find_sdp(b"INVITE sip:v=0@b SIP/2.0\r\n\r\n") is None
    assert find_sdp(b"") is None


@given(st.binary(), st.binary())
def test_it_is_found_after_any_header(before: bytes, after: bytes) -> None:
    found = find_sdp(before + b"\r\n\r\n" + SDP + after)
    assert found is not None
    assert found.startswith(b"v=0")
