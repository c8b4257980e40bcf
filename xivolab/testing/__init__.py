"""The public test kit: small calls, messages and captures made to order.

`tcall()`, `tmessage()` and `tstream()` give objects that have what a picture needs; `tudp()`, `ttcp()` and `trtp()` give
packets, `tlink()`, `ttagged()`, `ttunnelled()`, `textended()` and `tfragments()` wrap them, `tpcap()` and `tpcapng()`
write them.
`same_as_tshark()` asserts that we read a capture as tshark does.
"""

from xivolab.testing.calls import ALICE, BOB, PBX, tcall, tmessage, tquality, tsdp, tstream
from xivolab.testing.captures import START, MadeInterface, MadePacket, tblock, tpcap, tpcapng, trtp, ttcp, tudp
from xivolab.testing.links import textended, tfragments, tlink, ttagged, ttunnelled
from xivolab.testing.oracle import Difference, differences_from_tshark, same_as_tshark

__all__ = [
    "ALICE",
    "BOB",
    "PBX",
    "START",
    "Difference",
    "MadeInterface",
    "MadePacket",
    "differences_from_tshark",
    "same_as_tshark",
    "tblock",
    "tcall",
    "textended",
    "tfragments",
    "tlink",
    "tmessage",
    "tpcap",
    "tpcapng",
    "tquality",
    "trtp",
    "tsdp",
    "tstream",
    "ttagged",
    "ttcp",
    "ttunnelled",
    "tudp",
]
