"""ICMP errors that quote a UDP or TCP packet: what came back when it could not be delivered (RFC 792, RFC 4443)."""

from __future__ import annotations

from dataclasses import dataclass

_HEADER = 8
_TRANSPORTS = {6: "TCP", 17: "UDP"}

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

    `version` is 4 or 6; `time` is ns since 1970; `file` counts in the captures read.
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

    @property
    def transport(self) -> str:
        """ "UDP" or "TCP"."""
        return _TRANSPORTS[self.protocol]


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
    elif packet[0] >> 4 == 6 and len(packet) >= 40:
        ends, protocol, rest = (packet[8:24], packet[24:40]), packet[6], packet[40:]
    else:
        return None
    if protocol not in _TRANSPORTS or len(rest) < 4:
        return None
    ports = int.from_bytes(rest[:2], "big"), int.from_bytes(rest[2:4], "big")
    return Quoted(*ends, protocol, *ports, rest[8:])
