"""Which call is which at the other point."""

from __future__ import annotations

from pathlib import Path

from tests.work.compare.crossing import Between, message, points, rtp, signalling
from xivolab.testing import tpcap
from xivolab.work.compare.call_pairs import pair_calls
from xivolab.work.compare.matching import Matching
from xivolab.work.compare.sides import Side


def matching(a: Path, b: Path) -> Matching:
    return Matching(Side(a), Side(b))


def test_the_same_call_and_one_that_only_one_point_saw(tmp_path: Path) -> None:
    a, b = points([*signalling(3.0), *rtp(3.0)], Between(offset=5.0), tmp_path)
    other = message(1.0, "a-to-b", "INVITE sip:1003@203.0.113.5 SIP/2.0", "1 INVITE", call_id="only-here@test")
    packets = [sent.make("192.168.1.20", sent.at) for sent in [*signalling(3.0), other]]
    more = tpcap(tmp_path / "more.pcap", sorted(packets, key=lambda packet: packet.time_ns))
    assert [(len(pair.a), len(pair.b), pair.relation) for pair in pair_calls(matching(a, b))] == [(1, 1, "same")]
    found = pair_calls(matching(more, b))
    assert sorted(pair.relation for pair in found) == ["a", "same"]
    assert sorted(pair.relation for pair in pair_calls(matching(b, more))) == ["b", "same"]
    assert len({pair.id for pair in found}) == 2


def test_an_empty_side_leaves_the_calls_alone(tmp_path: Path) -> None:
    a, _ = points(signalling(3.0), Between(), tmp_path)
    empty = tpcap(tmp_path / "empty.pcap", [])
    assert [pair.relation for pair in pair_calls(matching(a, empty))] == ["a"]
    assert [pair.relation for pair in pair_calls(matching(empty, a))] == ["b"]
