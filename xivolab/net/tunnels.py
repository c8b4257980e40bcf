"""What tunnels carry: from the header of a tunnel to the EtherType and the offset of the packet inside it.

EtherType 0 stands for nothing that matters here; a negative one for what this reader does not know: why (`rows`), negated.
"""

from __future__ import annotations

from typing import Any

from xivolab._kernel import helper
from xivolab.net.bytes import i64, u16
from xivolab.net.rows import CAPWAP, IN_GRE, IN_UDP, L2TP, TEREDO

BRIDGED = 0x6558
"""EtherType of an Ethernet frame inside something else (transparent Ethernet bridging, RFC 1701)."""

VXLAN, VXLAN_LINUX, VXLAN_GPE, GTP_U, GENEVE, TZSP = 4789, 8472, 4790, 2152, 6081, 37008
_L2TP_PORT, _TEREDO_PORT, _CAPWAP_PORT = 1701, 3544, 5247
_GRE_PORT, _MPLS_PORT, _LISP_PORT = 4754, 6635, 4341


@helper
def ppp(buffer: Any, at: int, end: int) -> tuple[int, int]:
    """PPP (RFC 1661), with or without HDLC's address and control (RFC 1662), the protocol in one byte or two."""
    if at + 4 > end:
        return 0, at
    if buffer[at] == 0xFF and buffer[at + 1] == 3:
        at += 2
    protocol = i64(buffer[at])
    at += 1
    if protocol & 1 == 0:
        protocol = (protocol << 8) | i64(buffer[at])
        at += 1
    if protocol == 0x21:
        return 0x0800, at
    if protocol == 0x57:
        return 0x86DD, at
    if protocol == 0x281:
        return 0x8847, at
    return 0, at


@helper
def gre(buffer: Any, at: int, end: int) -> tuple[int, int]:
    """GRE (RFC 2784, 2890), PPTP's (RFC 2637), and ERSPAN in it (draft-foschiano-erspan)."""
    if at + 4 > end:
        return 0, at
    flags, protocol = u16(buffer, at), u16(buffer, at + 2)
    at += 4
    if flags & 0x4000:  # source routes (RFC 1701)
        return -IN_GRE, at
    for bit in (0x8000, 0x2000, 0x1000):  # checksum, key, sequence number
        if flags & bit:
            at += 4
    if flags & 7 == 1:
        if protocol != 0x880B or flags & 0x1000 == 0:  # without a sequence number it only acknowledges
            return 0, at
        return ppp(buffer, at + 4 if flags & 0x80 else at, end)
    if protocol == 0x880B:
        return ppp(buffer, at, end)
    if protocol == 0x88BE:  # ERSPAN I has no header and no sequence number, II has both
        return BRIDGED, at + 8 if flags & 0x1000 else at
    if protocol == 0x22EB:
        if at + 12 > end:
            return 0, at
        return BRIDGED, at + (20 if buffer[at + 11] & 1 else 12)
    if protocol in (0x0800, 0x86DD, BRIDGED, 0x8847, 0x8848, 0x8100):
        return protocol, at
    if protocol in (0, 0x00FE, 0x2000, 0x2001):  # keep-alives, IS-IS, CDP, NHRP
        return 0, at
    return -IN_GRE, at


@helper
def is_tunnel_port(port: int) -> bool:
    """Whether a tunnel over UDP is known by this port."""
    return port in (
        VXLAN,
        VXLAN_LINUX,
        VXLAN_GPE,
        GTP_U,
        GENEVE,
        TZSP,
        _L2TP_PORT,
        _TEREDO_PORT,
        _CAPWAP_PORT,
        _GRE_PORT,
        _MPLS_PORT,
        _LISP_PORT,
    )


@helper
def in_udp(buffer: Any, port: int, at: int, end: int) -> tuple[int, int]:
    """VXLAN (RFC 7348), GTP-U (3GPP TS 29.281), Geneve (RFC 8926) and TZSP in the datagram at `at`; 0 when it is none."""
    if at + 8 > end:
        return 0, at
    first = i64(buffer[at])
    if port in (VXLAN, VXLAN_LINUX):
        if first & 0x08 and first & 0x30 == 0 and buffer[at + 7] == 0:
            return BRIDGED, at + 8
    elif port == VXLAN_GPE:
        if first & 0x0C == 0x0C:
            inner = i64(buffer[at + 3])
            return (0x0800 if inner == 1 else 0x86DD if inner == 2 else BRIDGED if inner == 3 else 0), at + 8
    elif port == GTP_U:
        if first & 0xF0 == 0x30 and buffer[at + 1] == 0xFF:
            return _gtp(buffer, at, end)
    elif port == GENEVE:
        if first & 0xC0 == 0 and buffer[at + 7] == 0:
            inner = u16(buffer, at + 2)
            if inner in (0x0800, 0x86DD, BRIDGED):
                return inner, at + 8 + (first & 0x3F) * 4
    elif port == TZSP:
        if first == 1 and u16(buffer, at + 2) == 1:
            return _tzsp(buffer, at + 4, end)
    elif port == _L2TP_PORT:
        return -L2TP, at
    elif port == _TEREDO_PORT:
        return -TEREDO, at
    elif port == _CAPWAP_PORT:
        return -CAPWAP, at
    else:
        return -IN_UDP, at
    return 0, at


@helper
def _gtp(buffer: Any, at: int, end: int) -> tuple[int, int]:
    flags = buffer[at] & 7
    extended = flags & 4
    at += 8
    if flags:
        if at + 4 > end:
            return 0, at
        following = buffer[at + 3]
        at += 4
        while extended and following != 0:
            if at >= end or buffer[at] == 0 or at + i64(buffer[at]) * 4 > end:
                return 0, at
            at += i64(buffer[at]) * 4
            following = buffer[at - 1]
    if at >= end:
        return 0, at
    version = buffer[at] >> 4
    return (0x0800 if version == 4 else 0x86DD if version == 6 else 0), at


@helper
def _tzsp(buffer: Any, at: int, end: int) -> tuple[int, int]:
    """Past the tagged fields of TaZmen Sniffer Protocol (wireshark: packet-tzsp.c)."""
    while at < end:
        tag = buffer[at]
        if tag == 1:
            return BRIDGED, at + 1
        if tag == 0:
            at += 1
        elif at + 2 <= end:
            at += 2 + i64(buffer[at + 1])
        else:
            break
    return 0, at
