"""Where what was recorded goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from xivolab.bench.capture import Tap
from xivolab.bench.case import Case, Host
from xivolab.bench.recording import Recording
from xivolab.bench.truth import Truth, Words, answered
from xivolab.evidence.folder import read_folder

LOG = "[Nov 23 07:00:00] VERBOSE[1] x.c: <--- Received\r\nINVITE sip:1002@10.77.0.10 SIP/2.0\r\n"


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    capture = tmp_path / "capture.pcap"
    capture.write_bytes(b"\xd4\xc3\xb2\xa1")
    hosts = (Host("pbx", "pbx", ("10.77.0.10",)),)
    case = Case("clean-call", Words("Clean", "Sain"), datetime.now(UTC), "22.10.1", hosts)
    return Recording(case, Truth((answered("alice", "1002"),)), {Tap(): capture}, {"full": LOG, "cel.csv": ""})


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_all_goes_into_one_folder(recording: Recording, tmp_path: Path) -> None:
    assert recording.keep(tmp_path / "out") == [tmp_path / "out"]
    assert names(tmp_path / "out") == {"capture.pcap", "full", "cel.csv", "case.toml", "truth.toml"}


def test_samples_are_kept_apart(recording: Recording, tmp_path: Path) -> None:
    captures, logs = recording.keep_as_samples(tmp_path / "repository")

    assert names(captures) == {"capture.pcap", "case.toml", "truth.toml"}
    assert names(logs) == {"full", "cel.csv", "case.toml"}


def test_a_recording_replaces_the_one_before(recording: Recording, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.pcap").touch()

    recording.keep(tmp_path / "out")

    assert "old.pcap" not in names(tmp_path / "out")


def test_the_carriage_returns_of_sip_stay(recording: Recording, tmp_path: Path) -> None:
    recording.keep(tmp_path / "out")

    assert (tmp_path / "out" / "full").read_bytes() == LOG.encode()


def test_captures_of_two_points_are_told_apart(recording: Recording, tmp_path: Path) -> None:
    phone = Tap(host="alice", name="phone")
    both = replace(recording, captures={**recording.captures, phone: recording.captures[Tap()]})

    both.keep(tmp_path / "out")

    found = {file.path.name: (file.host, file.capture_point) for file in read_folder(tmp_path / "out").files}
    assert found["capture.pcap"] == ("pbx", "pbx:eth0")
    assert found["phone.pcap"] == ("alice", "alice:eth0")
