"""From the link header to the transport payload: one kernel over the rows of a block.

Link types: https://www.tcpdump.org/linktypes.html. What this reader does not know is marked FOREIGN, never guessed.
"""

from __future__ import annotations

from typing import Any

from xivolab._kernel import helper, kernel
from xivolab.net.bytes import i64, u16, u32
from xivolab.net.rows import FOREIGN, FRAGMENT, ICMP, MORE_FRAGMENTS, OTHER, TCP, UDP

NULL, ETHERNET, RAW_BSD, RAW_OPENBSD, RAW, LOOP, COOKED, IPV4, IPV6, COOKED2 = (
    0,
    1,
    12,
    14,
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
    RAW_BSD: "raw IP",
    RAW_OPENBSD: "raw IP",
    RAW: "raw IP",
    LOOP: "OpenBSD loopback",
    COOKED: "Linux cooked v1",
    IPV4: "raw IPv4",
    IPV6: "raw IPv6",
    COOKED2: "Linux cooked v2",
}

_TUNNEL_DEPTH = 4  # IP in IP in IP …: a loop in a crafted packet ends here


@helper
def _network_layer(buffer: Any, link: int, at: int, end: int) -> tuple[int, int]:
    """The EtherType and the offset of what follows the link header; EtherType 0 for nothing of ours, -1 for unknown."""
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
    return -1, at


@helper
def _untagged(buffer: Any, ethertype: int, at: int, end: int) -> tuple[int, int]:
    """Past VLAN tags (802.1Q, 802.1ad), PPPoE (RFC 2516) and MPLS labels (RFC 3032)."""
    while True:
        if ethertype in (0x8100, 0x88A8, 0x9100, 0x9200):
            if at + 4 > end:
                return 0, at
            ethertype = u16(buffer, at + 2)
            at += 4
        elif ethertype == 0x8864:
            if at + 8 > end:
                return 0, at
            protocol = u16(buffer, at + 6)
            ethertype = 0x0800 if protocol == 0x0021 else 0x86DD if protocol == 0x0057 else 0
            at += 8
        elif ethertype in (0x8847, 0x8848):
            if at + 5 > end:
                return 0, at
            bottom = buffer[at + 2] & 1
            at += 4
            if bottom:
                ethertype = 0x0800 if buffer[at] >> 4 == 4 else 0x86DD if buffer[at] >> 4 == 6 else 0
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
        row["payload"] = at + 8
        row["wire"] = min(size, wire_end - at) - 8
        row["length"] = min(end - at - 8, row["wire"])
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
        return ICMP
    if protocol in (47, 132):  # GRE and SCTP may carry SIP
        return FOREIGN
    return OTHER


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
    """Addresses, fragments and transport of an IP packet; the kind of the row. Goes into IP-in-IP (RFC 2003, 4213)."""
    for _ in range(_TUNNEL_DEPTH):
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
            return OTHER
        if protocol == 4:
            ethertype = 0x0800
        elif protocol == 41:
            ethertype = 0x86DD
        else:
            return _transport(buffer, row, protocol, at, end, wire_end)
    return OTHER


@kernel
def dissect(buffer: Any, rows: Any, count: int) -> int:
    """Fill addresses, ports, payload and kind of rows[:count], whose frame, data, captured and link are filled.

    buffer (n,) uint8; rows (m,) `xivolab.net.rows.PACKET`. Returns how many rows are FOREIGN.
    """
    foreign = 0
    for index in range(count):
        row = rows[index]
        at = row["data"]
        end = at + row["captured"]
        ethertype, at = _network_layer(buffer, row["link"], at, end)
        if ethertype < 0:
            row["kind"] = FOREIGN
        else:
            ethertype, at = _untagged(buffer, ethertype, at, end)
            row["kind"] = _ip(buffer, row, ethertype, at, end)
        if row["kind"] == FOREIGN:
            foreign += 1
    return foreign
