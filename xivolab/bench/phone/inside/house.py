"""The house of the phones: one process per phone, made by forking this one, and one socket to speak with them all.

A phone is a process of its own, so that one that crashes takes no other with it. All are copies of this process, in which
pjsua2 is loaded already: the 20 MB of its Python side are in memory once.

On the socket each line is a JSON object. Asked `{"id": 1, "phone": "alice", "do": "call", ...}`, the phone answers
`{"id": 1, "ok": {...}}` or `{"id": 1, "error": "..."}`; without a `phone` the house itself is meant. What happens is told to
everybody as `{"seq": n, "time": t, "phone": "alice", "event": "call", ...}`, and whoever comes later is told it all again.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

SOCKET = Path("/run/xivolab/phones.sock")
_KEPT_EVENTS = 20_000
_LONGEST_LINE = 1 << 20

Message = dict[str, Any]


class Lines:
    """One end of a stream of JSON lines."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._pending = b""

    def send(self, message: Message) -> bool:
        """Send one message; False when nobody is there any more."""
        try:
            self.connection.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            return False
        return True

    def receive(self) -> list[Message] | None:
        """The messages that have arrived whole; None when the other side is gone (or talks nonsense)."""
        try:
            data = self.connection.recv(65536)
        except BlockingIOError:
            return []
        except OSError:
            return None
        if not data:
            return None
        *lines, self._pending = (self._pending + data).split(b"\n")
        if len(self._pending) > _LONGEST_LINE:
            return None
        try:
            return [json.loads(line) for line in lines if line]
        except ValueError:
            return None


class Handset:
    """What the house knows of one phone."""

    def __init__(self, name: str, config: Message, pid: int, lines: Lines) -> None:
        self.name = name
        self.config = config
        self.pid = pid
        self.lines = lines
        # Number of the question as the phone sees it → who asked, and the number there.
        self.asked: dict[int, tuple[Lines, Any]] = {}


