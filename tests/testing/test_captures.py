"""The test kit's packets: tshark agrees with every field of them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from xivolab.testing import tpcap, tpcapng, trtp, ttcp, tudp

CHECKED = ["-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"]
PACKETS = [
    tudp("10.0.0.1:5060", "10.0.0.2:5061", b"odd", 0.5),
    ttcp("10.0.0.1:5060", "10.0.0.2:5061", b"odd", 1),
    tudp("[2001:db8::1]:5060", "[2001:db8::2]:5061", b"even", 2),
    ttcp("[2001:db8::1]:5060", "[2001:db8::2]:5061", b"even", 3),
    trtp("10.0.0.1:4000", "10.0.0.2:4001", 1, 160, 4),
]


def fields(path: Path, *names: str) -> list[list[str]]:
    """What tshark says of each packet."""
    wanted = [word for name in names for word in ("-e", name)]
    done = subprocess.run(
        ["tshark", "-n", *CHECKED, "-r", path, "-T", "fields", *wanted], capture_output=True, text=True, check=True
    )
    return [line.split("\t") for line in done.stdout.splitlines()]


@pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not on this machine")
@pytest.mark.parametrize("byte_order", ["<", ">"])
@pytest.mark.parametrize("write", [tpcap, tpcapng])
def test_tshark_reads_them_without_complaint(write: object, byte_order: str, tmp_path: Path) -> None:
    path = write(tmp_path / "all", PACKETS, byte_order=byte_order)  # type: ignore[operator]
    rows = fields(
        path,
        "frame.time_epoch",
        "udp.srcport",
        "tcp.srcport",
        "udp.checksum.status",
        "tcp.checksum.status",
        "_ws.malformed",
    )
    assert [row[0] for row in rows] == [
        f"17000000{n:02d}.{rest}"
        for n, rest in ((0, "500000000"), (1, "0" * 9), (2, "0" * 9), (3, "0" * 9), (4, "0" * 9))
    ]
    assert [row[1] or row[2] for row in rows] == ["5060"] * 4 + ["4000"]
    assert [row[3] or row[4] for row in rows] == ["1"] * 5  # good
    assert {row[5] for row in rows} == {""}


def test_a_short_snapshot_length_cuts_packets(tmp_path: Path) -> None:
    data = tpcap(tmp_path / "all", PACKETS[:1], snaplen=20).read_bytes()
    assert len(data) == 24 + 16 + 20
