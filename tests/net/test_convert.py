"""Captures of other formats are read as tshark reads them, to the packet; what stands in the way is said."""

from __future__ import annotations

import gc
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

import xivolab
from tests.captures import ROOT
from tests.evidence.test_formats import erf
from tests.made import ALICE_SIP, BOB_SIP, sip
from xivolab.errors import EvidenceError, MissingToolError
from xivolab.evidence.source import Source
from xivolab.net import convert, tshark
from xivolab.scan import scan
from xivolab.testing import same_as_tshark, tudp

CALL = ROOT / "captures" / "clean-call" / "capture.pcap"
FORMATS = [
    "snoop",
    "netmon1",
    "netmon2",
    "ngsniffer",
    "ngwsniffer_1_1",
    "ngwsniffer_2_0",
    "5views",
    "visual",
    "lanalyzer",
    "k12text",
    "commview-ncf",
]


@pytest.fixture
def snoop(tmp_path: Path) -> Path:
    return made(tmp_path, "snoop")


def made(folder: Path, name: str) -> Path:
    out = folder / f"trace.{name}"
    subprocess.run(["editcap", "-F", name, CALL, out], check=True, capture_output=True)
    return out


@pytest.mark.parametrize("name", FORMATS)
def test_every_format(tmp_path: Path, name: str) -> None:
    capture = made(tmp_path, name)
    same_as_tshark(capture)
    found, plain = scan([Source(capture)]), scan([Source(CALL)])
    assert found.messages.frame.tolist() == plain.messages.frame.tolist()
    assert list(found.messages.data) == list(plain.messages.data)
    assert [row["packets"] for row in found.streams.records()] == [row["packets"] for row in plain.streams.records()]
    (problem,) = found.problems
    assert (problem.severity, "tshark made of it" in problem.what) == ("info", True)


def test_the_whole_way(snoop: Path, tmp_path: Path) -> None:
    packed = tmp_path / "trace.xz"
    packed.write_bytes(subprocess.run(["xz", "-c", snoop], capture_output=True, check=True).stdout)
    case = xivolab.open(packed)
    assert case.call(0).state == "completed"
    assert case.reading.facts[0].format == "Sun snoop"
    assert case.call(0).cut(tmp_path / "call.pcap").packets > 2000


def test_erf_whose_link_only_tshark_knows(tmp_path: Path) -> None:
    frame = tudp(ALICE_SIP, BOB_SIP, sip()).data
    record = erf(1)[:10] + struct.pack(">HHH", 18 + len(frame), 0, len(frame)) + b"\0\0" + frame
    (tmp_path / "trace.erf").write_bytes(record * 5)
    found = scan([Source(tmp_path / "trace.erf")])
    assert [int(frame) for frame in found.messages.frame] == [1, 2, 3, 4, 5]


def test_one_that_is_cut(snoop: Path) -> None:
    snoop.write_bytes(snoop.read_bytes()[:20_000])
    found = scan([Source(snoop)])
    assert len(found.messages) > 5
    assert [problem.severity for problem in found.problems] == ["info", "warning"]
    assert "cut short" in found.problems[1].what


def test_one_that_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.snoop").write_bytes(b"snoop\0\0\0\0\0\0\2" + b"\xff" * 100)
    with pytest.raises(EvidenceError, match="Sun snoop cannot be read"):
        xivolab.open(tmp_path / "a.snoop")
    shutil.copy(CALL, tmp_path / "b.pcap")
    case = xivolab.open(tmp_path)  # in a folder the others still count
    assert len(case.table("calls")) == 1
    assert any("Sun snoop cannot be read" in row["what"] for row in case.table("problems").records())


def test_without_tshark(snoop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise MissingToolError("tshark is not on this machine", "tshark", tshark.REMEDY)

    monkeypatch.setattr(tshark, "tshark_path", missing)
    with pytest.raises(MissingToolError, match=r"format of Sun snoop, which tshark has to read; tshark is not"):
        xivolab.open(snoop)


def test_taken_for_a_capture(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear all,\nthe telephones do not work.\n")
    with pytest.raises(EvidenceError, match="not a capture"):
        xivolab.open(tmp_path / "letter", as_={str(tmp_path / "letter"): "capture"})


def test_it_is_converted_once_and_then_let_go(snoop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(snoop)
    first = convert.readable(source)
    monkeypatch.setattr(tshark, "convert", None)
    assert convert.readable(source) is first
    before = len(convert._CONVERTED)
    del source, first
    gc.collect()
    assert len(convert._CONVERTED) < before
