"""From the link header to the transport payload: what the kernels that walk over records do with each of them.

Link types: https://www.tcpdump.org/linktypes.html. What this reader does not know is marked FOREIGN, never guessed.
"""

from __future__ import annotations

from typing import Any

from xivolab._kernel import helper, kernel
from xivolab.net.bytes import i64, u16, u32
from xivolab.net.rows import (
    FOREIGN,
    FRAGMENT,
    HEP,
    ICMP,
    IN_ETHERNET,
    IN_IP,
    LINK,
    MORE_FRAGMENTS,
    OTHER,
    SCTP,
    TCP,
    UDP,
)
from xivolab.net.tunnels import BRIDGED, gre, in_udp, is_tunnel_port, ppp

NULL, ETHERNET, PPP, RAW_BSD, RAW_OPENBSD, PPP_HDLC, RAW, LOOP, COOKED, IPV4, IPV6, COOKED2 = (
    0,
    1,
    9,
    12,
    14,
    50,
    101,
    108,
    113,
    228,
    229,
    276,
)

LINK_NAMES = {
    NULL: "BSD loopback",
    ETHERNET: "Ethernet",
    PPP: "PPP",
    RAW_BSD: "raw IP",
    RAW_OPENBSD: "raw IP",
    PPP_HDLC: "PPP in HDLC",
    RAW: "raw IP",
    LOOP: "OpenBSD loopback",
    COOKED: "Linux cooked v1",
    IPV4: "raw IPv4",
    IPV6: "raw IPv6",
    COOKED2: "Linux cooked v2",
}

_OTHER_TAGS = (0x88E7, 0x88E5, 0x8909, 0x8926, 0x892F, 0x893F, 0x894F, 0x8903, 0x22F3, 0x880B)
"""EtherTypes that may stand before IP and that are left to tshark: 802.1ah, MACsec, Cisco's metadata and VN tags, HSR,
802.1BR, NSH, FabricPath, TRILL, PPP."""

_OTHER_IP_TUNNELS = (55, 97, 115, 137)
"""IP protocols left to tshark: minimal encapsulation, EtherIP, L2TP version 3, MPLS."""

_OTHER_LINKS = {
    6: "Token Ring",
    8: "SLIP",
    10: "FDDI",
    51: "PPPoE",
    100: "ATM",
    104: "Cisco HDLC",
    105: "802.11",
    107: "Frame Relay",
    119: "802.11 with Prism header",
    127: "802.11 with radiotap",
    163: "802.11 with AVS header",
    187: "Bluetooth HCI",
    189: "USB",
    192: "802.11 with PPI header",
    195: "802.15.4",
    197: "ERF",
    201: "Bluetooth HCI",
    204: "PPP with direction",
    220: "USB",
    239: "Linux NFLOG",
    249: "USB",
    252: "Wireshark's exported PDUs",
    253: "netlink",
}
"""Names of links that tshark may know."""


def link_name(link: int) -> str:
    """A link type in words."""
    return LINK_NAMES.get(link) or _OTHER_LINKS.get(link) or f"link type {link}"


_TUNNEL_DEPTH = 6  # IP in IP in IP …: a loop in a crafted packet ends here


@helper
def _network_layer(buffer: Any, link: int, at: int, end: int) -> tuple[int, int]:
    """The EtherType and the offset of what follows the link header, as `xivolab.net.tunnels` has them."""
    if link == ETHERNET:
        if at + 14 > end:
            return 0, at
        return u16(buffer, at + 12), at + 14
    if link == COOKED:
        if at + 16 > end:
            return 0, at
        return u16(buffer, at + 14), at + 16
    if link == COOKED2:
        if at + 20 > end:
            return 0, at
        return u16(buffer, at), at + 20
    if link in (RAW, RAW_BSD, RAW_OPENBSD, IPV4, IPV6):
        if at >= end:
            return 0, at
        return (0x0800 if buffer[at] >> 4 == 4 else 0x86DD), at
    if link in (NULL, LOOP):
        if at + 4 > end:
            return 0, at
        # The family is in the byte order of the machine that captured: its small value is in the first or last byte.
        family = max(buffer[at], buffer[at + 3])
        if family == 2:
            return 0x0800, at + 4
        if family in (10, 24, 28, 30):
            return 0x86DD, at + 4
        return 0, at
    if link in (PPP, PPP_HDLC):
        return ppp(buffer, at, end)
    return -LINK, at


