"""The other side of a FastAGI conversation: a channel with variables, as Asterisk would answer for it."""

from __future__ import annotations

import io
import re
import threading
from socket import socketpair

from xivolab.bench.agid.server import answer
from xivolab.bench.agid.session import Session

_WORD = re.compile(r'"((?:\\.|[^"\\])*)"|(\S+)')


class Channel:
    """Runs one AGI step against a database; `variables` is what the channel has, `log` what was said in the log."""

    def __init__(self, dsn: str, **variables: object) -> None:
        self.dsn = dsn
        self.variables = {name: str(value) for name, value in variables.items()}
        self.log: list[str] = []
        self.place: dict[str, str] = {}

    def agi(self, handler: str, *arguments: str) -> Channel:
        """Do the step; the channel afterwards."""
        ours, theirs = socketpair()
        with ours, theirs:
            reader, writer = theirs.makefile("rb"), theirs.makefile("wb")
            environment = {"network": "yes", "network_script": handler, "uniqueid": "1756309232.14"}
            environment |= {f"arg_{place}": value for place, value in enumerate(arguments, 1)}
            head = "".join(f"agi_{name}: {value}\n" for name, value in environment.items()) + "\n"
            ours.sendall(head.encode())
            thread = threading.Thread(target=self._asterisk, args=(ours.makefile("rwb", buffering=0),))
            thread.start()
            try:
                answer(Session(reader, writer), self.dsn)  # type: ignore[arg-type]
            finally:
                reader.close()
                writer.close()
                theirs.shutdown(2)
                thread.join(5)
        return self

    def __getitem__(self, name: str) -> str:
        return self.variables.get(name, "")

    def _asterisk(self, stream: io.RawIOBase) -> None:
        while line := stream.readline():
            words = [
                re.sub(r"\\(.)", r"\1", quoted) if bare == "" else bare for quoted, bare in _WORD.findall(line.decode())
            ]
            stream.write((self._one(words) + "\n").encode())

    def _one(self, words: list[str]) -> str:
        match words:
            case ["GET", "FULL", "VARIABLE", name]:
                value = self.variables.get(name[2:-1], "")
                return f"200 result=1 ({value})" if value else "200 result=0"
            case ["SET", "VARIABLE", name, value]:
                self.variables[name] = value
            case ["SET", what, value]:
                self.place[what] = value
            case ["VERBOSE", text, _]:
                self.log.append(text)
            case _:
                return "510 Invalid or unknown command"
        return "200 result=1"
