"""Packets as Asterisk's own logger writes them (`pjsip set logger pcap`): asterisk, res/res_pjsip_logger.c."""

from __future__ import annotations

import ipaddress
import struct

from xivolab.testing.captures import START, MadePacket

TTL = 128


def tlogged(peer: str, payload: bytes, at: float = 0.0, *, sent: bool = False) -> MadePacket:
    """A message that this Asterisk received from `peer` ("ip:port"), or `sent` to it, `at` seconds after `START`.

    Its own end is all zeros, as are the MAC addresses and the checksums.
    """
    host, _, number = peer.rpartition(":")
    address, port = ipaddress.ip_address(host.strip("[]")).packed, int(number)
    own = bytes(len(address))
    ends = own + address if sent else address + own
    udp = struct.pack("!HHHH", *((0, port) if sent else (port, 0)), 8 + len(payload), 0)
    if len(address) == 4:
        ip = struct.pack("!BBHHHBBH", 0x45, 0, 28 + len(payload), 0, 0, TTL, 17, 0)
    else:
        ip = struct.pack("!IHBB", 6 << 28, 8 + len(payload), 17, 0)
    ethertype = b"\x08\0" if len(address) == 4 else b"\x86\xdd"
    return MadePacket(int(START) * 10**9 + round(at * 1e9), bytes(12) + ethertype + ip + ends + udp + payload)
