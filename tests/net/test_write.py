"""Captures written, read back by us and by tshark."""

from __future__ import annotations

import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from xivolab.evidence.source import Source
from xivolab.net.carve import packet_at
from xivolab.net.pcapng import secrets_of
from xivolab.net.reader import CaptureReader
from xivolab.net.tshark import oracle_fields
from xivolab.net.write import Interface, Packet, PcapngWriter, PcapWriter
from xivolab.testing import tlink, trtp

RTP = trtp("10.0.0.1:4000", "10.0.0.2:5000", 7, 160)


def read(path: Path) -> list[Packet]:
    reader = CaptureReader(Source(path))
    return [packet_at(block, row) for block in reader.blocks() for row in block.rows[: block.count]]


@given(st.lists(st.tuples(st.integers(0, 2**32 * 10**9 - 1), st.binary(max_size=60), st.integers(0, 9)), max_size=6))
def test_what_was_written_is_read_again(packets: list[tuple[int, bytes, int]]) -> None:
    made = [Packet(n, time, 1, data, len(data) + more) for n, (time, data, more) in enumerate(packets, 1)]
    plain, sections = io.BytesIO(), io.BytesIO()
    pcap, pcapng = PcapWriter(plain, 1), PcapngWriter(sections, [Interface("eth0", 1)])
    for packet in made:
        pcap.write(packet)
        pcapng.write(packet, 0)
    assert (pcap.packets, pcapng.packets) == (len(made), len(made))
    for content in (plain, sections):
        path = Path(_folder()) / "written"
        path.write_bytes(content.getvalue())
        assert read(path) == made


def _folder() -> str:
    import tempfile

    return tempfile.mkdtemp(prefix="xivolab-test-")


def test_tshark_sees_the_interfaces_and_nanoseconds(tmp_path: Path) -> None:
    path = tmp_path / "two.pcapng"
    with path.open("wb") as out:
        writer = PcapngWriter(out, [Interface("pbx:eth0", 1), Interface("phone:any", 113)])
        cooked = tlink(RTP, 113)
        writer.write(Packet(1, 1_700_000_000_123_456_789, 1, RTP.data, len(RTP.data)), 0)
        writer.write(Packet(2, 1_700_000_000_123_456_790, 113, cooked.data, len(cooked.data)), 1)
    assert oracle_fields(path, "udp", ["frame.interface_name", "frame.time_epoch", "frame.encap_type"]) == [
        ["pbx:eth0", "1700000000.123456789", "1"],
        ["phone:any", "1700000000.123456790", "25"],
    ]


def test_secrets_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "keys.pcapng"
    secret = b"KSLT" + (5).to_bytes(4, "little") + b"hello"
    with path.open("wb") as out:
        PcapngWriter(out, [Interface("eth0", 1)], [secret]).write(Packet(1, 1, 1, RTP.data, len(RTP.data)), 0)
    assert secrets_of(Source(path)) == [secret]
    assert len(read(path)) == 1