@helper
def _untagged(buffer: Any, ethertype: int, at: int, end: int) -> tuple[int, int]:
    """Past VLAN tags (802.1Q, 802.1ad), PPPoE (RFC 2516), MPLS labels (RFC 3032), SNAP (802.2) and bridged Ethernet."""
    while True:
        if ethertype == 0x0800 or ethertype == 0x86DD:
            return ethertype, at
        if ethertype == BRIDGED:
            if at + 14 > end:
                return 0, at
            ethertype = u16(buffer, at + 12)
            at += 14
        elif ethertype in (0x8100, 0x88A8, 0x9100, 0x9200):
            if at + 4 > end:
                return 0, at
            ethertype = u16(buffer, at + 2)
            at += 4
        elif ethertype == 0x8864:
            if at + 8 > end:
                return 0, at
            ethertype, at = ppp(buffer, at + 6, end)
        elif ethertype in (0x8847, 0x8848):
            if at + 5 > end:
                return 0, at
            bottom = buffer[at + 2] & 1
            at += 4
            if bottom:
                version = buffer[at] >> 4
                ethertype = 0x0800 if version == 4 else 0x86DD if version == 6 else 0
                if version == 0:  # the control word of an Ethernet pseudowire (RFC 4448)
                    ethertype = BRIDGED
                    at += 4
        elif 0 < ethertype <= 1500:
            if at + 8 > end or buffer[at] != 0xAA or buffer[at + 1] != 0xAA or buffer[at + 2] != 3:
                return 0, at
            ethertype = u16(buffer, at + 6)
            at += 8
        elif ethertype in _OTHER_TAGS:
            return -IN_ETHERNET, at
        else:
            return ethertype, at


@helper
def _transport(buffer: Any, row: Any, protocol: int, at: int, end: int, wire_end: int) -> int:
    """Ports and payload of UDP, TCP or ICMP at `at`; the kind of the row."""
    if protocol == 17:
        if at + 8 > end:
            return OTHER
        size = u16(buffer, at + 4)
        if size < 8:  # 0 means a jumbogram or segmentation done by the card: then IP's length counts
            size = wire_end - at
        row["sport"] = u16(buffer, at)
        row["dport"] = u16(buffer, at + 2)
        row["flags"] = 0
        row["sequence"] = u32(buffer, at + 8) if at + 12 <= end else 0
        row["payload"] = at + 8
        row["wire"] = min(size, wire_end - at) - 8
        row["length"] = min(end - at - 8, row["wire"])
        if at + 12 <= end and buffer[at + 8] < 0x80 and _is_hep(buffer, at + 8, end):
            return HEP
        return UDP
    if protocol == 6:
        if at + 20 > end:
            return OTHER
        header = (i64(buffer[at + 12]) >> 4) * 4
        if header < 20 or at + header > end:
            return OTHER
        row["sport"] = u16(buffer, at)
        row["dport"] = u16(buffer, at + 2)
        row["sequence"] = u32(buffer, at + 4)
        row["flags"] = buffer[at + 13]
        row["payload"] = at + header
        row["wire"] = wire_end - at - header
        row["length"] = end - at - header
        return TCP
    if protocol in (1, 58):
        row["payload"] = at
        row["length"] = end - at
        row["wire"] = wire_end - at
        return ICMP if at < end and _is_icmp_error(protocol, buffer[at]) else OTHER
    if protocol == 132 or protocol in _OTHER_IP_TUNNELS:
        row["payload"] = at
        row["length"] = row["wire"] = end - at
        row["flags"] = SCTP if protocol == 132 else IN_IP
        return FOREIGN
    return OTHER


@helper
def _is_icmp_error(protocol: int, kind: int) -> bool:
    """Whether an ICMP message quotes the packet it is about (RFC 792, RFC 4443)."""
    if protocol == 58:
        return kind in (1, 2, 3, 4)
    return kind in (3, 4, 5, 11, 12)


@helper
def _is_hep(buffer: Any, at: int, end: int) -> bool:
    """Whether a datagram is of the Homer Encapsulation Protocol: version 3 by its word, 1 and 2 by a header that fits."""
    first = i64(buffer[at])
    if first == 72:
        return u32(buffer, at) == 0x48455033
    if first == 1 or first == 2:
        return (
            buffer[at + 1] in (16, 28, 40, 52)
            and buffer[at + 2] in (2, 10, 28, 30)
            and buffer[at + 3] in (6, 17, 132)
            and at + i64(buffer[at + 1]) < end
        )
    return False


@helper
def _fragment(row: Any, protocol: int, offset: int, more: bool, at: int, end: int) -> int:
    row["payload"] = at
    row["length"] = end - at
    row["wire"] = end - at
    row["sequence"] = offset | (MORE_FRAGMENTS if more else 0)
    row["flags"] = protocol
    return FRAGMENT


