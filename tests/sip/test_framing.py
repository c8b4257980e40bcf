"""Recognition of SIP by content, and messages cut out of a byte stream."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.sip.framing import looks_like_sip, split_messages

OPTIONS = b"OPTIONS sip:pbx SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 0\r\n\r\n"
MESSAGE = b"MESSAGE sip:bob@pbx SIP/2.0\r\nCall-ID: 2\r\nl: 5\r\n\r\nhello"
TRYING = b"SIP/2.0 100 Trying\r\nCall-ID: 3\r\nContent-Length: 0\r\n\r\n"


def cut(data: bytes, final: bool = False) -> tuple[list[bytes], bytes]:
    spans, rest = split_messages(data, final)
    return [data[start:end] for start, end in spans], data[rest:]


@pytest.mark.parametrize(
    "data",
    [
        OPTIONS,
        TRYING,
        b"\r\n\r\n" + OPTIONS,
        b"INVITE sip:bob smith@pbx SIP/2.0\r\n",
        b"X-NEW~METHOD sip:a SIP/2.0\r\n",
        b"INVITE tel:+33123456789 sip/2.0\n",
        b"SIP/2.0 200\r\n",
    ],
)
def test_any_start_line_is_sip(data: bytes) -> None:
    assert looks_like_sip(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"\r\n\r\n", b"GET / HTTP/1.1\r\n", b"SIP/2.0", b"SIP/2.0 abc", b"INVITE sip:x", b"RTSP/1.0 200 OK\r\n"],
)
def test_other_bytes_are_not_sip(data: bytes) -> None:
    assert not looks_like_sip(data)


def test_content_length_frames_the_stream() -> None:
    assert cut(OPTIONS + MESSAGE + TRYING) == ([OPTIONS, MESSAGE, TRYING], b"")


def test_a_message_that_is_not_whole_waits_for_more() -> None:
    assert cut(OPTIONS + MESSAGE[:-2]) == ([OPTIONS], MESSAGE[:-2])
    assert cut(OPTIONS + b"MESSAGE sip:b") == ([OPTIONS], b"MESSAGE sip:b")


def test_the_last_message_is_given_as_far_as_it_is_there() -> None:
    assert cut(OPTIONS + MESSAGE[:-2], final=True) == ([OPTIONS, MESSAGE[:-2]], b"")


def test_keep_alives_are_skipped() -> None:
    assert cut(b"\r\n\r\n" + OPTIONS + b"\r\n\r\n" + TRYING + b"\r\n\r\n\x00") == ([OPTIONS, TRYING], b"")


def test_without_content_length_a_message_ends_at_the_next_start_line() -> None:
    bare = b"MESSAGE sip:bob@pbx SIP/2.0\r\nCall-ID: 2\r\n\r\nhello\r\n"
    assert cut(bare + TRYING) == ([bare, TRYING], b"")


def test_after_junk_framing_goes_on_at_a_start_line() -> None:
    assert cut(b"tail of a message\r\n\r\nv=0\r\n" + OPTIONS) == ([OPTIONS], b"")


def test_a_start_line_within_a_body_starts_nothing() -> None:
    notify = b"NOTIFY sip:a SIP/2.0\r\nContent-Length: 16\r\n\r\nSIP/2.0 200 OK\r\n"
    assert cut(notify + TRYING) == ([notify, TRYING], b"")


@given(st.lists(st.sampled_from([OPTIONS, MESSAGE, TRYING, b"\r\n\r\n"])), st.integers(0, 400))
def test_where_a_stream_is_cut_makes_no_difference(parts: list[bytes], at: int) -> None:
    whole = b"".join(parts)
    first, rest = cut(whole[:at])
    second, _ = cut(rest + whole[at:])
    assert first + second == [part for part in parts if part.strip()]


@given(
    st.binary() | st.lists(st.sampled_from([OPTIONS, b"l: 99\r\n", b"SIP/2.0 200 OK\r\n", b"\n", b"x"])).map(b"".join)
)
def test_spans_of_any_bytes_are_in_order_and_begin_with_sip(data: bytes) -> None:
    for final in (False, True):
        spans, rest = split_messages(data, final)
        edges = [edge for span in spans for edge in span] + [rest]
        assert edges == sorted(edges)
        assert rest <= len(data)
        assert all(looks_like_sip(data[start:end]) for start, end in spans)
