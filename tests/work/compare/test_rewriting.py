"""What kind of box changed a message."""

from __future__ import annotations

import pytest

from xivolab.testing import tmessage, tsdp
from xivolab.work.compare.rewriting import rewrites

PHONE, ROUTER = "192.168.1.20", "198.51.100.7"
NAT = [(PHONE, ROUTER)]
DATA = tmessage(
    src=f"{PHONE}:5060", headers=f"Contact: <sip:alice@{PHONE}:5060>\r\nMax-Forwards: 70\r\n", sdp=tsdp(PHONE, 4000)
).text


def kinds(*changes: tuple[str, str], translated: list[tuple[str, str]] = NAT) -> dict[str, str]:
    """The kind of each difference, by name."""
    text = DATA
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {one.difference.name: one.kind for one in rewrites(DATA.encode(), text.encode(), translated)}


def test_nat_alone_rewrites_nothing() -> None:
    assert kinds() == {}


def test_the_address_that_nat_gave_the_packet_is_written_by_an_alg() -> None:
    assert kinds((PHONE, ROUTER)) == dict.fromkeys(("Via", "Contact", "o=", "c="), "sip-alg")


def test_its_port_may_change_as_well() -> None:
    found = kinds(
        (f"sip:alice@{PHONE}:5060", f"sip:alice@{ROUTER}:1024"),
        ("m=audio 4000", "m=audio 4002"),
        (f"c=IN IP4 {PHONE}", f"c=IN IP4 {ROUTER}"),
    )
    assert found["Contact"] == found["m=audio"] == found["c="] == "sip-alg"


def test_the_same_change_without_nat_hides_or_relays() -> None:
    found = kinds((PHONE, ROUTER), translated=[])
    assert found == {"Via": "hiding", "Contact": "hiding", "o=": "media-relay", "c=": "media-relay"}


def test_a_proxy_adds_its_via_and_counts_down() -> None:
    found = kinds(("Via:", "Via: SIP/2.0/UDP proxy;branch=z9hG4bKp\r\nVia:"), ("Max-Forwards: 70", "Max-Forwards: 69"))
    assert found == {"Via": "proxy", "Max-Forwards": "proxy"}


def test_received_and_rport_are_filled_in() -> None:
    via = next(line for line in DATA.split("\r\n") if line.startswith("Via"))
    assert kinds((via, f"{via};received={ROUTER};rport=5060")) == {"Via": "proxy"}


@pytest.mark.parametrize(
    ("old", "new", "name", "kind"),
    [
        ("m=audio 4000 RTP/AVP 8", "m=audio 4000 RTP/AVP 0", "m=audio", "codecs"),
        ("m=audio 4000", "m=audio 9000", "m=audio", "media-relay"),
        ("a=sendrecv", "a=sendonly", "a=sendrecv", "other"),
        ("sip:1002@10.77.0.10 SIP", "sip:1002@example.com SIP", "Request-URI", "hiding"),
        ("CSeq:", "X-Box: 1\r\nCSeq:", "X-Box", "other"),
        ("Content-Length: ", "Content-Length: 1", "Content-Length", "consequence"),
    ],
)
def test_other_changes(old: str, new: str, name: str, kind: str) -> None:
    assert kinds((old, new))[name] == kind
