"""One FastAGI conversation: Asterisk tells about the channel, then answers one command after the other."""

from __future__ import annotations

import re
from typing import BinaryIO

_RESULT = re.compile(r"200 result=(?P<result>-?\d+)(?: \((?P<value>.*)\))?$", re.DOTALL)
_MOST_BYTES = 1 << 16


class GoneError(Exception):
    """The channel hung up, or Asterisk went away."""


class Session:
    """What a handler does with the channel: read and set variables, say something in the log, send it elsewhere."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader, self._writer = reader, writer
        self.environment: dict[str, str] = {}
        while line := self._line():
            name, _, value = line.partition(":")
            self.environment[name.removeprefix("agi_")] = value.strip()
        self.arguments = self._arguments()

    @property
    def handler(self) -> str:
        """The name asked for: the path of `agi://host/NAME`."""
        return self.environment.get("network_script", "").partition("?")[0]

    def get(self, name: str) -> str:
        """A variable of the channel, empty where there is none."""
        return self._ask(f"GET FULL VARIABLE {_quoted('${' + name + '}')}")

    def set(self, name: str, value: object) -> None:
        """Set a variable; None is empty, truth values are 1 and 0."""
        text = "" if value is None else str(int(value)) if isinstance(value, bool) else str(value)
        self._ask(f"SET VARIABLE {name} {_quoted(text)}")

    def verbose(self, text: str) -> None:
        """Write a line to Asterisk's log."""
        self._ask(f"VERBOSE {_quoted(text)} 1")

    def go_to(self, context: str, exten: str, priority: int) -> None:
        """Where the dialplan goes on once the conversation has ended."""
        self._ask(f"SET CONTEXT {context}")
        self._ask(f"SET EXTENSION {exten}")
        self._ask(f"SET PRIORITY {priority}")

    def _arguments(self) -> list[str]:
        found: list[str] = []
        while (value := self.environment.get(f"arg_{len(found) + 1}")) is not None:
            found.append(value)
        return found

    def _ask(self, command: str) -> str:
        self._writer.write(command.encode("utf-8", "surrogateescape") + b"\n")
        self._writer.flush()
        answer = self._line()
        while answer.startswith("HANGUP"):
            answer = self._line()
        found = _RESULT.match(answer)
        if not found:
            raise GoneError(answer or "Asterisk closed the connection")
        return found["value"] or ""

    def _line(self) -> str:
        return self._reader.readline(_MOST_BYTES).decode("utf-8", "surrogateescape").rstrip("\r\n")


def _quoted(text: str) -> str:
    """A word of a command: what would end it is escaped, line breaks cannot be."""
    clean = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\r\n]+", " ", clean) + '"'
