"""The line between this process and the phones in their container: questions, answers, and what happens.

It is the socket of the house in the container, reached through the container's own root folder as this machine sees it: no
port is open for it, nothing of it is on any network, and it goes on where a command that used it has ended.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xivolab.bench.engine import Engine
from xivolab.errors import LabError

SOCKET = "/run/xivolab/phones.sock"
_ANSWER_S = 20.0

Message = dict[str, Any]


def root(engine: Engine, container: str) -> Path:
    """The container's root folder, scratch folders included, as this machine's root user sees it."""
    return Path(f"/proc/{engine.pid(container)}/root")


class PhoneGoneError(LabError):
    """The process of a phone has ended without being told to: it crashed. What it was doing is to be done again."""


class Link:
    """One connection to the house. Every event since the house opened is in `events`, oldest first."""

    def __init__(self, engine: Engine, container: str) -> None:
        self.container = container
        self.events: list[Message] = []
        self._answers: dict[int, Message] = {}
        self._arrived = threading.Condition()
        self._asked = 0
        self._caught_up = False
        self._closed = False
        path = f"{root(engine, container)}{SOCKET}"
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._socket.connect(path)
        except OSError as error:
            self._socket.close()
            raise LabError(f"the phones do not answer ({error.strerror})", container) from error
        threading.Thread(target=self._listen, daemon=True).start()
        self._wait(lambda: self._caught_up, _ANSWER_S, lambda: "the phones say nothing")

    def close(self) -> None:
        """Hang up; the phones go on."""
        # Closing alone would not wake the thread that listens.
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def ask(self, phone: str | None, action: str, /, timeout: float = _ANSWER_S, **details: Any) -> Message:
        """Ask the house, or one of its phones, to do something; return its answer.

        Raises PhoneGoneError when that phone is no longer there, LabError when it says that it cannot.
        """
        with self._arrived:
            self._asked += 1
            number = self._asked
        message = {"id": number, "phone": phone, "do": action, **details}
        try:
            self._socket.sendall(json.dumps(message).encode() + b"\n")
        except OSError as error:
            raise LabError(f"the phones no longer answer ({error.strerror})", self.container) from error
        what = f"{phone or 'the house of the phones'} does not answer to {action!r}"
        self._wait(lambda: number in self._answers, timeout, lambda: what)
        answer = self._answers.pop(number)
        if "error" in answer:
            kind = PhoneGoneError if answer.get("gone") else LabError
            raise kind(answer["error"], phone or self.container)
        return dict(answer["ok"])

    def wait(self, done: Callable[[], bool], timeout: float, why: Callable[[], str], where: str = "") -> None:
        """Wait until `done()`, looked at whenever something happens; LabError with `why()` otherwise."""
        self._wait(done, timeout, why, where)

    def _wait(self, done: Callable[[], bool], timeout: float, why: Callable[[], str], where: str = "") -> None:
        deadline = time.monotonic() + timeout
        with self._arrived:
            while not done():
                if self._closed:
                    raise LabError("the phones have hung up on us: their container is gone", self.container)
                left = deadline - time.monotonic()
                if left <= 0:
                    raise LabError(f"{why()} within {timeout:g} s", where or self.container)
                self._arrived.wait(left)

    def _listen(self) -> None:
        pending = b""
        while True:
            try:
                data = self._socket.recv(1 << 16)
            except OSError:
                data = b""
            if not data:
                with self._arrived:
                    self._closed = True
                    self._arrived.notify_all()
                return
            *lines, pending = (pending + data).split(b"\n")
            with self._arrived:
                for line in lines:
                    self._take(json.loads(line))
                self._arrived.notify_all()

    def _take(self, message: Message) -> None:
        if message.get("event") == "caught-up":
            self._caught_up = True
        elif "event" in message:
            self.events.append(message)
        else:
            self._answers[message["id"]] = message
