"""The exact words people read when something is wrong: `golden_errors.txt` is a session at a terminal.

Each entry is a command, what it says on standard error, and `[exit status]`. To accept new words, edit the file.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.terminal import Run
from xivolab.testing import tpcap, trtp, tudp

GOLDEN = Path(__file__).with_name("golden_errors.txt").read_text(encoding="utf-8")
ENTRIES = re.findall(r"^\$ (xivolab .*)\n((?:.+\n)*?)\[(\d+)\]$", GOLDEN, re.MULTILINE)


def invite(call_id: str, user: str) -> bytes:
    lines = (
        f"INVITE sip:{user}@10.77.0.10 SIP/2.0",
        "Via: SIP/2.0/UDP 10.77.0.11;branch=z9hG4bK" + call_id,
        "From: <sip:alice@10.77.0.10>;tag=1",
        f"To: <sip:{user}@10.77.0.10>",
        f"Call-ID: {call_id}",
        "CSeq: 1 INVITE",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the session takes place in."""
    phone, pbx = "10.77.0.11:5060", "10.77.0.10:5060"
    calls = [
        tudp(phone, pbx, invite(name, user), at=n) for n, (name, user) in enumerate([("a", "1002"), ("b", "1003")])
    ]
    tpcap(tmp_path / "two-calls.pcap", calls)
    rtp = [trtp("10.77.0.11:4000", "10.77.0.10:10000", n, 160 * n, at=n / 50) for n in range(100)]
    tpcap(tmp_path / "rtp.pcap", rtp)
    whole = (tmp_path / "rtp.pcap").read_bytes()
    (tmp_path / "cut.pcap").write_bytes(whole[:-50])
    (tmp_path / "damaged.pcap").write_bytes(whole[:2324] + bytes([255]) * 40 + whole[2324:])
    (tmp_path / "header.pcap").write_bytes(whole[:24])
    (tmp_path / "empty.pcap").write_bytes(b"")
    (tmp_path / "letter.txt").write_text("Dear all,\nthe telephones do not work.\n")
    (tmp_path / "nothing").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_session_is_read_whole() -> None:
    assert len(ENTRIES) == GOLDEN.count("\n$ ") + GOLDEN.startswith("$ ")


@pytest.mark.parametrize(("command", "told", "status"), ENTRIES, ids=[command for command, _, _ in ENTRIES])
def test_says_exactly_this(command: str, told: str, status: str, run: Run, folder: Path) -> None:
    ran = run(*shlex.split(command)[1:])
    assert ran.err == told
    assert ran.status == int(status)
