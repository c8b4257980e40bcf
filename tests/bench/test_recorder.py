"""The recorder: what it does with bad recordings, and one real call from the image to the case folder."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.captures import ROOT
from xivolab.bench import recorder
from xivolab.bench.capture import Tap
from xivolab.bench.case import Case
from xivolab.bench.engine import Engine, detect
from xivolab.bench.oracle import dialogs, streams
from xivolab.bench.recorder import record
from xivolab.bench.recording import Recording
from xivolab.bench.scenario import Scenario
from xivolab.bench.truth import Truth, answered
from xivolab.errors import LabError, MissingToolError, UsageError
from xivolab.evidence.folder import read_folder

CLEAN = ROOT / "captures" / "clean-call" / "capture.pcap"


class Takes:
    """Stands in for playing a call: each take fails (an error), is bad (too many legs told) or good."""

    def __init__(self, *takes: str) -> None:
        self.takes = list(takes)

    def __call__(self, chosen: Engine, scenario: Scenario, scratch: Path, on_progress: recorder.Progress) -> Recording:
        take = self.takes.pop(0)
        if take == "crash":
            raise LabError("the phone no longer answers", "bob")
        truth = Truth((answered("alice", "1002", legs=2 if take == "good" else 3),))
        case = Case(scenario.name, scenario.title, datetime.now(UTC), "22.10.1", ())
        return Recording(case, truth, {Tap(): CLEAN}, {})


def played(takes: Takes, monkeypatch: pytest.MonkeyPatch, out: Path) -> list[str]:
    """Record a clean call with these takes and return what was said on the way."""
    said: list[str] = []
    monkeypatch.setattr(recorder, "_play", takes)
    # These takes need no containers, and shall not wait for a recorder that does.
    monkeypatch.setattr(recorder, "_LOCK", out.parent / "lock")
    monkeypatch.setattr("xivolab.bench.engine.detect", lambda: Engine(["podman"]))
    record(["clean-call"], out, on_progress=said.append)
    return said


def test_a_bad_recording_is_made_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert played(Takes("crash", "bad", "good"), monkeypatch, tmp_path) == [
        "clean-call: recording",
        "clean-call: recording again (bob: the phone no longer answers)",
        "clean-call: recording again (2 legs instead of 3)",
        "clean-call: recorded",
    ]
    assert (tmp_path / "clean-call" / "capture.pcap").is_file()


def test_three_bad_recordings_are_an_error_and_leave_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(LabError, match="clean-call: not recorded in 3 tries: 2 legs instead of 3"):
        played(Takes("crash", "crash", "bad"), monkeypatch, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_scenario_is_told_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nonsense"):
        record(["clean-call", "nonsense"], tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_call_is_recorded(tmp_path: Path) -> None:
    """The image is built if it must be, a phone calls another, and all that this leaves is in the case folder."""
    try:
        engine = detect()
    except MissingToolError as error:
        pytest.skip(str(error))

    (folder,) = record(["clean-call"], tmp_path)

    kinds = {file.path.name: file.kind for file in read_folder(folder).files}
    assert kinds == {
        "capture.pcap": "capture",
        "full": "asterisk-log",
        "cel.csv": "cel-csv",
        "cel.txt": "cel-psql",
        "channelstats.txt": "cli",
        "endpoints.txt": "cli",
        "channels.txt": "cli",
    }
    assert [one.status for one in dialogs(folder / "capture.pcap")] == [200, 200]
    assert len(streams(folder / "capture.pcap")) == 4
    assert tomllib.loads((folder / "truth.toml").read_text())["calls"][0]["released_by"] == "caller"
    assert "simple_bridge" in (folder / "full").read_text()
    assert (folder / "cel.csv").read_text().count("BRIDGE_ENTER") == 2
    assert "alaw" in (folder / "channelstats.txt").read_text()
    assert engine.call("ps", "--all", "--quiet", "--filter", "label=xivolab.bench=recorder") == ""
