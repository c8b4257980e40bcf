"""The rows that the reading kernels fill: one per packet of the block being read, then reused for a later block."""

from __future__ import annotations

import numpy as np

PACKET = np.dtype(
    [
        ("frame", np.int64),  # number in its file, from 1, as tshark counts
        ("time", np.int64),  # ns since 1970
        # offsets in the buffer of the block
        ("data", np.int32),  # of the link header
        ("captured", np.int32),  # bytes captured
        ("address", np.int32),  # of the source address; the destination follows it
        ("payload", np.int32),  # of the transport payload
        ("length", np.int32),  # bytes of it that were captured
        ("wire", np.int32),  # bytes of it that were sent
        ("ip_id", np.uint32),  # 0 for IPv6, which has one in fragments only
        (
            "sequence",
            np.uint32,
        ),  # of TCP; of a fragment its offset, bit 31 set when more follow; of UDP its first 4 bytes
        ("sport", np.uint16),
        ("dport", np.uint16),
        ("link", np.uint16),  # link type (pcap's LINKTYPE_)
        ("kind", np.uint8),  # one of the kinds below
        ("version", np.uint8),  # 4 or 6
        ("ttl", np.uint8),
        ("flags", np.uint8),  # of TCP; of a fragment its protocol; of a foreign packet why it is
    ],
    align=True,
)
"""64 bytes, a cache line: a wider row is felt in every packet. Offsets are signed, because numba makes a float of an
unsigned 64-bit number and a signed one together."""

OTHER, UDP, TCP, ICMP, FRAGMENT, FOREIGN, HEP = 0, 1, 2, 3, 4, 5, 6
"""Kinds: not for us, UDP, TCP, ICMP error, IP fragment, a link or tunnel that this reader does not know, HEP over UDP."""

LINK, SCTP, L2TP, TEREDO, CAPWAP, IN_GRE, IN_ETHERNET, IN_IP, IN_UDP = range(1, 10)
"""Why a packet is foreign: its link type, its transport, a tunnel by name, something in GRE, Ethernet, IP or UDP."""

FOREIGN_NAMES = {
    SCTP: "SCTP",
    L2TP: "L2TP",
    TEREDO: "Teredo",
    CAPWAP: "CAPWAP",
    IN_GRE: "other protocols in GRE",
    IN_ETHERNET: "other tags and tunnels in Ethernet",
    IN_IP: "other tunnels in IP",
    IN_UDP: "other tunnels in UDP",
}
"""What foreign packets are called; those of a link type by its name."""

KINDS = 7
"""How many kinds there are."""

MORE_FRAGMENTS = 1 << 31

DONE, FULL, CONTROL, DAMAGED = 0, 1, 2, 3
"""Why a framing kernel stopped: bytes used up, rows full, a block for Python to read (pcapng), a record that cannot be."""
