"""Evidence that grows: real calls over the loopback, captures played again, files that others write."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import xivolab
from tests.work.loopback import FILTER, LoopbackCall, gone, needs_dumpcap, processes_about
from tests.work.traffic_made import MadeAttempt, call_packets
from xivolab import resources
from xivolab.errors import EvidenceError, UsageError
from xivolab.testing import tpcap
from xivolab.work.live import Live
from xivolab.work.live_snapshot import Snapshot

CAPTURE = resources.captures() / "clean-call" / "capture.pcap"


def until(live: Live, test: Callable[[Snapshot], bool], seconds: float = 15) -> Snapshot:
    """The first snapshot that passes."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        live.look()
        if live.snapshot is not None and test(live.snapshot):
            return live.snapshot
        time.sleep(0.05)
    raise AssertionError(f"not in {seconds} s: {live.static()}")


@needs_dumpcap
def test_a_call_grows_while_it_happens(tmp_path: Path) -> None:
    path = tmp_path / "lo.pcapng"
    with xivolab.live("lo", filter=FILTER, out=path) as live, LoopbackCall() as call:
        assert "No" in live.static().text()
        call.ring()
        until(live, lambda now: [one.record["state"] for one in now.calls] == ["ringing"])
        call.answer()
        speaking = until(live, lambda now: now.calls[0].record["state"] == "in-call" and now.packets > 50)
        call.hang_up()
        done = until(live, lambda now: now.calls[0].record["state"] == "completed")
    assert len(speaking.calls[0].record["streams"]) == 2
    assert [one.record["state"] for one in speaking.calls] == ["in-call"], "a snapshot stays as it was"
    assert done.packets == 2 + 2 + 60 + 2
    assert not live.running
    assert gone(str(path))
    kept = xivolab.open(path)
    assert kept.call(0).state == "completed"
    assert kept.table("streams")["packets"].tolist() == [30, 30]


@needs_dumpcap
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_the_process_dies(number: int, tmp_path: Path) -> None:
    path = tmp_path / "lo.pcapng"
    program = f"import xivolab, time; live = xivolab.live('lo', out={str(path)!r}).start(); print('up', flush=True); time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    assert len(processes_about(str(path))) == 3  # itself, the watchdog, dumpcap
    os.kill(process.pid, number)
    process.wait(20)
    process.stdout.close()
    assert gone(str(path))


def test_a_replay_ends_by_itself() -> None:
    seen: list[int] = []
    live = xivolab.live.replay(CAPTURE, speed=40)
    live.start(lambda now: seen.append(now.packets))
    live.wait(60)
    assert seen == sorted(seen)
    assert seen[-1] == xivolab.open(CAPTURE).reading.facts[0].packets or seen
    assert live.calls["state"].tolist() == ["completed"]
    assert "stopped" in live.static().text()


def test_a_file_that_grows(tmp_path: Path) -> None:
    packets = call_packets(1, MadeAttempt(0))
    path = tmp_path / "growing.pcap"
    whole = tpcap(tmp_path / "whole.pcap", packets).read_bytes()
    path.write_bytes(b"")
    live = xivolab.live.follow(path)
    assert live.look() is None, "nothing, not even a header"
    with path.open("ab", buffering=0) as out:
        out.write(whole[:700])  # in the middle of a packet
        now = until(live, lambda now: len(now.calls) == 1)
        assert now.calls[0].record["state"] in ("setup", "ringing")
        assert live.look() is None, "nothing new"
        out.write(whole[700:])
    until(live, lambda now: now.calls[0].record["state"] == "completed")
    assert live.running
    live.stop()
    assert not live.running


def test_a_file_that_is_replaced_is_told(tmp_path: Path) -> None:
    path = tpcap(tmp_path / "growing.pcap", call_packets(1, MadeAttempt(0)))
    live = xivolab.live.follow(path)
    assert live.look()
    path.rename(tmp_path / "old.pcap")
    tpcap(path, call_packets(2, MadeAttempt(0)))
    with pytest.raises(EvidenceError, match="replaced"):
        live.look()
    live.start()
    deadline = time.monotonic() + 10
    while live.error is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert live.error is not None
    live.stop()


class Ring:
    """Files that somebody writes and lets go: one more at each look, and the oldest gone while it is looked at."""

    name, dropped, running = "ring", None, True

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self.vanishes = False
        self.turn()

    def turn(self) -> None:
        """Begin another file; of the older ones one is kept."""
        at = 60.0 * self._count
        tpcap(self._folder / f"{self._count:03}.pcap", call_packets(self._count, MadeAttempt(at)))
        self._count += 1
        for old in sorted(self._folder.iterdir())[:-2]:
            old.unlink()

    def files(self) -> list[Path]:
        found = sorted(self._folder.iterdir())
        if self.vanishes:
            self.vanishes = False
            self.turn()
        return found

    def stop(self) -> None:
        self.running = False


def test_a_ring_that_lets_a_file_go_while_it_is_looked_at(tmp_path: Path) -> None:
    feed = Ring(tmp_path)
    live = Live(feed)
    live.look()
    feed.turn()
    live.look()
    assert live.snapshot
    assert len(live.snapshot.calls) == 2
    feed.vanishes = True
    assert live.look() is None  # the file that was listed is gone: no error, but another look
    live.look()
    assert [call.record["legs"] for call in live.snapshot.calls] == [["call-2"], ["call-1"]]
    live.stop()


def test_nothing_captured_yet_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.pcap").touch()
    live = xivolab.live.follow(tmp_path / "empty.pcap")
    with pytest.raises(EvidenceError, match="nothing has been captured yet"):
        _ = live.case
    assert repr(live) == "<Live empty.pcap: running, 0 calls>"
    live.stop()


def test_a_large_file_is_looked_at_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    live = xivolab.live.replay(CAPTURE, speed=0).wait()
    assert live.pause_s >= 0.5
    slow = Live(live.feed, refresh_s=0.001)
    slow.look()
    assert slow.pause_s > 0.001


def test_wrong_use_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such folder"):
        xivolab.live("lo", out=tmp_path / "no" / "x.pcapng")
    with pytest.raises(UsageError, match="no such language"):
        xivolab.live.replay(CAPTURE, speed=0, lang="de")


class TestNotebook:
    """What a notebook calls; a real JupyterLab is in tests/browser."""

    def test_it_shows_itself_and_goes_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import IPython.display

        shown: list[object] = []

        class Handle:
            def update(self, view: object) -> None:
                shown.append(view)

        def display(view: object, display_id: bool) -> Handle:
            shown.append(view)
            return Handle()

        monkeypatch.setattr(IPython.display, "display", display)
        live = xivolab.live.replay(CAPTURE, speed=40)
        live.watch(60)
        assert len(shown) >= 2
        assert "stopped" in str(shown[-1])
        assert "completed" in str(shown[-1])

    def test_interrupting_the_kernel_stops_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        live = xivolab.live.replay(CAPTURE, speed=1)

        def interrupted(seconds: float) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr("xivolab.work.live.time.sleep", interrupted)
            live.wait()
        assert not live.running
