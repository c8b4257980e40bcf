"""What tshark finds inside, by frame."""

from __future__ import annotations

from pathlib import Path

from tests.made import sip
from xivolab.net.inside import deciphered
from xivolab.net.keylog import parse_key_log
from xivolab.testing import tpcap, ttls


def test_deciphered_bytes_of_a_record_in_several_frames(tmp_path: Path) -> None:
    made = ttls([("client", sip(body="x" * 5000), 1.0)], client="[2001:db8::1]:40000", server="[2001:db8::2]:7000")
    capture = tpcap(tmp_path / "tls.pcap", made.packets)
    (piece,) = deciphered(capture, parse_key_log(made.key_log), [7000])
    assert piece.frame == len(made.packets)
    assert (piece.src, piece.dst) == ("[2001:db8::1]:40000", "[2001:db8::2]:7000")
    assert piece.data == sip(body="x" * 5000)


def test_nothing_without_keys(tmp_path: Path) -> None:
    capture = tpcap(tmp_path / "tls.pcap", ttls([("client", sip(), 1.0)]).packets)
    assert list(deciphered(capture, parse_key_log(""), [5061])) == []
