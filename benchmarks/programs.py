"""The commands that are measured."""

from __future__ import annotations

import sys
from pathlib import Path

TSHARK_RTP = ["tshark", "-q", "-z", "rtp,streams", "-r"]
TSHARK_RTP_GUESSED = ["tshark", "-q", "--enable-heuristic", "rtp_udp", "-z", "rtp,streams", "-r"]
"""Where no SIP announces the RTP."""

SIP_FIELDS = (
    "sip.Call-ID sip.Method sip.from.user sip.r-uri.user ip.src ip.dst udp.srcport udp.dstport frame.time_epoch "
    "sip.Status-Code sip.User-Agent"
)
"""What a dialog record is made of."""

TSHARK_SIP = ["tshark", "-Y", "sip", "-T", "fields", *(w for f in SIP_FIELDS.split() for w in ("-e", f)), "-r"]
SNGREP = ["sngrep", "-N", "-I"]


def xivolab(command: str, path: Path, *options: str) -> list[str]:
    """The program of this environment, which writes a table for programs."""
    return [str(Path(sys.executable).parent / "xivolab"), command, *(options or ("--json",)), str(path)]
