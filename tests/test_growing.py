"""Captures that grow: looked at again and again they give what one scan gives, and no byte is read twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import xivolab
from tests.captures import ROOT, SAMPLES, each_sample
from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, sip, talk
from xivolab import growing
from xivolab.evidence.source import Source
from xivolab.growing import GrowingScan
from xivolab.net.reader import CaptureReader
from xivolab.scan import Scan, scan
from xivolab.testing import MadeInterface, MadePacket, tfragments, tpcap, tpcapng, trtp, ttcp, ttls, tudp


def facts(found: Scan) -> dict[str, Any]:
    """Everything that a scan tells."""
    raw = found.messages
    ends = [[raw.addresses[n] for n in column.tolist()] for column in (raw.src, raw.dst)]
    return {
        "messages": list(
            zip(list(raw.data), raw.frame.tolist(), raw.file.tolist(), raw.time.tolist(), *ends, strict=True)
        ),
        "streams": list(found.streams.records()),
        "quality": list(found.quality.records()),
        "marks": found.marks,
        "places": [found.rtp.places(row) for row in range(len(found.streams))],
        "packets": [fact.packets for fact in found.facts],
        "icmp": found.icmp,
        "problems": found.problems,
    }


def looked_at(path: Path, sizes: Sequence[int]) -> tuple[list[dict[str, Any]], GrowingScan]:
    """What is found at each of these sizes of a file."""
    scanner = GrowingScan()
    return [facts(scanner.scan([Source(path, size=size)])) for size in sizes], scanner


def once(*paths: Path, size: int | None = None) -> dict[str, Any]:
    return facts(scan([Source(path, size=path.stat().st_size if size is None else size) for path in paths]))


@pytest.fixture
def bytes_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes each reading of a part of a capture took."""
    taken: list[int] = []
    fill: Callable[..., int] = CaptureReader._fill

    def counted(self: CaptureReader, *arguments: Any) -> int:
        taken.append(fill(self, *arguments))
        return taken[-1]

    monkeypatch.setattr(CaptureReader, "_fill", counted)
    return taken


