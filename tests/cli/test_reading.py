"""The progress bar: only on a terminal, only for long work."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from xivolab.cli import reading as module
from xivolab.cli.reading import reading


class Terminal(io.StringIO):
    """A standard error somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    path = tmp_path / "big.pcap"
    path.write_bytes(bytes(1000))
    return path


def told(capture: Path, monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO, patience: float) -> str:
    monkeypatch.setattr("sys.stderr", stderr)
    monkeypatch.setattr(module, "PATIENCE_S", patience)
    with reading([str(capture)]) as progress:
        progress(str(capture), 500)
        progress(str(capture), 100)  # the second pass
        progress(str(capture), 2000)  # compressed: more than the file has
    return stderr.getvalue()


def test_long_work_on_a_terminal_shows_the_file(capture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert "big.pcap" in told(capture, monkeypatch, Terminal(), patience=-1)


def test_short_work_shows_nothing(capture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(capture, monkeypatch, Terminal(), patience=60) == ""


def test_without_a_terminal_nothing_is_shown(capture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(capture, monkeypatch, io.StringIO(), patience=-1) == ""


def test_standard_input_and_folders_have_sizes_too(capture: Path) -> None:
    with reading(["-", str(capture.parent)]) as progress:
        progress("standard input", 10)
