"""The rows that the reading kernels fill: one per packet of the block being read, then reused for the next block."""

from __future__ import annotations

import numpy as np

PACKET = np.dtype(
    [
        ("frame", np.int64),  # number in its file, from 1, as tshark counts
        ("time", np.int64),  # ns since 1970
        ("record", np.int64),  # offset of the record in the file, to find the packet again
        ("data", np.int64),  # offset of the link header in the block
        ("captured", np.int64),  # bytes captured
        ("link", np.int32),  # link type (pcap's LINKTYPE_)
        ("address", np.int64),  # offset of the source address in the block; the destination follows it
        ("payload", np.int64),  # offset of the transport payload in the block
        ("length", np.int32),  # bytes of it that were captured
        ("wire", np.int32),  # bytes of it that were sent
        ("sport", np.int32),
        ("dport", np.int32),
        ("ip_id", np.int64),  # 0 for IPv6, which has one in fragments only
        ("sequence", np.int64),  # of TCP; of a fragment its offset, bit 31 set when more follow
        ("kind", np.uint8),  # one of the kinds below
        ("version", np.uint8),  # 4 or 6
        ("ttl", np.uint8),
        ("flags", np.uint8),  # of TCP; of a fragment its protocol
    ],
    align=True,
)

OTHER, UDP, TCP, ICMP, FRAGMENT, FOREIGN = 0, 1, 2, 3, 4, 5
"""Kinds: not for us, UDP, TCP, ICMP error, IP fragment, a link or tunnel that this reader does not know."""

MORE_FRAGMENTS = 1 << 31

DONE, FULL, CONTROL, DAMAGED = 0, 1, 2, 3
"""Why a framing kernel stopped: bytes used up, rows full, a block for Python to read (pcapng), a record that cannot be."""
