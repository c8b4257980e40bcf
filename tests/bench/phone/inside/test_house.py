"""The house of the phones, with processes that stand in for phones."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.bench.phone.inside import house
from xivolab.bench.phone.inside.house import House, Lines

Message = dict[str, Any]


def parrot(connection: socket.socket, name: str, config: Message) -> None:
    """Stands in for a phone: says what it is told; "crash" ends it as a fault in the stack would."""
    lines = Lines(connection)
    lines.send({"event": "on", "colour": config["colour"]})
    while True:
        for message in lines.receive() or []:
            if message["do"] == "crash":
                os.kill(os.getpid(), signal.SIGKILL)
            if message["do"] == "off":
                lines.send({"id": message["id"], "ok": {}})
                return
            lines.send({"id": message["id"], "ok": {"name": name, "said": message["text"]}})


class Client:
    """Somebody who speaks with the house."""

    all: ClassVar[list[Client]] = []

    def __init__(self) -> None:
        self.all.append(self)
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.connect(str(house.SOCKET))
        self.connection.settimeout(5)
        self.file = self.connection.makefile("r")
        self.events: list[Message] = []
        self.number = 0

    def ask(self, phone: str | None, do: str, **details: Any) -> Message:
        self.number += 1
        self.connection.sendall(json.dumps({"id": self.number, "phone": phone, "do": do, **details}).encode() + b"\n")
        while True:
            message = json.loads(self.file.readline())
            if "event" in message:
                self.events.append(message)
            elif message["id"] == self.number:
                return dict(message)

    def until(self, kind: str) -> Message:
        while True:
            message = json.loads(self.file.readline())
            if message.get("event") == kind:
                return dict(message)


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(house, "SOCKET", tmp_path / "phones.sock")
    pid = os.fork()
    if pid == 0:
        os.setsid()
        try:
            House(parrot).run()
        finally:
            os._exit(1)
    deadline = time.monotonic() + 5
    while not (tmp_path / "phones.sock").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    time.sleep(0.05)
    yield
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    for client in Client.all:
        client.file.close()
        client.connection.close()
    Client.all.clear()


@pytest.mark.usefixtures("served")
def test_a_phone_is_hired_spoken_to_and_switched_off() -> None:
    client = Client()

    assert client.ask("red", "hire", config={"colour": "#f00"})["ok"]["pid"] > 0
    assert client.ask("red", "say", text="hello")["ok"] == {"name": "red", "said": "hello"}
    assert list(client.ask(None, "list")["ok"]) == ["red"]
    client.ask("red", "off")
    assert client.until("gone")["crashed"] is False
    assert client.ask(None, "list")["ok"] == {}


@pytest.mark.usefixtures("served")
def test_a_crash_takes_no_other_phone_with_it_and_is_told_to_all() -> None:
    client, other = Client(), Client()
    client.ask("red", "hire", config={"colour": "#f00"})
    client.ask("blue", "hire", config={"colour": "#00f"})

    answer = client.ask("red", "crash")

    assert answer["error"] == "the phone 'red' is gone"
    assert answer["gone"] is True
    gone = other.until("gone")
    assert (gone["phone"], gone["exit"], gone["crashed"]) == ("red", -signal.SIGKILL, True)
    assert client.ask("blue", "say", text="still here")["ok"]["said"] == "still here"
    assert client.ask("red", "say", text="?")["error"] == "there is no phone 'red' here"


@pytest.mark.usefixtures("served")
def test_who_comes_later_is_told_what_happened() -> None:
    client = Client()
    client.ask("red", "hire", config={"colour": "#f00"})
    client.ask("red", "say", text="hello")

    late = Client()

    assert late.until("on")["colour"] == "#f00"
    assert late.until("caught-up")["seq"] == 1
    client.ask(None, "forget")
    assert Client().until("caught-up")["seq"] == 1


@pytest.mark.usefixtures("served")
def test_a_frozen_phone_says_nothing_and_wakes_where_it_was() -> None:
    client = Client()
    client.ask("red", "hire", config={"colour": "#f00"})
    client.ask("red", "freeze")
    client.connection.settimeout(0.3)
    with pytest.raises(TimeoutError):
        client.ask("red", "say", text="hello?")
    other = Client()
    other.ask("red", "wake")

    assert other.ask("red", "say", text="again")["ok"]["said"] == "again"


@pytest.mark.usefixtures("served")
def test_bad_questions_are_answered_and_nonsense_hung_up_on() -> None:
    client = Client()
    client.ask("red", "hire", config={"colour": "#f00"})

    assert client.ask("red", "hire", config={})["error"] == "ValueError: there is a phone 'red' already"
    assert client.ask(None, "sing")["error"] == "KeyError: 'sing'"
    client.connection.sendall(b"\xff\x00 nonsense\n")
    assert client.file.readline() == ""
    assert list(Client().ask(None, "list")["ok"]) == ["red"]


@given(st.lists(st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=20), max_size=4)), st.data())
def test_messages_come_out_whole_however_the_bytes_are_cut(messages: list[Message], data: st.DataObject) -> None:
    sent = b"".join(json.dumps(message).encode() + b"\n" for message in messages)
    cut = data.draw(st.integers(0, len(sent)))
    ours, theirs = socket.socketpair()
    lines = Lines(theirs)
    theirs.setblocking(False)
    received: list[Message] = []
    for part in (sent[:cut], sent[cut:]):
        ours.sendall(part)
        received += lines.receive() or []
    ours.close()
    theirs.close()

    assert received == messages
