"""A real call over the loopback interface, step by step: 15 messages and 100 RTP packets at most."""

from __future__ import annotations

import os
import shutil
import socket
import time
from pathlib import Path

import pytest

from tests.work.traffic_made import message
from xivolab.net.dumpcap import trouble
from xivolab.testing import tsdp

PHONE, PBX = "127.0.0.11", "127.0.0.10"
SIP_PORT, RTP_PORT = 15060, 14000
FILTER = f"udp port {SIP_PORT} or udp port {RTP_PORT}"

needs_dumpcap = pytest.mark.skipif(
    shutil.which("dumpcap") is None or trouble("lo") is not None, reason="this user cannot capture with dumpcap here"
)


class LoopbackCall:
    """A phone that calls a PBX on this machine; use it in a `with` block. RTP takes as long as it lasts."""

    def __init__(self, call_id: str = "loopback") -> None:
        self.call_id = call_id
        ends = [(host, port) for port in (SIP_PORT, RTP_PORT) for host in (PHONE, PBX)]
        self._sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in ends]
        for one, end in zip(self._sockets, ends, strict=True):
            one.bind(end)
        self._phone, self._pbx, self._voice, self._echo = self._sockets

    def __enter__(self) -> LoopbackCall:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._sockets:
            one.close()

    def ring(self) -> None:
        """INVITE and 180."""
        offer = tsdp(PHONE, RTP_PORT, "8")
        self._ask("INVITE", 1, offer)
        self._answer(180, "INVITE", 1)

    def answer(self, seconds: float = 0.6) -> None:
        """200, ACK, and RTP both ways for a while."""
        self._answer(200, "INVITE", 1, tsdp(PBX, RTP_PORT, "8"))
        self._ask("ACK", 1)
        for number in range(round(seconds * 50)):
            head = (0x80080000 | number).to_bytes(4, "big") + (160 * number).to_bytes(4, "big")
            self._voice.sendto(head + b"\x00\x00\x00\x01" + b"\xd5" * 160, (PBX, RTP_PORT))
            self._echo.sendto(head + b"\x00\x00\x00\x02" + b"\xd5" * 160, (PHONE, RTP_PORT))
            time.sleep(0.02)

    def hang_up(self) -> None:
        """BYE and its 200."""
        self._ask("BYE", 2)
        self._answer(200, "BYE", 2)

    def _ask(self, method: str, cseq: int, sdp: str = "") -> None:
        tag = "" if method == "INVITE" else "b"
        data = message(f"{method} sip:1002@{PBX} SIP/2.0", self.call_id, f"{cseq} {method}", sdp=sdp, to_tag=tag)
        self._phone.sendto(data, (PBX, SIP_PORT))

    def _answer(self, status: int, method: str, cseq: int, sdp: str = "") -> None:
        data = message(f"SIP/2.0 {status} Whatever", self.call_id, f"{cseq} {method}", sdp=sdp, to_tag="b")
        self._pbx.sendto(data, (PHONE, SIP_PORT))


def processes_about(word: str) -> list[int]:
    """The processes that have a word in their command line, this one apart."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if word.encode() in command and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


def gone(word: str, within: float = 8.0) -> bool:
    """Whether no process has that word in its command line, before long."""
    deadline = time.monotonic() + within
    while processes_about(word):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
