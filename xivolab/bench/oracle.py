"""What tshark sees in a capture: the recorder's judge, apart from the analysis that the samples are made to test."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from xivolab.errors import LabError, MissingToolError

_CHALLENGES = (401, 407)
_STREAM = re.compile(
    r"^\s*[\d.]+\s+[\d.]+\s+(?P<src>\S+)\s+(?P<sport>\d+)\s+(?P<dst>\S+)\s+(?P<dport>\d+)\s+(?P<ssrc>0x[0-9A-F]{8})\s+"
    r"(?P<payload>.+?)\s+(?P<packets>\d+)\s+(?P<lost>-?\d+) \([-\d.]+%\)\s+(?:-?[\d.]+\s+){5}(?P<jitter>-?[\d.]+)"
)


@dataclass(frozen=True, slots=True)
class Stream:
    """One line of `tshark -z rtp,streams`; jitter in milliseconds."""

    src: str
    dst: str
    ssrc: str
    payload: str
    packets: int
    lost: int
    max_jitter_ms: float


@dataclass(frozen=True, slots=True)
class Dialog:
    """One Call-ID of an INVITE: who called what, and the first final answer that was no challenge (0: none)."""

    call_id: str
    from_user: str
    to_user: str
    status: int


def streams(capture: Path) -> list[Stream]:
    """Return the RTP streams of a capture, as tshark counts them."""
    found = []
    for line in _tshark(capture, "-q", "-z", "rtp,streams").splitlines():
        if match := _STREAM.match(line):
            found.append(
                Stream(
                    src=f"{match['src']}:{match['sport']}",
                    dst=f"{match['dst']}:{match['dport']}",
                    ssrc=match["ssrc"].lower(),
                    payload=match["payload"],
                    packets=int(match["packets"]),
                    lost=int(match["lost"]),
                    max_jitter_ms=float(match["jitter"]),
                )
            )
    return found


def dialogs(capture: Path) -> list[Dialog]:
    """Return the dialogs that an INVITE began, in order."""
    begun: dict[str, tuple[str, str]] = {}
    final: dict[str, int] = {}
    fields = ("sip.Call-ID", "sip.Method", "sip.CSeq.method", "sip.Status-Code", "sip.from.user", "sip.r-uri.user")
    for call_id, method, cseq, status, caller, called in _fields(capture, "sip.CSeq.method == INVITE", fields):
        if method == "INVITE":
            begun.setdefault(call_id, (caller, called))
        elif cseq == "INVITE" and status and int(status) >= 200 and int(status) not in _CHALLENGES:
            final.setdefault(call_id, int(status))
    return [Dialog(call_id, *users, final.get(call_id, 0)) for call_id, users in begun.items()]


def register_answers(capture: Path) -> list[tuple[str, int]]:
    """Return (user, status) of every answer to a REGISTER, in order."""
    rows = _fields(capture, "sip.CSeq.method == REGISTER && sip.Status-Line", ("sip.to.user", "sip.Status-Code"))
    return [(user, int(status)) for user, status in rows]


def _fields(capture: Path, display_filter: str, fields: tuple[str, ...]) -> list[list[str]]:
    arguments = ["-Y", display_filter, "-T", "fields", "-E", "occurrence=f"]
    for field in fields:
        arguments += ["-e", field]
    return [line.split("\t") for line in _tshark(capture, *arguments).splitlines()]


def _tshark(capture: Path, *arguments: str) -> str:
    if not shutil.which("tshark"):
        raise MissingToolError("tshark is missing", "pbx record", "apt-get install tshark")
    done = subprocess.run(["tshark", "-r", str(capture), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise LabError(done.stderr.strip().splitlines()[-1], capture.name, "record the scenario again")
    return done.stdout
