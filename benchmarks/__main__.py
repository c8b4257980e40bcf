"""Run the benchmarks and print a table: ours, the rival, the ratio. Whole processes, page cache warm, best of three."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.captures import rtp_capture
from benchmarks.sip_captures import sip_capture

_XIVOLAB = [str(Path(sys.executable).parent / "xivolab")]
_TSHARK = ["tshark", "-q", "--enable-heuristic", "rtp_udp", "-z", "rtp,streams", "-r"]
_SIP_FIELDS = (
    "sip.Call-ID sip.Method sip.from.user sip.r-uri.user ip.src ip.dst udp.srcport udp.dstport frame.time_epoch "
    "sip.Status-Code sip.User-Agent"
)
"""What a dialog record is made of."""

_TSHARK_SIP = ["tshark", "-Y", "sip", "-T", "fields", *(w for f in _SIP_FIELDS.split() for w in ("-e", f)), "-r"]


def measure(command: Sequence[str], times: int = 3) -> tuple[float, int]:
    """Best wall time in s, and the highest resident memory in MB."""
    best, memory = float("inf"), 0
    for _ in range(times):
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        best = min(best, time.perf_counter() - start)
        memory = max(memory, usage.ru_maxrss // 1024)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}")
    return best, memory


def compare(what: str, ours: Sequence[str], rival: Sequence[str]) -> None:
    """One line of the table."""
    if not shutil.which(rival[0]):
        print(f"{what:<34} {rival[0]} is not on this machine")
        return
    our_time, our_memory = measure(ours)
    time_, memory = measure(rival)
    print(
        f"{what:<34} {our_time:7.2f} s {our_memory:5d} MB   {rival[0]:<7}{time_:7.2f} s {memory:5d} MB   x{time_ / our_time:.1f}"
    )


def main() -> None:
    """Make the captures and compare."""
    with tempfile.TemporaryDirectory(prefix="xivolab-bench-") as folder:
        print(f"{'':<34} {'xivolab':<20}   {'rival':<26}  faster")
        for packets in (20_000, 1_190_000):
            path = rtp_capture(Path(folder) / f"rtp-{packets}.pcap", packets, streams=min(2000, packets // 500))
            size = f"{path.stat().st_size / 1e6:.0f} MB"
            ours = [*_XIVOLAB, "streams", "--json", str(path)]
            compare(f"streams, {size}, {packets} packets", ours, [*_TSHARK, str(path)])
        _sip(Path(folder), 200_000)


def _sip(folder: Path, messages: int) -> None:
    """Signalling without media: calls through a PBX, registrations, OPTIONS."""
    path = sip_capture(folder / "sip.pcap", messages)
    for table in ("dialogs", "calls", "registrations", "messages"):
        ours = [*_XIVOLAB, table, "--json", str(path)]
        compare(f"{table}, {messages} SIP messages", ours, [*_TSHARK_SIP, str(path)])
    compare(
        f"dialogs, {messages} SIP messages",
        [*_XIVOLAB, "dialogs", "--json", str(path)],
        ["sngrep", "-N", "-I", str(path)],
    )


if __name__ == "__main__":
    main()
