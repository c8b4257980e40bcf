"""What the RTP engine is told about announced media."""

from __future__ import annotations

from typing import Any

from xivolab.sip import RawMessages, media_updates

WITH_MEDIA = b"""\
SIP/2.0 200 OK\r\n\r\nv=0\r\nc=IN IP4 10.0.0.1\r\nm=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r
m=image 5000 udptl t38\r\nm=video 0 RTP/AVP 34\r\n"""


def announced(raw: RawMessages) -> list[tuple[Any, ...]]:
    """File, frame, time, address, port and formats of each media line."""
    found = media_updates(raw)
    columns = (found.file, found.frame, found.time, found.address, found.port, found.line)
    return [
        (file, frame, time, found.addresses[address], port, found.formats[line])
        for file, frame, time, address, port, line in zip(*(column.tolist() for column in columns), strict=True)
    ]


def test_one_update_for_each_line_that_is_not_refused_without_formats_where_it_is_no_rtp() -> None:
    raw = RawMessages.from_rows(
        [{"data": b"OPTIONS sip:a SIP/2.0\r\n\r\n"}, {"data": WITH_MEDIA, "time": 7, "frame": 9}]
    )
    assert announced(raw) == [
        (0, 9, 7, "10.0.0.1", 4000, {8: ("PCMA", 8000), 101: ("telephone-event", 8000)}),
        (0, 9, 7, "10.0.0.1", 5000, {}),
    ]


def test_messages_of_one_shape_announce_their_own_places() -> None:
    other = WITH_MEDIA.replace(b"10.0.0.1", b"10.0.0.2").replace(b"4000", b"4002")
    raw = RawMessages.from_rows([{"data": WITH_MEDIA}, {"data": other}])
    assert [update[3:5] for update in announced(raw)] == [
        ("10.0.0.1", 4000),
        ("10.0.0.1", 5000),
        ("10.0.0.2", 4002),
        ("10.0.0.2", 5000),
    ]
