"""Measure, and print a table in Markdown: `python -m benchmarks [rtp] [sip] [traffic] [audio] [log] [--full]`."""

from __future__ import annotations

import argparse
import datetime
import os
import subprocess
import tempfile
from pathlib import Path

from benchmarks import measure
from benchmarks.audio import audio
from benchmarks.cel import cel
from benchmarks.log import log
from benchmarks.programs import SNGREP, TSHARK_RTP, TSHARK_RTP_GUESSED, TSHARK_SIP
from benchmarks.rtp import rtp
from benchmarks.sip import sip, traffic

_PARTS = {"rtp": rtp, "sip": sip, "traffic": traffic, "audio": audio, "cel": cel, "log": log}


def main() -> None:
    """What the command line asks for."""
    parser = argparse.ArgumentParser("benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(_PARTS)}; all when none is named")
    parser.add_argument(
        "--full", action="store_true", help="4 GB of RTP too: some ten minutes, and the room on the disk"
    )
    parser.add_argument("--folder", type=Path, help="where the captures are made (and deleted again)")
    wanted = parser.parse_args()
    if unknown := set(wanted.parts) - set(_PARTS):
        parser.error(f"no part {sorted(unknown)[0]!r}: there are {', '.join(_PARTS)}")
    _tell()
    with tempfile.TemporaryDirectory(prefix="xivolab-bench-", dir=wanted.folder) as folder:
        measure.head()
        for name in wanted.parts or _PARTS:
            _PARTS[name](Path(folder), wanted.full)


def _tell() -> None:
    """The machine and the commands."""
    day = datetime.datetime.now(datetime.UTC).date()
    print(f"{day}, {_processor()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; {_version()}.")
    print(
        f"Best of {measure.TIMES} runs after a first one. Wall time, processor time (user and system), peak of memory.\n"
    )
    for command in (TSHARK_RTP, TSHARK_RTP_GUESSED, TSHARK_SIP, SNGREP):
        print(f"    {' '.join(command)} FILE")
    print()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "unknown processor")


def _version() -> str:
    try:
        told = subprocess.run(["tshark", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "no tshark"
    return told.splitlines()[0].rstrip(".")


if __name__ == "__main__":
    main()
