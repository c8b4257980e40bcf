"""The bytes of messages again, out of files and out of pastes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.sip_log.marks import Mark
from xivolab.asterisk.sip_log.restore import restore

SDP = b"v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n"
HEAD = (
    b"INVITE sip:1002@10.0.0.2 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1\r\nCall-ID: a@b\r\n"
    b"CSeq: 1 INVITE\r\nContent-Type: application/sdp\r\nContent-Length:  %d\r\n\r\n" % len(SDP)
)
INVITE = HEAD + SDP
OK = b"SIP/2.0 200 OK\r\nCall-ID: a@b\r\nCSeq: 1 INVITE\r\nContent-Length:  0\r\n\r\n"


def mark(size: int | None, closing: bytes | None = None) -> Mark:
    return Mark(0, 0, True, "UDP", "10.0.0.1:5060", size, closing)


@pytest.mark.parametrize("message", [INVITE, OK])
def test_a_file_gives_the_bytes(message: bytes) -> None:
    assert restore(mark(len(message)), b"\n" + message + b"\n[Nov 23 07:00:00]") == message


@pytest.mark.parametrize("message", [INVITE, OK])
@pytest.mark.parametrize("end", [b"\n", b"^M\n"])
def test_a_paste_that_lost_or_shows_its_carriage_returns(message: bytes, end: bytes) -> None:
    assert restore(mark(len(message)), b"\n" + message.replace(b"\r\n", end) + b"\n") == message


@pytest.mark.parametrize("message", [INVITE, OK])
def test_a_line_end_more_between_head_and_body(message: bytes) -> None:
    broken = message.replace(b"\r\n\r\n", b"\r\n\r\n\n")
    assert restore(mark(len(message)), b"\n" + broken.replace(b"\r\n", b"^M\n")) == message


@pytest.mark.parametrize("closing", [b"<------------->", b"<------------>", b"---"])
def test_messages_of_chan_sip_end_at_their_sign(closing: bytes) -> None:
    text = b"\n" + INVITE.replace(b"\r\n", b"\n") + b"\n" + closing + b"\n--- (12 headers 6 lines) ---\nmore"
    assert restore(mark(None, closing), text) == INVITE


def test_a_body_shorter_than_its_length_is_kept() -> None:
    cut = INVITE.replace(b"m=audio 4000 RTP/AVP 8\r\n", b"")
    found = restore(mark(len(INVITE)), b"\n" + cut.replace(b"\r\n", b"\n"))
    assert found == cut


def test_noise_behind_a_message_without_body_is_left_out() -> None:
    text = b"\n" + OK.replace(b"\r\n", b"\n") + b"\n  == Setting global variable 'X' to '1'\n"
    assert restore(mark(len(OK)), text) == OK


def test_a_record_cut_in_the_middle_of_a_header() -> None:
    found = restore(mark(9000), b"\n" + INVITE[:90])
    assert found is not None
    assert found.startswith(b"INVITE sip:1002@10.0.0.2 SIP/2.0\r\n")


@pytest.mark.parametrize("text", [b"", b"\n\n", b"\nnothing of SIP\n", b"\n\x00\x01"])
def test_anything_else_is_no_message(text: bytes) -> None:
    assert restore(mark(10), text) is None


@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_are_taken(text: bytes, size: int) -> None:
    restore(mark(size), text)
    restore(mark(None, b"---"), INVITE[:size] + text)
