"""Which reports a batch makes of folders and files."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from xivolab.errors import UsageError
from xivolab.report.discover import discover


@pytest.fixture
def capture(sample: Path) -> Path:
    """A real capture."""
    return next(sample.glob("*.pcap*"))


@pytest.fixture
def folder(tmp_path: Path, sample: Path, capture: Path) -> Path:
    """A folder as a customer sends it."""
    top = tmp_path / "ticket"
    (top / "site a").mkdir(parents=True)
    shutil.copytree(sample, top / "case")
    shutil.copy(capture, top / "trace.pcap")
    shutil.copy(capture, top / "site a" / "trace.pcap.1")
    (top / "notes.txt").write_text("the customer says it crackles\n")
    (top / ".hidden.pcap").write_bytes(capture.read_bytes())
    return top


def test_a_report_for_each_case_and_each_capture(folder: Path) -> None:
    assert discover([folder]) == {
        "case": (str(folder / "case"),),
        "site-a-trace.1": (str(folder / "site a" / "trace.pcap.1"),),
        "trace": (str(folder / "trace.pcap"),),
    }


def test_a_case_folder_itself(sample: Path) -> None:
    assert discover([sample]) == {"clean-call": (str(sample),)}


def test_a_file_named_is_reported_on_whatever_it_is(folder: Path) -> None:
    assert discover([folder / "notes.txt"]) == {"notes.txt": (str(folder / "notes.txt"),)}


def test_names_that_meet_are_told_apart(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "again")
    names = list(discover([folder / "trace.pcap", tmp_path / "again" / "trace.pcap"]))
    assert names == ["trace", "trace-2"]


def test_the_index_keeps_its_name(capture: Path, tmp_path: Path) -> None:
    shutil.copy(capture, tmp_path / "index.pcap")
    assert list(discover([tmp_path / "index.pcap"])) == ["index-2"]


def test_a_folder_without_captures_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no case folder, capture or log here"):
        discover([tmp_path])


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere: no such file or folder"):
        discover([tmp_path / "nowhere"])


def test_the_rotated_parts_of_a_log_are_one_report(tmp_path: Path) -> None:
    head = '[2026-03-01 10:00:0{}] VERBOSE[12][C-00000001] pbx.c: Executing [1002@default:1] NoOp("PJSIP/a-1", "") in new stack\n'
    for number, name in enumerate(("full", "full.1", "full-20260228.gz", "messages.0")):
        text = head.format(number).encode()
        (tmp_path / name).write_bytes(gzip.compress(text) if name.endswith("gz") else text)
    found = discover([tmp_path])
    assert found == {
        "full": tuple(str(tmp_path / name) for name in ("full", "full-20260228.gz", "full.1")),
        "messages.0": (str(tmp_path / "messages.0"),),
    }
