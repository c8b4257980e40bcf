"""The whole captures that cases are made of: packets of every kind that the reader knows, and beginnings of the samples."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xivolab.evidence.source import Source
from xivolab.net.carve import packet_at
from xivolab.net.reader import CaptureReader
from xivolab.testing import (
    WIFI,
    MadePacket,
    tetherip,
    textended,
    tfragments,
    thep,
    tl2tp,
    tlink,
    tlogged,
    trtp,
    tsctp,
    ttagged,
    ttcp,
    ttunnelled,
    tudp,
    tvntag,
    twifi,
)

SAMPLES = Path(__file__).parents[1] / "captures"
ALICE, BOB, PBX = "10.0.0.1:5060", "10.0.0.2:5060", "10.0.0.9:5060"
MEDIA_A, MEDIA_B = "10.0.0.1:4000", "10.0.0.2:5000"
SIX_A, SIX_B = "[2001:db8::1]:5060", "[2001:db8::2]:5060"

_SIP_PACKETS = 40
_OTHER_PACKETS = 25


@dataclass(frozen=True)
class Seed:
    """Some packets of one link type."""

    name: str
    link: int
    packets: tuple[MadePacket, ...]


@cache
def seeds() -> tuple[Seed, ...]:
    """All of them; the same on every machine."""
    made = _made()
    links = [
        Seed(f"link {link}", link, tuple(tlink(packet, link) for packet in made)) for link in (0, 108, 113, 276, 101)
    ]
    samples = sorted(SAMPLES.glob("*/capture.pcap"))
    wifi = Seed("802.11", WIFI, tuple(map(twifi, made)))
    others = (Seed("tunnels", 1, _tunnelled()), Seed("told", 1, _told()), wifi)
    return (Seed("made", 1, made), *others, *links, *map(_sample, samples))


def _sdp(at: str = MEDIA_A, *lines: str) -> str:
    address, _, port = at.rpartition(":")
    return (
        f"v=0\r\no=- 1 1 IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=audio {port} RTP/AVP 8 0 101\r\n"
        + "".join(f"{line}\r\n" for line in ("a=rtpmap:101 telephone-event/8000", "a=ptime:20", *lines))
    )


def message(
    first_line: str, cseq: str, body: str = "", *headers: str, call_id: str = "call@fuzz", kind: str = "sdp"
) -> bytes:
    """A SIP message."""
    typed = (f"Content-Type: application/{kind}",) if body else ()
    lines = (
        first_line,
        "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK" + cseq.replace(" ", ""),
        "Max-Forwards: 70",
        'From: "Alice" <sip:1001@10.0.0.9>;tag=a',
        "To: <sip:1002@10.0.0.9>" + (";tag=b" if first_line.startswith("SIP/2.0 2") else ""),
        f"Call-ID: {call_id}",
        f"CSeq: {cseq}",
        "Contact: <sip:1001@10.0.0.1:5060>",
        "User-Agent: fuzz",
        *headers,
        *typed,
        f"Content-Length: {len(body)}",
    )
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def _made() -> tuple[MadePacket, ...]:
    """A call with its media, a registration, and what else comes on the same wires."""
    digest = 'Authorization: Digest username="1001", realm="x", nonce="1", uri="sip:x", response="00112233"'
    invite = message("INVITE sip:1002@10.0.0.9 SIP/2.0", "1 INVITE", _sdp())
    info = message("INFO sip:1002@10.0.0.9 SIP/2.0", "3 INFO", "Signal=5\r\nDuration=160\r\n", kind="dtmf-relay")
    fax = "v=0\r\no=- 1 2 IN IP4 10.0.0.2\r\ns=-\r\nc=IN IP4 10.0.0.2\r\nt=0 0\r\nm=image 5000 udptl t38\r\n"
    crypto = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"
    secure = message("INVITE sip:1002@10.0.0.9 SIP/2.0", "1 INVITE", _sdp("10.0.0.1:4010", crypto), call_id="srtp@fuzz")
    stream = invite + info
    report = b"\x81\xc8\x00\x0c" + struct.pack("!IIIIII", 1, 3_900_000_000, 0, 1600, 10, 1600) + bytes(24)
    event = struct.pack("!BBH", 5, 0x8A, 480)
    return (
        tudp(ALICE, PBX, message("REGISTER sip:10.0.0.9 SIP/2.0", "1 REGISTER", "", digest, call_id="reg@fuzz"), 0.0),
        tudp(PBX, ALICE, message("SIP/2.0 401 Unauthorized", "1 REGISTER", "", call_id="reg@fuzz"), 0.01),
        tudp(ALICE, PBX, invite, 0.1, ip_id=7),
        tudp(PBX, ALICE, message("SIP/2.0 100 Trying", "1 INVITE"), 0.11),
        tudp(PBX, ALICE, message("SIP/2.0 180 Ringing", "1 INVITE"), 0.2),
        tudp(PBX, ALICE, message("SIP/2.0 200 OK", "1 INVITE", _sdp(MEDIA_B)), 0.5),
        tudp(ALICE, PBX, message("ACK sip:1002@10.0.0.9 SIP/2.0", "1 ACK"), 0.51),
        *(trtp(MEDIA_A, MEDIA_B, 65_530 + n, 160 * n, 0.6 + 0.02 * n) for n in range(12)),
        *(trtp(MEDIA_A, MEDIA_B, 6 + n, 1920, 0.9 + 0.02 * n, pt=101, payload=event) for n in range(3)),
        trtp(MEDIA_A, MEDIA_B, 9, 2400, 1.0, pt=13, payload=b"\x20"),
        *(trtp(MEDIA_B, MEDIA_A, n, 160 * n, 0.6 + 0.02 * n, ssrc=2) for n in range(6)),
        tudp("10.0.0.1:4001", "10.0.0.2:5001", report, 1.1),
        tudp(MEDIA_A, MEDIA_B, report, 1.12),
        tudp(ALICE, PBX, info, 1.2),
        tudp(PBX, ALICE, message("INVITE sip:1001@10.0.0.1 SIP/2.0", "9 INVITE", fax), 1.3),
        tudp(MEDIA_B, MEDIA_A, b"\x00\x01\x02\x00\x80\x01\x02\x03", 1.4),
        tudp(MEDIA_A, MEDIA_B, b"\x00\x01\x00\x08\x21\x12\xa4\x42" + bytes(20), 1.5),
        tudp(ALICE, PBX, secure, 1.6),
        tudp(
            ALICE, PBX, message("REFER sip:1002@10.0.0.9 SIP/2.0", "4 REFER", "", "Refer-To: <sip:1003@10.0.0.9>"), 1.65
        ),
        *tfragments(tudp(ALICE, PBX, invite, 1.7), 128),
        *tfragments(tudp(SIX_A, SIX_B, invite, 1.8), 128),
        textended(tudp(SIX_A, SIX_B, invite, 1.9)),
        ttcp(ALICE, BOB, stream[:300], 2.0, seq=1),
        ttcp(ALICE, BOB, stream[500:], 2.01, seq=501),
        ttcp(ALICE, BOB, stream[300:500], 2.02, seq=301),
        ttcp("10.0.0.1:40000", "10.0.0.9:8088", _websocket(invite), 2.1),
        _icmp(tudp(ALICE, PBX, invite, 2.2)),
        tudp(PBX, ALICE, message("BYE sip:1001@10.0.0.1 SIP/2.0", "10 BYE", "", "Reason: Q.850;cause=16"), 3.0),
        tudp(ALICE, PBX, message("SIP/2.0 200 OK", "10 BYE"), 3.01),
    )


def _websocket(text: bytes) -> bytes:
    """An upgrade and a masked text frame (RFC 6455, 5.2; RFC 7118)."""
    upgrade = b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: sip\r\n\r\n"
    mask = b"\x01\x02\x03\x04"
    masked = bytes(byte ^ mask[n % 4] for n, byte in enumerate(text))
    return upgrade + b"\x81\xfe" + len(text).to_bytes(2, "big") + mask + masked


def _icmp(about: MadePacket) -> MadePacket:
    """Port unreachable (RFC 792) that quotes a packet."""
    carrier = tudp("10.0.0.9:1", "10.0.0.1:1", bytes([3, 3, 0, 0, 0, 0, 0, 0]) + about.data[14:], 2.2).data
    ip = bytearray(carrier[14:34])
    ip[9] = 1
    ip[2:4] = (int.from_bytes(ip[2:4], "big") - 8).to_bytes(2, "big")
    return MadePacket(about.time_ns, carrier[:14] + bytes(ip) + carrier[42:])


def _tunnelled() -> tuple[MadePacket, ...]:
    """The made packets in tags and tunnels, one after the other."""
    wraps = (
        lambda packet: ttagged(packet, 0x88A8, 0x8100),
        ttunnelled,
        lambda packet: _in_ip(packet, 47, b"\0\0" + packet.data[12:14], packet.data[14:]),  # GRE, RFC 2784
        lambda packet: _in_ip(packet, 47, b"\x20\0\x65\x58\0\0\0\7", packet.data),  # GRE with key, RFC 2890
        lambda packet: tudp(
            "192.0.2.1:4789", "192.0.2.2:4789", b"\x08\0\0\0\0\0\7\0" + packet.data, _at(packet)
        ),  # RFC 7348
        _hep3,
        lambda packet: tudp(
            "192.0.2.1:2152",
            "192.0.2.2:2152",
            b"\x30\xff" + struct.pack("!HI", len(packet.data) - 14, 1) + packet.data[14:],
        ),
        lambda packet: _in_ip(
            packet,
            132,
            struct.pack("!HHII", 5060, 5060, 1, 0),
            b"\0\3" + struct.pack("!HIHHI", 16 + len(packet.data) - 42, 1, 0, 0, 0) + packet.data[42:],
        ),
    )
    return tuple(wrap(packet) for packet in _made()[:20] if len(packet.data) > 60 for wrap in wraps)


def _told() -> tuple[MadePacket, ...]:
    """What agents and Asterisk's own logger tell, what goes to tshark, and TLS: with beginnings that look into bytes."""
    invite = message("INVITE sip:1002@10.0.0.9 SIP/2.0", "1 INVITE", _sdp())
    block = b'{"source_ssrc":1,"fraction_lost":9,"packets_lost":3,"highest_seq_no":9,"ia_jitter":8,"lsr":1,"dlsr":2}'
    report = b'{"ssrc":2,"type":201,"report_count":1,"report_blocks":[' + block + b"]}"
    told = thep(ALICE, PBX, invite), thep(ALICE, PBX, invite, compressed=True), thep(BOB, ALICE, report, kind=5)
    stream = b"".join(packet.data[42:] for packet in told)
    hello = b"\1\0\0\x38\3\3" + bytes(32) + b"\0\0\2\x13\1\1\0\0\x0d\0\0\0\x09\0\7\0\0\4pbx."
    secure = b"\x16\3\1" + struct.pack("!H", len(hello)) + hello
    base = tudp(ALICE, PBX, invite)
    return (
        *told,
        ttcp("10.0.0.8:40000", "10.0.0.9:9060", stream[:200], 0.1, seq=1),
        ttcp("10.0.0.8:40000", "10.0.0.9:9060", stream[200:], 0.2, seq=201),
        ttcp("10.0.0.1:40001", "10.0.0.9:5061", secure, 0.3),
        ttcp("10.0.0.9:5061", "10.0.0.1:40001", b"\x17\3\3\0\x20" + bytes(32), 0.4),
        tlogged(ALICE, invite, 0.5),
        tlogged(ALICE, message("SIP/2.0 486 Busy Here", "1 INVITE"), 0.6, sent=True),
        tsctp(base, [invite, invite]),
        tsctp(base, [invite[:100]], flags=2),
        tl2tp(base),
        *tfragments(tl2tp(base), 200),
        tetherip(base),
        tvntag(base),
    )


