"""A case: evidence opened, each file recognised, nothing read before it is asked for."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

import xivolab
from tests.captures import ROOT
from tests.made import ALICE_SIP, BOB, BOB_SIP, invite, talk
from xivolab.case import Case
from xivolab.errors import EvidenceError, UsageError
from xivolab.evidence.folder import HostInfo
from xivolab.schema import RECORDS
from xivolab.testing import tpcap, tudp

CLEAN = ROOT / "captures" / "clean-call"
LOGS = ROOT / "sample_logs" / "clean-call"


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    return tpcap(tmp_path / "a.pcap", [tudp(BOB_SIP, ALICE_SIP, invite(BOB)), *talk(range(10))])


def kinds(case: Case) -> list[str]:
    return [file.kind for file in case.files]


def told(case: Case) -> list[tuple[str, str, str]]:
    """File name, severity and text of each problem."""
    return [(Path(row["file"]).name, row["severity"], row["what"]) for row in case.table("problems").records()]


class TestOpening:
    def test_a_file_whatever_its_name(self, capture: Path) -> None:
        other = capture.rename(capture.with_name("notes.txt"))
        assert kinds(xivolab.open(other)) == ["capture"]

    def test_a_case_folder(self) -> None:
        case = xivolab.open(CLEAN)
        (file,) = case.files
        assert (file.kind, file.host, file.capture_point) == ("capture", "pbx", "pbx:eth0")
        assert case.told_hosts["10.77.0.11"] == HostInfo("alice", "phone")

    def test_a_folder_without_case_file_is_searched(self, capture: Path) -> None:
        (capture.parent / "letter.txt").write_text("Dear colleague,")
        case = xivolab.open(capture.parent)
        assert kinds(case) == ["capture"]
        assert told(case) == [
            ("letter.txt", "info", "neither a capture nor an Asterisk log, CEL or CLI output"),
        ]

    def test_several_at_once_in_any_mixture(self, capture: Path) -> None:
        case = xivolab.open(capture, LOGS)
        assert sorted(set(kinds(case))) == ["asterisk-log", "capture", "cel-csv", "cel-psql", "cli"]

    def test_standard_input(self, capture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(capture.read_bytes()))))
        case = xivolab.open("-")
        assert (case.files[0].path, len(case.table("messages")), len(case.table("streams"))) == ("-", 1, 1)

    def test_what_the_user_says_wins_over_the_content(self, tmp_path: Path) -> None:
        path = tmp_path / "excerpt.txt"
        path.write_text("Dial failed")
        assert kinds(xivolab.open(path, as_={str(path): "asterisk-log"})) == ["asterisk-log"]

    def test_nothing_is_read_before_it_is_asked_for(self, capture: Path) -> None:
        read: list[int] = []
        case = xivolab.open(capture, progress=lambda _, done: read.append(done))
        assert read == []
        case.table("streams")
        assert read == [capture.stat().st_size]
        case.table("messages")
        assert read == [capture.stat().st_size]  # once


class TestErrors:
    def test_no_evidence(self) -> None:
        with pytest.raises(UsageError, match="no evidence was given; name a capture"):
            xivolab.open()

    def test_a_file_that_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(EvidenceError, match="no such file; check the path"):
            xivolab.open(tmp_path / "missing.pcap")

    def test_a_file_that_is_no_evidence(self, tmp_path: Path) -> None:
        path = tmp_path / "letter.pcap"
        path.write_text("Dear colleague,")
        with pytest.raises(EvidenceError, match=r"neither a capture nor .*; say what it is: --as KIND:FILE"):
            xivolab.open(path)

    def test_an_empty_file(self, tmp_path: Path) -> None:
        path = tmp_path / "empty.pcap"
        path.touch()
        with pytest.raises(EvidenceError, match="the file is empty; check that the capture or copy worked"):
            xivolab.open(path)

    def test_a_folder_without_evidence(self, tmp_path: Path) -> None:
        with pytest.raises(
            EvidenceError, match="no evidence in this folder; name a folder that holds captures or logs"
        ):
            xivolab.open(tmp_path)

    def test_an_unknown_kind(self, capture: Path) -> None:
        with pytest.raises(UsageError, match="unknown kind 'photo'; use one of capture, "):
            xivolab.open(capture, as_={str(capture): "photo"})

    def test_an_unknown_table(self, capture: Path) -> None:
        with pytest.raises(UsageError, match="no table 'legs'; there are calls, dialogs, streams"):
            xivolab.open(capture).table("legs")

    def test_a_file_that_is_missing_from_a_case_folder_is_told_and_the_others_count(self, capture: Path) -> None:
        (capture.parent / "case.toml").write_text('[[files]]\npath = "gone.pcap"\n[[files]]\npath = "a.pcap"\n')
        case = xivolab.open(capture.parent)
        assert len(case.table("streams")) == 1
        assert told(case) == [("gone.pcap", "warning", "no such file")]

    def test_a_member_that_is_no_capture_though_the_case_file_says_so(self, capture: Path) -> None:
        """As a tcpdump that was killed before its first packet leaves it."""
        (capture.parent / "empty.pcap").touch()
        (capture.parent / "case.toml").write_text(
            '[[files]]\npath = "empty.pcap"\nkind = "capture"\n[[files]]\npath = "a.pcap"\nkind = "capture"\n'
        )
        case = xivolab.open(capture.parent)
        assert len(case.table("streams")) == 1
        assert told(case) == [("empty.pcap", "warning", "the file is empty")]


@pytest.fixture(scope="module")
def case() -> Case:
    return xivolab.open(CLEAN)


class TestTables:
    @pytest.mark.parametrize("name", RECORDS)
    def test_every_table_is_a_data_frame_too(self, case: Case, name: str) -> None:
        frame = getattr(case, name)
        assert list(frame.columns) == [field.name for field in RECORDS[name].fields]
        assert len(frame) == len(case.table(name))

    def test_it_says_what_it_is_of(self, case: Case) -> None:
        assert repr(case) == f"<Case {CLEAN / 'capture.pcap'}>"
