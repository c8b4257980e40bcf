"""Shapes say of every description what parsing it says, and descriptions that differ in places only share one."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from tests.sip.flow import sdp
from xivolab.sip.arena import MessageBytes
from xivolab.sip.body import find_sdp
from xivolab.sip.fields import Fields
from xivolab.sip.sdp import SdpMedia, parse_sdp
from xivolab.sip.sdp_shapes import SdpShapes

LINES = [
    b"v=0\r\n",
    b"v=0 \n",
    b"o=- 1 1 IN IP4 10.0.0.1\r\n",
    b"c=IN IP4 10.0.0.1\r\n",
    b"c=IN IP4 10.0.0.2/127\n",
    b"c=IN IP6 2001:DB8:0::1\r\n",
    b"c=IN IP4 x\r\n",
    b"c=IN IP4 a_b\r\n",
    b"c=in ip4 10.0.0.3\r\n",
    b"c=IN IP4 \x010\r\n",
    b"c=IN IP4 10.0\r.0.4\r\n",
    b"m=audio 4000 RTP/AVP 8 0 101\r\n",
    b"m=audio 1 RTP/AVP 8\n",
    b"m=audio 4002/2 RTP/SAVP 96\r\n",
    b"m=audio 0 RTP/AVP 8\r\n",
    b"m=audio 00040 RTP/AVP 8\r\n",
    b"m=audio\t2 RTP/AVP 9\r\n",
    b"m=image 4004 udptl t38\r\n",
    b"m=video 70000 RTP/AVP 34\r\n",
    b"\rm=audio 3 RTP/AVP 8\r\n",
    b"m=video 5006 RTP/AVP 97",
    b"a=rtpmap:96 opus/48000/2\r\n",
    b"a= rtpmap:97 H264/90000\r\n",
    b"a=r\rtpmap:97 VP8/90000\r\n",
    b"a=rtcp:4001\r\n",
    b"a=sendonly\r\n",
    b"t=0 0\r\n",
    b"--part\r\n",
    b"\r\n",
    b"\n",
    b"x",
    b"c=IN IP4 \x01x\r\n",
    b"c=IN IP4 \x01\r\n",
    b"c=IN IP4 \x019\r\n",
]


def formats(media: SdpMedia) -> tuple[object, ...]:
    """What a shape keeps of a media line."""
    return media.kind, media.protocol, [f[:4] for f in media.formats]


def shapes_of(data: MessageBytes) -> SdpShapes:
    return SdpShapes(data, Fields.of(data))


def media_of(shapes: SdpShapes) -> list[tuple[int, str, int, SdpMedia]]:
    """Row, address, port and line of each media line."""
    media = shapes.media
    columns = (media.row, media.address, media.port, media.line)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [(row, media.addresses[address], port, media.lines[line]) for row, address, port, line in rows]


@given(st.lists(st.lists(st.sampled_from(LINES) | st.binary(max_size=6), max_size=12).map(b"".join), max_size=4))
@example([b"v=0\r\n" + LINES[3] + LINES[11] * 5])
@example([b"v=0\r\n" + b"".join(LINES[n] for n in (3, 11, 21, 5, 17))])
def test_each_message_announces_what_its_own_description_says(messages: list[bytes]) -> None:
    data = MessageBytes.of(messages)
    shapes = shapes_of(data)
    announced = media_of(shapes)
    for row, message in enumerate(messages):
        text = find_sdp(message)
        assert (shapes.ids[row] >= 0) == (text is not None)
        if text is None:
            continue
        expected = parse_sdp(text).media
        found = shapes.parsed(int(shapes.ids[row])).media
        assert [formats(media) for media in found] == [formats(media) for media in expected]
        assert [bool(media.port) for media in found] == [bool(media.port) for media in expected]
        assert [(address, port, formats(line)) for of, address, port, line in announced if of == row] == [
            (m.address, m.port, formats(m)) for m in expected if m.port and m.address
        ]


def test_the_calls_of_a_phone_share_a_shape() -> None:
    calls = [b"\r\n" + sdp(f"10.0.0.{n}", 4000 + n, "8 101").encode() for n in range(20)]
    shapes = shapes_of(MessageBytes.of([*calls, b"none", calls[0].replace(b"AVP 8", b"AVP 0")]))
    assert shapes.ids.tolist() == [0] * 20 + [-1, 1]


def test_an_ipv6_address_is_written_as_packets_have_it() -> None:
    text = sdp().replace("c=IN IP4 10.0.0.1", "c=IN IP6 2001:DB8:0:0::1").encode()
    ((_, address, port, _),) = media_of(shapes_of(MessageBytes.of([text])))
    assert (address, port) == ("2001:db8::1", 4000)
