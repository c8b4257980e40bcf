"""SIP captures for benchmarks: phones that call each other through a PBX. Made up, and never used as samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

PCAP_HEADER = np.array([0xA1B2C3D4, 0x00040002, 0, 0, 262144, 1], "<u4").tobytes()
START = 1_700_000_000
PBX = (10, 0, 0, 1)
PHONES = 2000
_AGENTS = ("Yealink SIP-T46U 108.86.0.20", "snom870/8.7.5.35", "Cisco/SPA504G-7.6.2", "Linphone/5.2.0 (belle-sip/5.3)")

Packet = tuple[float, tuple[int, ...], tuple[int, ...], str]
"""When (s), from which address, to which, what."""


@dataclass(frozen=True)
class Leg:
    """One leg of a made-up call: who calls whom from where."""

    call_id: str
    tags: tuple[str, str]
    users: tuple[str, str]
    places: tuple[tuple[int, ...], tuple[int, ...]]
    agents: tuple[str, str]
    media_port: int
    sdp: bool

    def request(self, time: float, method: str, cseq: int, by: int = 0, tagged: bool = True, more: str = "") -> Packet:
        """A request of the caller (`by` 0) or the callee (1)."""
        body = self._sdp(by) if method == "INVITE" else ""
        text = f"{method} sip:{self.users[1 - by]}@{_dotted(self.places[1 - by])}:5060 SIP/2.0\r\n" + self._head(
            by, method, cseq, tagged
        )
        return (
            time,
            self.places[by],
            self.places[1 - by],
            _whole(text + f"Max-Forwards: 70\r\n{more}", self.agents[by], body),
        )

    def reply(self, time: float, line: str, method: str, cseq: int, by: int = 1, more: str = "") -> Packet:
        """A response of the callee (`by` 1) or the caller (0)."""
        body = self._sdp(by) if method == "INVITE" and line.startswith("200") else ""
        head = self._head(1 - by, method, cseq, not line.startswith("100"))
        text = f"SIP/2.0 {line}\r\n{head}{more}"
        return time, self.places[by], self.places[1 - by], _whole(text, self.agents[by], body)

    def _head(self, client: int, method: str, cseq: int, tagged: bool) -> str:
        own, peer = self.places[client], 1 - client
        branch = crc32(f"{self.call_id}{client}{'INVITE' if method == 'CANCEL' else method}{cseq}".encode())
        to_tag = f";tag={self.tags[peer]}" if tagged else ""
        return (
            f"Via: SIP/2.0/UDP {_dotted(own)}:5060;rport;branch=z9hG4bKPj{branch:08x}-{branch * 7919:x}\r\n"
            f'From: "{self.users[client]}" <sip:{self.users[client]}@{_dotted(PBX)}>;tag={self.tags[client]}\r\n'
            f"To: <sip:{self.users[peer]}@{_dotted(PBX)}>{to_tag}\r\nCall-ID: {self.call_id}\r\nCSeq: {cseq} {method}\r\n"
            f"Contact: <sip:{self.users[client]}@{_dotted(own)}:5060>\r\n"
            "Allow: OPTIONS, REGISTER, SUBSCRIBE, NOTIFY, INVITE, ACK, BYE, CANCEL, UPDATE, PRACK, INFO, REFER\r\n"
            "Supported: 100rel, timer, replaces, norefersub\r\n"
        )

    def _sdp(self, by: int) -> str:
        if not self.sdp:
            return ""
        address, port = _dotted(self.places[by]), self.media_port + 2 * by
        return (
            f"v=0\r\no=- {port * 65537} {port} IN IP4 {address}\r\ns=Asterisk\r\nc=IN IP4 {address}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP {'8 0 101' if by == 0 else '8 101'}\r\na=rtpmap:8 PCMA/8000\r\n"
            f"{'a=rtpmap:0 PCMU/8000' + chr(13) + chr(10) if by == 0 else ''}a=rtpmap:101 telephone-event/8000\r\n"
            "a=fmtp:101 0-16\r\na=ptime:20\r\na=maxptime:150\r\na=sendrecv\r\n"
        )


def _whole(head: str, agent: str, body: str) -> str:
    kind = "Content-Type: application/sdp\r\n" if body else ""
    return f"{head}User-Agent: {agent}\r\n{kind}Content-Length: {len(body)}\r\n\r\n{body}"


def _dotted(address: tuple[int, ...]) -> str:
    return ".".join(map(str, address))


def _phone(number: int) -> tuple[int, ...]:
    return 10, 1, number // 250, number % 250 + 2


_CHALLENGE = (
    'WWW-Authenticate: Digest realm="asterisk",nonce="1700000000/5f4dcc3b5aa765d61d8327deb882cf99",algorithm=MD5\r\n'
)
_CREDENTIALS = (
    'Authorization: Digest username="x", realm="asterisk", nonce="1700000000/5f4dcc3b5aa765d61d8327deb882cf99", '
    'uri="sip:pbx", response="0123456789abcdef0123456789abcdef", algorithm=MD5\r\n'
)


def call_packets(number: int, time: float, sdp: bool = True) -> Iterator[Packet]:
    """The messages of one call through the PBX: seven in ten are answered, the others busy, not answered or given up."""
    caller, callee = number * 7 % PHONES, (number * 13 + 5) % PHONES
    users = f"1{caller:05d}", f"1{callee:05d}"
    agents = _AGENTS[caller % 4], "Asterisk PBX 20.5.0"
    ids = f"{number:x}-{crc32(b'%d' % number):08x}", f"{crc32(b'b%d' % number):08x}-{number:x}"
    port = 10_000 + 4 * (number % 10_000)
    first = Leg(
        f"{ids[0]}@{_dotted(_phone(caller))}",
        (f"a{ids[0]}", f"as{ids[1]}"),
        users,
        (_phone(caller), PBX),
        agents,
        port,
        sdp,
    )
    second = Leg(
        f"{ids[1]}@{_dotted(PBX)}:5060",
        (f"as{ids[0]}", f"b{ids[1]}"),
        users,
        (PBX, _phone(callee)),
        (agents[1], _AGENTS[callee % 4]),
        port + 20_000 % 50_000,
        sdp,
    )
    cseq = 1 + number % 900
    yield first.request(time, "INVITE", cseq, tagged=False)
    yield first.reply(time + 0.001, "401 Unauthorized", "INVITE", cseq, more=_CHALLENGE)
    yield first.request(time + 0.004, "ACK", cseq)
    yield first.request(time + 0.005, "INVITE", cseq + 1, tagged=False, more=_CREDENTIALS)
    yield first.reply(time + 0.006, "100 Trying", "INVITE", cseq + 1)
    other = 7000 + number * 31 % 20_000
    yield second.request(time + 0.01, "INVITE", other, tagged=False)
    yield second.reply(time + 0.02, "100 Trying", "INVITE", other)
    if number % 10 == 9:
        yield second.reply(time + 0.05, "486 Busy Here", "INVITE", other)
        yield second.request(time + 0.051, "ACK", other)
        yield first.reply(time + 0.052, "486 Busy Here", "INVITE", cseq + 1)
        yield first.request(time + 0.055, "ACK", cseq + 1)
        return
    yield second.reply(time + 0.1, "180 Ringing", "INVITE", other)
    yield first.reply(time + 0.101, "180 Ringing", "INVITE", cseq + 1)
    if number % 10 in (7, 8):
        until = time + 8 + number % 7
        yield first.request(until, "CANCEL", cseq + 1, tagged=False)
        yield first.reply(until + 0.001, "200 OK", "CANCEL", cseq + 1)
        yield first.reply(until + 0.002, "487 Request Terminated", "INVITE", cseq + 1)
        yield first.request(until + 0.005, "ACK", cseq + 1)
        yield second.request(until + 0.002, "CANCEL", other, tagged=False)
        yield second.reply(until + 0.01, "200 OK", "CANCEL", other)
        yield second.reply(until + 0.011, "487 Request Terminated", "INVITE", other)
        yield second.request(until + 0.012, "ACK", other)
        return
    answered = time + 2 + number % 5
    yield second.reply(answered, "200 OK", "INVITE", other)
    yield second.request(answered + 0.001, "ACK", other)
    yield first.reply(answered + 0.002, "200 OK", "INVITE", cseq + 1)
    yield first.request(answered + 0.01, "ACK", cseq + 1)
    ended = answered + 20 + number % 97
    (one, one_cseq, by), (two, two_cseq) = ((first, cseq + 2, 0), (second, other + 1))
    if number % 2:  # the callee hangs up
        (one, one_cseq, by), (two, two_cseq) = ((second, 3 + number % 50, 1), (first, 4 + number % 50))
    yield one.request(ended, "BYE", one_cseq, by=by)
    yield one.reply(ended + 0.001, "200 OK", "BYE", one_cseq, by=1 - by)
    yield two.request(ended + 0.002, "BYE", two_cseq, by=by)
    yield two.reply(ended + 0.01, "200 OK", "BYE", two_cseq, by=1 - by)


def phone_packets(phone: int, turn: int, time: float) -> Iterator[Packet]:
    """A phone registers again, and the PBX asks whether it is there."""
    user, place = f"1{phone:05d}", _phone(phone)
    leg = Leg(
        f"reg{phone}@{_dotted(place)}",
        (f"r{phone}-{turn}", f"as{phone}"),
        (user, user),
        (place, PBX),
        (_AGENTS[phone % 4], "Asterisk PBX 20.5.0"),
        0,
        False,
    )
    cseq = 2 * turn + 1
    yield leg.request(time, "REGISTER", cseq, tagged=False, more="Expires: 3600\r\n")
    yield leg.reply(time + 0.001, "401 Unauthorized", "REGISTER", cseq, more=_CHALLENGE)
    yield leg.request(time + 0.01, "REGISTER", cseq + 1, tagged=False, more=_CREDENTIALS)
    yield leg.reply(time + 0.011, "200 OK", "REGISTER", cseq + 1, more="Expires: 3600\r\n")
    asked = Leg(
        f"opt{phone}-{turn}@{_dotted(PBX)}",
        (f"o{turn}", f"p{phone}"),
        ("asterisk", user),
        (PBX, place),
        ("Asterisk PBX 20.5.0", _AGENTS[phone % 4]),
        0,
        False,
    )
    yield asked.request(time + 1, "OPTIONS", 100 + turn, tagged=False)
    yield asked.reply(time + 1.01, "200 OK", "OPTIONS", 100 + turn)


def sip_capture(path: Path, messages: int, sdp: bool = True) -> Path:
    """A pcap of some 800 bytes a message: calls through a PBX, ten a second, and for each five a phone that registers."""
    packets: list[Packet] = []
    number = 0
    while len(packets) < messages:
        packets += call_packets(number, number / 10, sdp)
        if number % 5 == 0:
            packets += phone_packets(number // 5 % PHONES, number // 5 // PHONES, number / 10)
        number += 1
    return write_packets(path, sorted(packets[:messages], key=lambda packet: packet[0]))


def write_packets(path: Path, packets: list[Packet]) -> Path:
    """A pcap of datagrams between ports 5060, in the order given."""
    with path.open("wb") as out:
        out.write(PCAP_HEADER)
        out.writelines(records(packets))
    return path


def records(packets: Iterable[Packet]) -> Iterator[bytes]:
    """The records of a pcap with these datagrams."""
    for number, (time, source, destination, text) in enumerate(packets):
        data = text.encode()
        size = len(data) + 42
        micros = round(time * 1_000_000)
        record = np.array([START + micros // 1_000_000, micros % 1_000_000, size, size], "<u4").tobytes()
        ip = bytes([0x45, 0]) + (size - 14).to_bytes(2, "big") + (number & 0xFFFF).to_bytes(2, "big")
        ip += bytes([0, 0, 64, 17, 0, 0, *source, *destination])
        udp = b"\x13\xc4\x13\xc4" + (size - 34).to_bytes(2, "big") + b"\0\0"
        yield record + bytes(12) + b"\x08\x00" + ip + udp + data


def long_dialog(path: Path, messages: int) -> Path:
    """A pcap of one call whose ends ask each other every second whether they are there (OPTIONS within the dialog)."""
    leg = Leg(
        "one@10.1.0.2", ("a", "b"), ("100000", "100005"), (_phone(0), PBX), (_AGENTS[0], _AGENTS[1]), 10_000, True
    )
    packets = [
        leg.request(0.0, "INVITE", 1, tagged=False),
        leg.reply(0.1, "200 OK", "INVITE", 1),
        leg.request(0.2, "ACK", 1),
    ]
    for number in range((messages - 3) // 2):
        packets.append(leg.request(1.0 + number, "OPTIONS", 2 + number))
        packets.append(leg.reply(1.01 + number, "200 OK", "OPTIONS", 2 + number))
    return write_packets(path, packets)


def short_dialogs(path: Path, dialogs: int) -> Path:
    """A pcap of registrations and OPTIONS, each a dialog of its own."""
    packets: list[Packet] = []
    for number in range(dialogs):
        phone = number % PHONES
        place, user = _phone(phone), f"1{phone:05d}"
        method = ("REGISTER", "OPTIONS")[number % 2]
        ends = (place, PBX) if method == "REGISTER" else (PBX, place)
        leg = Leg(f"{number:x}@host", (f"a{number}", "b"), (user, user), ends, (_AGENTS[0], _AGENTS[1]), 0, False)
        packets.append(leg.request(number / 100, method, 1, tagged=False))
        packets.append(leg.reply(number / 100 + 0.001, "200 OK", method, 1))
    return write_packets(path, packets)
