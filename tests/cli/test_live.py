"""`xivolab live`: plain lines, records, a screen; and how it is stopped."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

import xivolab
from tests.terminal import Run
from tests.work.loopback import FILTER, LoopbackCall, gone, needs_dumpcap
from xivolab import resources

CAPTURE = str(resources.captures() / "clean-call" / "capture.pcap")
PROGRAM = [sys.executable, "-c", "from xivolab.cli.main import run; run()"]


def test_a_line_for_each_change(run: Run) -> None:
    ran = run("live", CAPTURE, "--speed", "20", "--tz", "UTC", "--lang", "fr")
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[-1].startswith("07:52:05  1001 → 1002  terminé  13,1 s  MOS 4,41  0,0 %")
    assert "replay.pcap: " in ran.err
    assert ran.err.count("\n") == 1


def test_records_as_those_of_the_table(run: Run, tmp_path: Path) -> None:
    ran = run("live", CAPTURE, "--speed", "0", "--jsonl", "-o", str(tmp_path / "again.pcap"))
    header, *records = map(json.loads, ran.out.splitlines())
    assert header["header"] == "call"
    assert records[-1] == next(xivolab.open(tmp_path / "again.pcap").table("calls").records())
    assert f"{tmp_path / 'again.pcap'}: " in ran.err


def test_a_file_is_followed_for_a_while(run: Run) -> None:
    begun = time.monotonic()
    ran = run("live", CAPTURE, "--for", "0.3")
    assert ran.status == 0
    assert "completed" in ran.out
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing/here.pcap"], "there is no such file"),
        (["lo", "--speed", "2"], "only a file can be played again"),
        (["lo", "--ring", "1"], "a ring needs two files or more"),
        (["x.pcapng"], "there is no such file"),
        ([str(resources.captures())], "this is a folder"),
        ([str(resources.captures() / "README.md")], "neither a capture nor"),
    ],
)
def test_wrong_use_is_told_in_a_line(words: list[str], told: str, run: Run) -> None:
    ran = run("live", *words)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert told in ran.err


@needs_dumpcap
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_hand_it_tells_all_and_leaves_nothing(number: int, tmp_path: Path) -> None:
    path = tmp_path / "lo.pcapng"
    command = [*PROGRAM, "live", "lo", "--filter", FILTER, "-o", str(path), "--jsonl"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    with LoopbackCall() as call:
        call.ring()
        call.answer(0.2)
        call.hang_up()
        time.sleep(0.3)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert json.loads(out.splitlines()[-1])["state"] == "completed"
    assert f"{path}: 26 packets" in err
    assert gone(str(path))
    assert xivolab.open(path).call(0).state == "completed"


@pytest.mark.parametrize("how", ["key", "kill"])
def test_the_terminal_is_as_it_was_before(how: str) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    command = [*PROGRAM, "live", CAPTURE, "--speed", "1", "--tz", "UTC"]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=environment)
    shown = _read_until(ours, b"q stop")
    assert b"\x1b[?1049h" in shown  # the other screen
    assert termios.tcgetattr(theirs) != before
    if how == "key":
        os.write(ours, b"q")
    else:
        process.send_signal(signal.SIGTERM)
    _read_until(ours, b"\x1b[?1049l")
    assert process.wait(20) == 0
    assert termios.tcgetattr(theirs) == before
    assert process.stderr is not None
    process.stderr.close()
    os.close(ours)
    os.close(theirs)


def _read_until(descriptor: int, word: bytes) -> bytes:
    found, deadline = b"", time.monotonic() + 30
    os.set_blocking(descriptor, False)
    while word not in found and time.monotonic() < deadline:
        try:
            found += os.read(descriptor, 65536)
        except BlockingIOError:
            time.sleep(0.02)
    assert word in found
    return found