class House:
    """Everything the house does. `work` is what a phone's process runs: (its end of the stream, its name, its config)."""

    def __init__(self, work: Callable[[socket.socket, str, Message], None]) -> None:
        self._work = work
        self._selector = selectors.DefaultSelector()
        self._handsets: dict[str, Handset] = {}
        self._clients: list[Lines] = []
        self._events: deque[Message] = deque(maxlen=_KEPT_EVENTS)
        self._sequence = 0
        self._questions = 0
        self._listener: socket.socket | None = None

    def run(self) -> None:
        """Serve for ever."""
        SOCKET.parent.mkdir(parents=True, exist_ok=True)
        SOCKET.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(SOCKET))
        SOCKET.chmod(0o600)
        self._listener.listen(16)
        self._selector.register(self._listener, selectors.EVENT_READ, self._welcome)
        # A phone that ends closes its stream, which wakes the selector: no handler is needed, only that it is not ignored.
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        while True:
            for key, _ in self._selector.select():
                key.data()

    def _welcome(self) -> None:
        assert self._listener is not None
        connection, _ = self._listener.accept()
        # A client that no longer reads must not hold up the phones.
        connection.settimeout(5)
        lines = Lines(connection)
        self._clients.append(lines)
        self._selector.register(connection, selectors.EVENT_READ, lambda: self._heard(lines))
        for event in list(self._events):
            if not lines.send(event):
                return
        lines.send({"event": "caught-up", "phone": None, "seq": self._sequence})

    def _heard(self, lines: Lines) -> None:
        messages = lines.receive()
        if messages is None:
            self._selector.unregister(lines.connection)
            lines.connection.close()
            self._clients.remove(lines)
            return
        for message in messages:
            self._asked(lines, message)

    def _asked(self, lines: Lines, message: Message) -> None:
        name = message.get("phone")
        number = message.get("id")
        if name is not None and message.get("do") not in _OF_THE_HOUSE:
            handset = self._handsets.get(name)
            if handset is None:
                lines.send({"id": number, "error": f"there is no phone {name!r} here"})
                return
            self._questions += 1
            handset.asked[self._questions] = (lines, number)
            handset.lines.send({**message, "id": self._questions})
            return
        try:
            answer = _OF_THE_HOUSE[message["do"]](self, message)
        except (KeyError, OSError, ValueError) as error:
            lines.send({"id": number, "error": f"{type(error).__name__}: {error}"})
        else:
            lines.send({"id": number, "ok": answer})

    def _hire(self, message: Message) -> Message:
        name, config = message["phone"], message["config"]
        if name in self._handsets:
            raise ValueError(f"there is a phone {name!r} already")
        ours, its = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            self._become(ours, its, name, config)
        its.close()
        handset = Handset(name, config, pid, Lines(ours))
        self._handsets[name] = handset
        self._selector.register(ours, selectors.EVENT_READ, lambda: self._told(handset))
        return {"pid": pid}

    def _become(self, ours: socket.socket, its: socket.socket, name: str, config: Message) -> None:
        """Go on as a phone, in the new process."""
        status = 1
        try:
            ours.close()
            self._selector.close()
            for other in (*self._clients, *(handset.lines for handset in self._handsets.values())):
                other.connection.close()
            if self._listener is not None:
                self._listener.close()
            self._work(its, name, config)
            status = 0
        finally:
            # Not the clean way out of Python: that would run what belongs to the house.
            os._exit(status)

    def _told(self, handset: Handset) -> None:
        messages = handset.lines.receive()
        if messages is None:
            self._gone(handset)
            return
        for message in messages:
            if "event" in message:
                self._tell(handset.name, message)
                continue
            lines, number = handset.asked.pop(message["id"], (None, None))
            if lines is not None:
                lines.send({**message, "id": number})

    def _gone(self, handset: Handset) -> None:
        self._selector.unregister(handset.lines.connection)
        handset.lines.connection.close()
        _, status = os.waitpid(handset.pid, 0)
        self._handsets.pop(handset.name, None)
        how = os.waitstatus_to_exitcode(status)
        self._tell(handset.name, {"event": "gone", "exit": how, "crashed": how != 0})
        for lines, number in handset.asked.values():
            lines.send({"id": number, "error": f"the phone {handset.name!r} is gone", "gone": True})

    def _tell(self, name: str, event: Message) -> None:
        self._sequence += 1
        event = {**event, "seq": self._sequence, "time": time.time(), "phone": name}
        self._events.append(event)
        for lines in self._clients:
            lines.send(event)

    def _list(self, message: Message) -> Message:
        del message
        return {name: {"pid": handset.pid, "config": handset.config} for name, handset in self._handsets.items()}

    def _signal(self, message: Message) -> Message:
        """Freeze, wake or kill a phone's process: frozen it says nothing more, and its sockets still swallow what comes."""
        os.kill(self._handsets[message["phone"]].pid, _SIGNALS[message["do"]])
        return {}

    def _forget(self, message: Message) -> Message:
        """Forget what happened so far: a bench put back to its known state begins with no calls."""
        del message
        self._events.clear()
        return {}


_SIGNALS = {"freeze": signal.SIGSTOP, "wake": signal.SIGCONT, "kill": signal.SIGKILL}
_OF_THE_HOUSE: dict[str, Callable[[House, Message], Message]] = {
    "hire": House._hire,
    "list": House._list,
    "forget": House._forget,
    **dict.fromkeys(_SIGNALS, House._signal),
}


def main() -> None:
    """Load what all phones share, then serve."""
    import gc

    sys.path.insert(0, "/opt/pjsua2")
    from .handset import work

    # What is loaded now stays shared: the collector shall not touch it in every phone.
    gc.collect()
    gc.freeze()
    with contextlib.suppress(KeyboardInterrupt):
        House(work).run()


if __name__ == "__main__":
    main()
