"""What the kit wraps is what tshark unwraps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.made import ALICE_SIP, BOB_SIP, sip
from xivolab.net.tshark import oracle_fields
from xivolab.testing import MadePacket, textended, tfragments, tlink, tpcap, ttagged, ttunnelled, tudp

V4 = tudp(ALICE_SIP, BOB_SIP, sip())
V6 = tudp("[2001:db8::1]:5060", "[2001:db8::2]:5060", sip())


@pytest.mark.parametrize(
    ("packets", "link", "protocols"),
    [
        pytest.param([tlink(V4, 0)], 0, "null:ip:udp:sip", id="bsd-loopback"),
        pytest.param([tlink(V6, 108)], 108, "null:ipv6:udp:sip", id="openbsd-loopback"),
        pytest.param([tlink(V4, 113)], 113, "sll:ethertype:ip:udp:sip", id="cooked-v1"),
        pytest.param([tlink(V6, 276)], 276, "sll:ethertype:ipv6:udp:sip", id="cooked-v2"),
        pytest.param([tlink(V6, 101)], 101, "raw:ipv6:udp:sip", id="raw"),
        pytest.param(
            [ttagged(V4, 0x88A8, 0x8100)], 1, "eth:ethertype:ieee8021ad:ethertype:vlan:ethertype:ip:udp:sip", id="qinq"
        ),
        pytest.param([ttunnelled(V4)], 1, "eth:ethertype:ip:ip:udp:sip", id="ip-in-ip"),
        pytest.param([ttunnelled(V6)], 1, "eth:ethertype:ip:ipv6:udp:sip", id="ipv6-in-ip"),
        pytest.param([textended(V6)], 1, "eth:ethertype:ipv6:ipv6.hopopts:ipv6.dstopts:udp:sip", id="extended"),
        pytest.param(tfragments(V4, 64), 1, "eth:ethertype:ip:udp:sip", id="fragments"),
        pytest.param(tfragments(V6, 64), 1, "eth:ethertype:ipv6:ipv6.fraghdr:udp:sip", id="ipv6-fragments"),
    ],
)
def test_tshark_reads_it(tmp_path: Path, packets: list[MadePacket], link: int, protocols: str) -> None:
    path = tpcap(tmp_path / "a.pcap", packets, link=link)
    assert oracle_fields(path, "sip", ["frame.number", "frame.protocols"]) == [[str(len(packets)), protocols]]
