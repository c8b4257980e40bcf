"""Files that grow, and pipes."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

import xivolab
from tests.made import ALICE_SIP, BOB_SIP, sip, talk
from xivolab.errors import EvidenceError
from xivolab.evidence.follow import Growing
from xivolab.testing import tpcap, tudp


def test_a_file_that_grows(tmp_path: Path) -> None:
    path = tmp_path / "live"
    growing = Growing(path)
    assert not growing.grow()  # its writer has not begun
    path.write_bytes(b"one")
    assert growing.grow()
    first = growing.source()
    assert not growing.grow()
    with path.open("ab") as file:
        file.write(b"two")
    assert growing.wait(0.0)
    with first.open() as before, growing.source().open() as now:
        assert (before.read(), now.read()) == (b"one", b"onetwo")


def test_waiting_ends_when_something_comes(tmp_path: Path) -> None:
    path = tmp_path / "live"
    growing = Growing(path)
    assert not growing.wait(0.01)
    writer = threading.Timer(0.1, path.write_bytes, [b"one"])
    writer.start()
    began = time.monotonic()
    assert growing.wait(20.0)
    assert time.monotonic() - began < 10.0
    writer.join()


def test_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writing = threading.Thread(target=path.write_bytes, args=(b"all",))
    writing.start()
    growing = Growing(path)
    while not growing.ended:
        growing.wait(1.0)
    writing.join()
    with growing.source().open() as stream:
        assert stream.read() == b"all"


@pytest.mark.parametrize("change", ["cut", "replaced", "gone"])
def test_a_file_that_is_no_longer_the_same(tmp_path: Path, change: str) -> None:
    path = tmp_path / "live"
    path.write_bytes(b"some bytes")
    growing = Growing(path)
    growing.grow()
    if change == "cut":
        path.write_bytes(b"")
    elif change == "replaced":
        other = tmp_path / "other"
        other.write_bytes(b"other and longer bytes")
        other.replace(path)
    else:
        path.unlink()
    with pytest.raises(EvidenceError, match=r"live: the file (was replaced while it was followed|is gone)"):
        growing.grow()


def test_a_case_follows_its_capture(tmp_path: Path) -> None:
    """Each case stays as it was; a packet of which only a part was written is no damage."""
    path = tmp_path / "live.pcap"
    packets = [tudp(ALICE_SIP, BOB_SIP, sip()), *talk(range(100))]
    whole = tpcap(tmp_path / "whole.pcap", packets).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    cases = []
    for case in xivolab.open(path).follow(interval=0.01, idle=0.02):
        cases.append(case)
        path.write_bytes(whole)
    assert len(cases) == 2
    first, second = ([s["packets"] for s in case.table("streams").records()] for case in cases)
    assert 40 < first[0] < 60
    assert second == [100]
    assert [len(case.table("problems")) for case in cases] == [0, 0]
