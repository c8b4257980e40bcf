"""Session descriptions: media lines, formats, direction, hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xivolab.sip.body import find_sdp
from xivolab.sip.sdp import Sdp, parse_sdp

LINES = """\
v=0
o=- 1 1 IN IP4 10.0.0.1
s=-
c=IN IP4 10.0.0.1
t=0 0
a=sendonly
m=audio 4000 RTP/AVP 8 96 101
a=rtpmap:96 opus/48000/2
a=fmtp:96 useinbandfec=1
a=rtpmap:101 telephone-event/8000
a=ptime:20
a=rtcp:4001
m=video 4002/2 RTP/SAVP 34
c=IN IP6 2001:db8::1
a=sendrecv
a=rtcp-mux
a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x
m=image 0 udptl t38
"""


def sdp(text: str) -> Sdp:
    return parse_sdp(text.replace("\n", "\r\n").encode())


def test_media_lines() -> None:
    audio, video, image = sdp(LINES).media
    assert (audio.kind, audio.address, audio.port, audio.protocol, audio.ptime) == (
        "audio",
        "10.0.0.1",
        4000,
        "RTP/AVP",
        20,
    )
    assert (video.address, video.port, video.rtcp_mux, video.crypto) == ("2001:db8::1", 4002, True, True)
    assert (image.port, image.is_rtp, image.formats) == (0, False, ())


def test_formats_from_rtpmap_and_from_rfc_3551() -> None:
    audio, video, _ = sdp(LINES).media
    assert [(f.pt, f.name, f.clock, f.channels) for f in audio.formats] == [
        (8, "PCMA", 8000, 1),
        (96, "opus", 48000, 2),
        (101, "telephone-event", 8000, 1),
    ]
    assert audio.formats[1].fmtp == "useinbandfec=1"
    assert video.formats[0].name == "H263"


def test_direction_of_the_session_holds_where_a_line_has_none() -> None:
    audio, video, _ = sdp(LINES).media
    assert (audio.direction, video.direction) == ("sendonly", "sendrecv")
    assert audio.rtcp_port == 4001


def test_hold_by_direction_or_by_address() -> None:
    assert sdp(LINES).on_hold
    assert sdp("v=0\nc=IN IP4 0.0.0.0\nm=audio 4000 RTP/AVP 8\n").on_hold
    assert not sdp("v=0\nc=IN IP4 10.0.0.1\nm=audio 4000 RTP/AVP 8\na=recvonly\n").on_hold
    assert not sdp("v=0\nc=IN IP4 0.0.0.0\nm=audio 0 RTP/AVP 8\n").on_hold


def test_an_ipv6_address_however_it_is_written() -> None:
    assert sdp("v=0\nc=IN IP6 2001:DB8:0::1\n").address == "2001:db8::1"
    assert sdp("v=0\nc=IN IP6 not:an:address\n").address == "not:an:address"


def test_sdp_alone_in_the_body() -> None:
    assert find_sdp(b"INVITE sip:a SIP/2.0\r\n\r\nv=0\r\nm=audio 1 RTP/AVP 0\r\n") == b"v=0\r\nm=audio 1 RTP/AVP 0\r\n"


def test_sdp_as_a_part_of_a_multipart_body() -> None:
    body = b"--x\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=-\r\n\r\n--x\r\nContent-Type: a/b\r\n\r\nm=y\r\n--x--"
    assert find_sdp(body) == b"v=0\r\ns=-\r\n"


def test_no_sdp() -> None:
    assert find_sdp(b"INVITE sip:v=0@b SIP/2.0\r\n\r\n") is None


@given(st.binary() | st.lists(st.sampled_from(LINES.splitlines(keepends=True))).map(lambda x: "".join(x).encode()))
def test_no_bytes_raise(data: bytes) -> None:
    description = parse_sdp(data)
    assert all(0 <= media.port < 65536 for media in description.media)
    find_sdp(data)
