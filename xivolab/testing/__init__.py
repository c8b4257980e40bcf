"""The public test kit: small calls, messages and captures made to order.

`tcall()`, `tmessage()` and `tstream()` give objects that have what a picture needs; `tudp()`, `ttcp()` and `trtp()` give
packets, `tpcap()` and `tpcapng()` write them.
"""

from xivolab.testing.calls import ALICE, BOB, PBX, tcall, tmessage, tquality, tsdp, tstream
from xivolab.testing.captures import START, tpcap, tpcapng, trtp, ttcp, tudp

__all__ = [
    "ALICE",
    "BOB",
    "PBX",
    "START",
    "tcall",
    "tmessage",
    "tpcap",
    "tpcapng",
    "tquality",
    "trtp",
    "tsdp",
    "tstream",
    "ttcp",
    "tudp",
]
