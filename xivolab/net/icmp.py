"""ICMP errors that quote a UDP or TCP packet: what came back when it could not be delivered (RFC 792, RFC 4443)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADER = 8
_CALL_ID = re.compile(rb"(?:^|\n)(?:call-id|i)[ \t]*:[ \t]*([^\r\n]+)\r?\n", re.IGNORECASE)
_UDP = 17
_TRANSPORTS = {6: "TCP", _UDP: "UDP"}

_WORDS = {
    (4, 3): "unreachable",
    (4, 4): "source quench",
    (4, 5): "redirect",
    (4, 11): "time exceeded",
    (4, 12): "parameter problem",
    (6, 1): "unreachable",
    (6, 2): "packet too big",
    (6, 3): "time exceeded",
    (6, 4): "parameter problem",
}
_UNREACHABLE = {
    (4, 0): "network unreachable",
    (4, 1): "host unreachable",
    (4, 2): "protocol unreachable",
    (4, 3): "port unreachable",
    (4, 4): "fragmentation needed",
    (4, 9): "network prohibited",
    (4, 10): "host prohibited",
    (4, 13): "communication prohibited",
    (6, 0): "no route",
    (6, 1): "communication prohibited",
    (6, 3): "address unreachable",
    (6, 4): "port unreachable",
}


@dataclass(frozen=True, slots=True)
class IcmpError:
    """One error: who sent it to whom (addresses), and the packet it quotes ("ip:port", as that was sent).

    `version` is 4 or 6; `time` is ns since 1970; `file` counts in the captures read. Of the quoted packet `ip_id` is its IP
    identification (0 without one); `call_id`, `ssrc` and `media` are what the quote still holds of SIP, RTP or RTCP.
    """

    file: int
    frame: int
    time: int
    version: int
    type: int
    code: int
    src: str
    dst: str
    transport: str
    quoted_src: str
    quoted_dst: str
    ip_id: int = 0
    call_id: bytes | None = None
    ssrc: int | None = None
    media: str | None = None

    @property
    def unreachable(self) -> bool:
        """Whether the packet did not arrive for good: redirects and large packets find another way."""
        if self.version == 6:
            return self.type in (1, 3)
        return self.type == 11 or (self.type == 3 and self.code != 4)

    @property
    def words(self) -> str:
        """Such as "ICMP port unreachable", "ICMPv6 time exceeded"."""
        unreachable = self.type == (3 if self.version == 4 else 1)
        what = _UNREACHABLE.get((self.version, self.code)) if unreachable else None
        what = what or _WORDS.get((self.version, self.type), f"type {self.type} code {self.code}")
        return f"{'ICMP' if self.version == 4 else 'ICMPv6'} {what}"


@dataclass(frozen=True, slots=True)
class Quoted:
    """The packet that an ICMP error quotes: packed addresses, IP protocol, ports, and what is left of its payload."""

    source: bytes
    destination: bytes
    protocol: int
    sport: int
    dport: int
    payload: bytes
    ip_id: int = 0

    @property
    def transport(self) -> str:
        """ "UDP" or "TCP"."""
        return _TRANSPORTS[self.protocol]

    @property
    def call_id(self) -> bytes | None:
        """The Call-ID of the SIP that is quoted, where the quote goes so far."""
        found = _CALL_ID.search(self.payload)
        return found[1].strip() if found else None

    @property
    def media(self) -> str | None:
        """ "RTP" or "RTCP" (RFC 5761, 4), "" for an empty quote, which may be either; None for what is neither."""
        if self.protocol != _UDP:
            return None
        if len(self.payload) < 2:
            return ""
        if self.payload[0] >> 6 != 2:
            return None
        return "RTCP" if 192 <= self.payload[1] <= 223 else "RTP"

    @property
    def ssrc(self) -> int | None:
        """The SSRC of the RTP, or the sender's of the RTCP, that is quoted."""
        at = {"RTP": 8, "RTCP": 4}.get(self.media or "")
        if at is None or len(self.payload) < at + 4:
            return None
        return int.from_bytes(self.payload[at : at + 4], "big")


def read_quoted(message: bytes) -> Quoted | None:
    """What an ICMP error message quotes; None when it is no UDP and no TCP, or its ports are not there."""
    packet = message[_HEADER:]
    if len(packet) < 20:
        return None
    if packet[0] >> 4 == 4:
        header = (packet[0] & 15) * 4
        if header < 20 or int.from_bytes(packet[6:8], "big") & 0x1FFF:  # a later fragment has no ports
            return None
        ends, protocol, rest = (packet[12:16], packet[16:20]), packet[9], packet[header:]
        ip_id = int.from_bytes(packet[4:6], "big")
    elif packet[0] >> 4 == 6 and len(packet) >= 40:
        beyond = _beyond_extensions(packet)
        if beyond is None:
            return None
        protocol, at, ip_id = beyond
        ends, rest = (packet[8:24], packet[24:40]), packet[at:]
    else:
        return None
    if protocol not in _TRANSPORTS or len(rest) < 4:
        return None
    ports = int.from_bytes(rest[:2], "big"), int.from_bytes(rest[2:4], "big")
    header = 8
    if protocol != _UDP and len(rest) > 12:
        header = max((rest[12] >> 4) * 4, 20)
    return Quoted(*ends, protocol, *ports, rest[header:], ip_id)


def _beyond_extensions(packet: bytes) -> tuple[int, int, int] | None:
    """Protocol, where its header begins, and the identification of a fragment (0 without) of a quoted IPv6 packet."""
    protocol, at, ip_id = packet[6], 40, 0
    while protocol in (0, 43, 44, 51, 60):  # RFC 8200, 4; RFC 4302
        header = packet[at : at + 8]
        if len(header) < 8:
            return None
        if protocol == 44:
            if int.from_bytes(header[2:4], "big") & 0xFFF8:  # a later fragment has no ports
                return None
            ip_id, size = int.from_bytes(header[4:8], "big"), 8
        else:
            size = (header[1] + 2) * 4 if protocol == 51 else (header[1] + 1) * 8
        protocol, at = header[0], at + size
    return protocol, at, ip_id