@helper
def _ip(buffer: Any, row: Any, ethertype: int, at: int, end: int) -> int:
    """Addresses, fragments and transport of an IP packet; the kind of the row. Goes into tunnels, IP-in-IP among them."""
    for _ in range(_TUNNEL_DEPTH):
        ethertype, at = _untagged(buffer, ethertype, at, end)
        if ethertype == 0x0800:
            if at + 20 > end or buffer[at] >> 4 != 4:
                return OTHER
            header = (i64(buffer[at]) & 15) * 4
            total = u16(buffer, at + 2)
            if total == 0:  # segmentation done by the card
                total = end - at
            if header < 20 or total < header or at + header > end:
                return OTHER
            wire_end = at + total
            end = min(end, wire_end)
            row["version"] = 4
            row["address"] = at + 12
            row["ip_id"] = u16(buffer, at + 4)
            row["ttl"] = buffer[at + 8]
            protocol = i64(buffer[at + 9])
            placed = u16(buffer, at + 6)
            at += header
            if protocol == 51 and placed & 0x3FFF == 0 and at + 8 <= end:  # RFC 4302
                protocol = i64(buffer[at])
                at += (i64(buffer[at + 1]) + 2) * 4
            if placed & 0x3FFF:
                return _fragment(row, protocol, (placed & 0x1FFF) * 8, placed & 0x2000 != 0, at, end)
        elif ethertype == 0x86DD:
            if at + 40 > end or buffer[at] >> 4 != 6:
                return OTHER
            size = u16(buffer, at + 4)
            wire_end = at + 40 + size if size else end  # 0: jumbogram
            end = min(end, wire_end)
            row["version"] = 6
            row["address"] = at + 8
            row["ip_id"] = 0
            row["ttl"] = buffer[at + 7]
            protocol = i64(buffer[at + 6])
            at += 40
            while protocol in (0, 43, 60, 51, 44):  # RFC 8200 section 4, RFC 4302
                if at + 8 > end:
                    return OTHER
                if protocol == 44:
                    placed = u16(buffer, at + 2)
                    row["ip_id"] = u32(buffer, at + 4)
                    protocol = i64(buffer[at])
                    at += 8
                    if placed & 0xFFF9:
                        return _fragment(row, protocol, placed & 0xFFF8, placed & 1 != 0, at, end)
                else:
                    size = i64(buffer[at + 1])
                    size = (size + 2) * 4 if protocol == 51 else (size + 1) * 8
                    protocol = i64(buffer[at])
                    at += size
            if at > end:
                return OTHER
        else:
            row["flags"] = -ethertype if ethertype < 0 else 0
            return FOREIGN if ethertype < 0 else OTHER
        if protocol == 4:  # RFC 2003
            ethertype = 0x0800
        elif protocol == 41:  # RFC 4213
            ethertype = 0x86DD
        elif protocol == 47:
            ethertype, at = gre(buffer, at, end)
        else:
            kind = _transport(buffer, row, protocol, at, end, wire_end)
            # The first byte of RTP is 0x80 or more, that of a tunnel less.
            if kind != UDP or at + 8 >= end or buffer[at + 8] >= 0x80:
                return kind
            port = row["dport"] if is_tunnel_port(row["dport"]) else row["sport"]
            if not is_tunnel_port(port):
                return kind
            ethertype, inner = in_udp(buffer, port, at + 8, end)
            if ethertype == 0:
                return kind
            at = inner
    return OTHER


@helper
def _dissect(buffer: Any, row: Any, ethertype: int, at: int, end: int) -> bool:
    """Fill a row; whether it needs mending (`xivolab.net.mend`) before it can be read."""
    kind = _ip(buffer, row, ethertype, at, end)
    row["kind"] = kind
    return kind > TCP


@helper
def dissect(buffer: Any, row: Any, link: int, data: int, captured: int) -> int:
    """Fill a row of `xivolab.net.rows.PACKET` but for its frame and time; 1 when it is of a kind beyond TCP, else 0.

    buffer (n,) uint8; `data` and `captured` are offset and length of the link header and what follows it.
    """
    row["data"] = data
    row["captured"] = captured
    row["link"] = link
    ethertype, at = _network_layer(buffer, link, data, data + captured)
    return 1 if _dissect(buffer, row, ethertype, at, data + captured) else 0


@kernel
def dissect_ip(buffer: Any, rows: Any, index: int, at: int, end: int) -> int:
    """Fill rows[index] from an IP packet at buffer[at:end]; returns its kind."""
    _dissect(buffer, rows[index], 0x0800 if buffer[at] >> 4 == 4 else 0x86DD, at, end)
    return i64(rows[index]["kind"])
