"""The door to dumpcap: real captures of the loopback, and what is told when it cannot be."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

import xivolab
from tests.work.loopback import gone, needs_dumpcap
from xivolab.errors import MissingToolError, UsageError
from xivolab.net import dumpcap
from xivolab.net.dumpcap import Recording, interfaces, trouble

PORT = 15070


def send(count: int, size: int = 100) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        for _ in range(count):
            out.sendto(bytes(size), ("127.0.0.1", PORT))


@needs_dumpcap
def test_what_is_sent_is_in_the_file_and_nothing_is_left_running(tmp_path: Path) -> None:
    path = tmp_path / "lo.pcapng"
    with Recording("lo", path, capture_filter=f"udp port {PORT}") as recording:
        assert recording.running
        assert recording.files() == [path]
        send(20)
        deadline = time.monotonic() + 10
        while path.stat().st_size < 20 * 142 and time.monotonic() < deadline:
            time.sleep(0.05)
    assert not recording.running
    assert recording.dropped == 0
    case = xivolab.open(path)
    case.table("problems")
    assert case.reading.facts[0].packets == 20
    assert gone(str(path))


@needs_dumpcap
def test_a_limit_ends_it(tmp_path: Path) -> None:
    recording = Recording("lo", tmp_path / "lo.pcapng", capture_filter=f"udp port {PORT}", limit_mb=0.02)
    deadline = time.monotonic() + 15
    while recording.running and time.monotonic() < deadline:
        send(10, 1000)
        time.sleep(0.05)
    assert not recording.running
    recording.stop()
    assert (tmp_path / "lo.pcapng").stat().st_size < 1_000_000


@needs_dumpcap
def test_a_ring_keeps_the_last_files(tmp_path: Path) -> None:
    with Recording("lo", tmp_path / "r.pcapng", capture_filter=f"udp port {PORT}", limit_mb=0.01, ring=2) as recording:
        seen: set[Path] = set()
        deadline = time.monotonic() + 15
        while len(seen) < 4 and time.monotonic() < deadline:
            send(10, 1000)
            seen |= set(recording.files())
            time.sleep(0.05)
    assert len(seen) >= 4
    assert len(recording.files()) == 2
    assert recording.files()[-1] >= max(seen)


@needs_dumpcap
@pytest.mark.parametrize(
    ("interface", "capture_filter", "told"),
    [
        ("nosuch0", "", r"nosuch0: there is no such interface; there are .*\blo\b"),
        ("lo", "or or", r"--filter 'or or': this is no capture filter; write it as for tcpdump"),
    ],
)
def test_what_is_wrong_is_told(interface: str, capture_filter: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=told):
        Recording(interface, tmp_path / "x.pcapng", capture_filter=capture_filter)
    assert gone(str(tmp_path))


def test_without_rights_the_remedy_is_told() -> None:
    told = 'dumpcap: You do not have permission to capture on device "lo".\n(socket: Operation not permitted)\n'
    error = dumpcap._why(told, "lo", "", Path("x"))
    assert "this user may not capture packets" in str(error)
    assert "run it as root" in str(error)


def test_a_file_that_cannot_be_written_is_told() -> None:
    told = "Capturing on 'lo'\ndumpcap: The file to which the capture would be saved could not be opened: Permission denied.\n"
    assert "capturing did not start (The file to which" in str(dumpcap._why(told, "lo", "", Path("/x/y.pcapng")))


def test_without_dumpcap_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(MissingToolError, match="apt-get install wireshark-common"):
        interfaces()


@needs_dumpcap
def test_interfaces_and_rights() -> None:
    assert "lo" in interfaces()
    assert trouble("lo") is None
    assert "nosuch0" in (trouble("nosuch0") or "")
