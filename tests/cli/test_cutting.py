"""`xivolab cut`: where it writes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from tests.terminal import Run

BUSY = str(ROOT / "captures" / "busy")


def test_writes_a_file_and_says_how_much(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "call.pcap"
    ran = run("cut", BUSY, "-o", str(out))
    assert (ran.status, ran.out) == (0, "")
    packets = len(xivolab.open(out).messages)
    assert f"{out}: {packets} packets" in ran.err


def test_writes_into_a_folder_that_it_makes(run: Run, tmp_path: Path) -> None:
    assert run("cut", BUSY, "-o", f"{tmp_path}/case/").status == 0
    assert sorted(path.suffix for path in (tmp_path / "case").iterdir()) == [".pcap", ".toml"]


def test_does_not_write_over_the_evidence(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "a.pcap"
    copy.write_bytes((ROOT / "captures" / "busy" / "capture.pcap").read_bytes())
    ran = run("cut", str(copy), "-o", str(copy))
    assert ran.status == 2
    assert "this is the evidence itself" in ran.err
    assert len(xivolab.open(copy).call_list()) == 1


def test_a_folder_that_cannot_be_is_told(run: Run, tmp_path: Path) -> None:
    ran = run("cut", BUSY, "-o", str(tmp_path / "no" / "call.pcap"))
    assert ran.status == 2
    assert "No such file or directory" in ran.err