def _at(packet: MadePacket) -> float:
    return packet.time_ns / 1e9 - 1_700_000_000


def _in_ip(packet: MadePacket, protocol: int, header: bytes, inner: bytes) -> MadePacket:
    content = header + inner
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(content), 0, 0, 64, protocol, 0) + b"\xc0\0\2\1\xc0\0\2\2"
    return MadePacket(packet.time_ns, packet.data[:12] + b"\x08\0" + ip + content)


def _hep3(packet: MadePacket) -> MadePacket:
    """HEP3 (Homer Encapsulation Protocol, revision 12): SIP or RTCP in chunks."""

    def chunk(kind: int, value: bytes) -> bytes:
        return struct.pack("!HHH", 0, kind, 6 + len(value)) + value

    payload = packet.data[42:]
    chunks = b"".join(
        (
            chunk(1, b"\x02"),
            chunk(2, b"\x11"),
            chunk(3, packet.data[26:30]),
            chunk(4, packet.data[30:34]),
            chunk(7, packet.data[34:36]),
            chunk(8, packet.data[36:38]),
            chunk(9, struct.pack("!I", packet.time_ns // 10**9)),
            chunk(10, struct.pack("!I", packet.time_ns % 10**9 // 1000)),
            chunk(11, b"\x01"),
            chunk(15, payload),
        )
    )
    return tudp("192.0.2.1:9060", "192.0.2.2:9060", b"HEP3" + struct.pack("!H", 6 + len(chunks)) + chunks, _at(packet))


def _sample(path: Path) -> Seed:
    """The first packets of a sample, those with SIP in them before all."""
    reader = CaptureReader(Source(path))
    sip: list[MadePacket] = []
    others: list[MadePacket] = []
    link = 1
    for block in reader.blocks():
        for row in block.rows[: block.count]:
            packet = packet_at(block, row)
            link = packet.link
            wanted, most = (sip, _SIP_PACKETS) if b"SIP/2.0" in packet.data else (others, _OTHER_PACKETS)
            if len(wanted) < most:
                wanted.append(MadePacket(packet.time, packet.data))
    packets = sorted([*sip, *others], key=lambda made: made.time_ns)
    return Seed(path.parent.name, link, tuple(packets))
