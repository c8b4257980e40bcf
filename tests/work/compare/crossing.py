"""A call that passes two capture points, made to order: what the network between them does is known packet by packet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xivolab.testing import MadePacket, tmessage, tpcap, trtp, tsdp, tudp

PHONE, ROUTER, PBX = "192.168.1.20", "198.51.100.7", "203.0.113.5"
TO_B, TO_A = "a-to-b", "b-to-a"


@dataclass(frozen=True)
class Sent:
    """One packet: when it was sent (s), which way, and the same packet with addresses as each point sees them."""

    at: float
    way: str
    make: Callable[[str, float], MadePacket]
    """Of the address of the phone, and the time."""


@dataclass
class Between:
    """What happens between the points, by the number of a packet: dropped, sent on twice, held back (s); B's clock."""

    offset: float = 0.0
    ppm: float = 0.0
    delay: Callable[[int], float] = lambda number: 0.004
    dropped: set[int] = field(default_factory=set)
    doubled: set[int] = field(default_factory=set)
    held: dict[int, float] = field(default_factory=dict)
    nat: bool = True
    rewrite: Callable[[bytes], bytes] = lambda data: data


def message(at: float, way: str, first_line: str, cseq: str, sdp: str = "", **more: str) -> Sent:
    """One SIP message of the call."""
    call_id = more.get("call_id", "crossing@test")

    def make(phone: str, when: float) -> MadePacket:
        ends = (f"{phone}:5060", f"{PBX}:5060")
        made = tmessage(
            first_line, src=f"{PHONE}:5060", cseq=cseq, call_id=call_id, sdp=sdp, headers=more.get("headers", "")
        )
        src, dst = ends if way == TO_B else ends[::-1]
        return tudp(src, dst, made.text.encode(), when)

    return Sent(at, way, make)


def signalling(talk: float) -> list[Sent]:
    """INVITE to BYE: four messages to B, four to A."""
    contact = f"Contact: <sip:alice@{PHONE}:5060>\r\n"
    return [
        message(0.0, TO_B, f"INVITE sip:1002@{PBX} SIP/2.0", "1 INVITE", tsdp(PHONE, 4000), headers=contact),
        message(0.1, TO_A, "SIP/2.0 100 Trying", "1 INVITE"),
        message(0.3, TO_A, "SIP/2.0 180 Ringing", "1 INVITE"),
        message(1.0, TO_A, "SIP/2.0 200 OK", "1 INVITE", tsdp(PBX, 10000)),
        message(1.1, TO_B, f"ACK sip:1002@{PBX} SIP/2.0", "1 ACK"),
        message(talk + 1.2, TO_B, f"BYE sip:1002@{PBX} SIP/2.0", "2 BYE"),
        message(talk + 1.3, TO_A, "SIP/2.0 200 OK", "2 BYE"),
        message(talk + 1.6, TO_B, f"OPTIONS sip:{PBX} SIP/2.0", "3 OPTIONS", call_id="after@test"),
        message(talk + 1.7, TO_A, "SIP/2.0 200 OK", "3 OPTIONS", call_id="after@test"),
    ]


def rtp(talk: float, ways: tuple[str, ...] = (TO_B, TO_A), first: int = 100) -> list[Sent]:
    """Voice from the second second on, 50 packets a second each way."""
    sent = []
    for way in ways:
        for number in range(int(talk * 50)):
            at = 1.15 + number / 50 + (0.007 if way == TO_A else 0.0)

            def make(phone: str, when: float, number: int = number, way: str = way) -> MadePacket:
                ends = (f"{phone}:4000", f"{PBX}:10000")
                src, dst = ends if way == TO_B else ends[::-1]
                return trtp(src, dst, first + number, 160 * number, when, ssrc=17 if way == TO_B else 34)

            sent.append(Sent(at, way, make))
    return sent


def points(packets: list[Sent], between: Between, folder: Path) -> tuple[Path, Path]:
    """The captures of both points."""
    at_a, at_b = [], []
    for number, sent in enumerate(packets):
        outside = ROUTER if between.nat else PHONE
        delay = between.delay(number) + between.held.get(number, 0.0)
        passing = (sent.at, sent.at + delay) if sent.way == TO_B else (sent.at + delay, sent.at)
        times = passing[0], passing[1] * (1 + between.ppm * 1e-6) + between.offset
        seen = [sent.make(PHONE, times[0]), sent.make(outside, times[1])]
        first, second = (0, 1) if sent.way == TO_B else (1, 0)
        copies = 0 if number in between.dropped else 2 if number in between.doubled else 1
        captures = (at_a, at_b)
        captures[first].append(seen[first])
        # A copy within 5 ms would be the same packet captured twice.
        again = sent.make(PHONE if second == 0 else outside, times[second] + 0.008)
        captures[second].extend([seen[second], again][:copies])
    files = []
    for name, captured in (("a.pcap", at_a), ("b.pcap", at_b)):
        captured.sort(key=lambda packet: packet.time_ns)
        files.append(tpcap(folder / name, captured, nanoseconds=True))
    return files[0], files[1]


def lost(rows: list[Mapping[str, object]], way: str) -> int:
    """Packets lost this way, over all streams."""
    return sum(int(str(row["lost"])) for row in rows if row["way"] == way)
