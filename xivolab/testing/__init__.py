"""The public test kit: small calls, messages and captures made to order.

`tcall()`, `tmessage()` and `tstream()` give objects that have what a picture needs; `tudp()`, `ttcp()` and `trtp()` give
packets, `tlink()`, `ttagged()`, `ttunnelled()`, `textended()`, `tfragments()`, and `tgre()`, `tvxlan()`, `thep()` … wrap them;
`ttls()` gives a TLS connection with its keys; `tpcap()` and `tpcapng()` write them.
`same_as_tshark()` asserts that we read a capture as tshark does.
"""

from xivolab.testing.calls import ALICE, BOB, PBX, tcall, tmessage, tquality, tsdp, tstream
from xivolab.testing.captures import START, MadeInterface, MadePacket, tblock, tpcap, tpcapng, trtp, ttcp, tudp
from xivolab.testing.foreign import RADIOTAP, WIFI, tetherip, tl2tp, tsctp, tvntag, twifi
from xivolab.testing.links import textended, tfragments, ticmp, tlink, ttagged, ttunnelled
from xivolab.testing.logged import tlogged
from xivolab.testing.oracle import Difference, differences_from_tshark, same_as_tshark
from xivolab.testing.secure import MadeConnection, ttls
from xivolab.testing.tunnels import terspan, tgeneve, tgre, tgtp, thep, tpptp, ttzsp, tvxlan
from xivolab.testing.websockets import UPGRADE, UPGRADED, tframe

__all__ = [
    "ALICE",
    "BOB",
    "PBX",
    "RADIOTAP",
    "START",
    "UPGRADE",
    "UPGRADED",
    "WIFI",
    "Difference",
    "MadeConnection",
    "MadeInterface",
    "MadePacket",
    "differences_from_tshark",
    "same_as_tshark",
    "tblock",
    "tcall",
    "terspan",
    "tetherip",
    "textended",
    "tfragments",
    "tframe",
    "tgeneve",
    "tgre",
    "tgtp",
    "thep",
    "ticmp",
    "tl2tp",
    "tlink",
    "tlogged",
    "tmessage",
    "tpcap",
    "tpcapng",
    "tpptp",
    "tquality",
    "trtp",
    "tsctp",
    "tsdp",
    "tstream",
    "ttagged",
    "ttcp",
    "ttls",
    "ttunnelled",
    "ttzsp",
    "tudp",
    "tvntag",
    "tvxlan",
    "twifi",
]