@each_sample
def test_a_sample_looked_at_as_it_grows(capture: Path) -> None:
    whole = capture.stat().st_size
    found, _ = looked_at(capture, [max(whole * n // 5, 100) for n in (1, 2, 3, 4, 5, 5)])
    assert found[4] == found[5] == once(capture)
    assert found[1] == once(capture, size=whole * 2 // 5)


PACKETS = [
    tudp(ALICE_SIP, BOB_SIP, invite(ALICE, "96 101", "a=rtpmap:96 opus/48000/2", "a=rtpmap:101 telephone-event/8000")),
    *tfragments(tudp(BOB_SIP, ALICE_SIP, invite(BOB, "96", "a=rtpmap:96 opus/48000/2"), 0.2), 128),
    *(trtp(ALICE, BOB, n, 960 * n, 1 + 0.02 * n, pt=96, payload=bytes(60)) for n in range(40)),
    ttcp("10.0.0.3:40000", "10.0.0.9:5060", sip(call_id="over-tcp")[:80], 1.9, seq=1),
    ttcp("10.0.0.3:40000", "10.0.0.9:5060", sip(call_id="over-tcp")[80:], 2.1, seq=81),
    *talk(range(40, 60), 2.2, ssrc=7),
    tudp(ALICE_SIP, BOB_SIP, sip("BYE sip:bob@10.0.0.2 SIP/2.0"), 3),
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(cuts=st.lists(st.integers(24, 12_000), min_size=1, max_size=6), next_generation=st.booleans())
def test_wherever_it_is_looked_at(
    cuts: list[int], next_generation: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In the middle of a record or block too, between fragments and between segments."""
    path = tmp_path_factory.getbasetemp() / f"grows-{next_generation}"
    if not path.exists():
        interfaces = [MadeInterface(), MadeInterface(tsresol=6)]
        packets = [MadePacket(p.time_ns, p.data, n % 2) for n, p in enumerate(PACKETS)]
        tpcapng(path, packets, interfaces=interfaces) if next_generation else tpcap(path, PACKETS)
    whole = path.stat().st_size
    sizes = sorted(min(max(cut, 120), whole) for cut in cuts)
    found, _ = looked_at(path, [*sizes, whole])
    assert found[-1] == once(path)
    for size, seen in zip(sizes, found, strict=False):
        assert seen == once(path, size=size)


def test_no_byte_is_read_twice(tmp_path: Path, bytes_read: list[int]) -> None:
    path = tpcap(tmp_path / "long.pcap", [*PACKETS[:1], *talk(range(20_000), 1)])
    whole = path.stat().st_size
    looked_at(path, range(whole // 50, whole, whole // 50))
    # What was cut in the middle of a record is read again, less than a packet at each look.
    assert whole * 0.95 < sum(bytes_read) < whole + 50 * 300


def test_what_one_look_found_stays_as_it_was(tmp_path: Path) -> None:
    path = tpcap(tmp_path / "long.pcap", [*PACKETS[:1], *talk(range(500), 1)])
    scanner = GrowingScan()
    before = scanner.scan([Source(path, size=20_000)])
    told = facts(before)
    scanner.scan([Source(path, size=path.stat().st_size)])
    assert facts(before) == told


def test_files_that_follow_each_other(tmp_path: Path, bytes_read: list[int]) -> None:
    """As `tcpdump -G` and `dumpcap -b` write them: the call goes on in the second, which grows in its turn."""
    one = tpcap(tmp_path / "one.pcap", [*talk(range(1000), -30, ssrc=9), *PACKETS[:30]])
    two = tpcap(tmp_path / "two.pcap", PACKETS[30:])
    sizes = one.stat().st_size, two.stat().st_size
    scanner = GrowingScan()
    scanner.scan([Source(one, size=sizes[0] // 2)])
    scanner.scan([Source(one, size=sizes[0]), Source(two, size=24)])  # a header and no packet yet
    scanner.scan([Source(one, size=sizes[0]), Source(two, size=sizes[1] // 2)])
    found = facts(scanner.scan([Source(one, size=sizes[0]), Source(two, size=sizes[1])]))
    assert sum(bytes_read) < sum(sizes) * 1.2  # the first packet of a file that is new is looked at before
    assert found == once(one, two)


@pytest.mark.parametrize("what", ["an earlier file grows", "another order", "a file is gone", "a file from before"])
def test_what_cannot_be_gone_on_with_is_read_again(what: str, tmp_path: Path) -> None:
    one, two = tpcap(tmp_path / "one.pcap", PACKETS[:30]), tpcap(tmp_path / "two.pcap", PACKETS[30:])
    first, second = Source(one, size=one.stat().st_size), Source(two, size=two.stat().st_size)
    scanner = GrowingScan()
    begin, then = {
        "an earlier file grows": ([Source(one, size=400), second], [first, second]),
        "another order": ([first, second], [second, first]),
        "a file is gone": ([first, second], [second]),
        "a file from before": ([second], [second, first]),
    }[what]
    scanner.scan(begin)
    assert facts(scanner.scan(then)) == facts(scan(then))


def test_a_large_capture_is_looked_at_in_haste_and_at_the_end_exactly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bytes_read: list[int]
) -> None:
    """SDP over TCP is known at the end of a look: the packets before it would have to be counted again."""
    monkeypatch.setattr(growing, "AGAIN_BYTES", 1000)
    message = invite(BOB, "96", "a=rtpmap:96 G722/8000")
    packets = [
        ttcp(BOB_SIP, ALICE_SIP, message, 0.1),
        *(trtp(ALICE, BOB, n, 160 * n, 1 + 0.02 * n, pt=96) for n in range(500)),
    ]
    path = tpcap(tmp_path / "tcp.pcap", packets)
    whole = path.stat().st_size
    found, scanner = looked_at(path, [whole // 10, whole // 2, whole])
    assert scanner.hurried
    assert sum(bytes_read) < whole + 3000
    (stream,) = found[-1]["streams"]
    assert (stream["codec"], stream["packets"]) == ("G722", 500)
    assert stream["jitter_rfc_ms"] == 0.0  # its clock was known from the second look on
    assert facts(scanner.scan([Source(path, size=whole)], last=True)) == once(path)
    assert not scanner.hurried


def test_packed_files_are_read_from_their_beginning(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "a.pcap.gz"
    path.write_bytes(gzip.compress(tpcap(tmp_path / "a.pcap", PACKETS).read_bytes()))
    found, _ = looked_at(path, [path.stat().st_size] * 2)
    assert found[0] == found[1] == once(path)


def test_there_are_samples() -> None:
    assert len(SAMPLES) > 20
    assert all(ROOT in path.parents for path in SAMPLES)


def test_a_key_log_that_grows_with_the_capture(tmp_path: Path) -> None:
    first = ttls([("client", sip(call_id="first"), 1.0)])
    second = ttls([("client", sip(call_id="second"), 3.0)], client="10.77.0.12:40000", at=2.0)
    capture = tpcap(tmp_path / "a.pcap", first.packets)
    (tmp_path / "keys").write_text(first.key_log)
    case = xivolab.open(capture, keylog=tmp_path / "keys")
    scan = GrowingScan()

    def looked() -> list[str]:
        source = Source(capture, size=capture.stat().st_size)
        return [row["call_id"] for row in case.as_of({str(capture): source}, scan).table("dialogs").records()]

    assert looked() == ["first"]
    with capture.open("ab") as out:
        out.write(tpcap(tmp_path / "more.pcap", second.packets).read_bytes()[24:])
    with (tmp_path / "keys").open("a") as log:
        log.write(second.key_log)
    assert looked() == ["first", "second"]
