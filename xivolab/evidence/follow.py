"""Evidence that is still being written: a file that grows, or a pipe.

    growing = Growing("/tmp/live.pcap")
    while growing.wait(1.0):
        source = growing.source()

Each source holds what is there at that moment, and never more: what was read of it stays true.
"""

from __future__ import annotations

import io
import os
import select
import stat
import sys
import time
import weakref
from pathlib import Path

from xivolab.errors import EvidenceError
from xivolab.evidence.source import STDIN, Source
from xivolab.evidence.window import Spool

_STEP_S = 0.05
_PIPE_STEP = 1 << 20


class Growing:
    """A file that another program writes, or a pipe ("-" is standard input), which is kept in a temporary file.

    `size` is how many bytes there were when it was last looked at; `ended` becomes true when the other end closed a pipe.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self.size = 0
        self.ended = False
        self._pipe: int | None = None
        self._spool: Spool | None = None
        self._identity: tuple[int, int] | None = None
        if self.path == STDIN or _is_pipe(self.path):
            if self.path == STDIN:
                self._pipe = _descriptor_of_stdin()
            else:
                self._pipe = os.open(self.path, os.O_RDONLY)
                weakref.finalize(self, os.close, self._pipe)
            self._spool = Spool()

    def grow(self) -> bool:
        """Look for more, without waiting; whether there is.

        Raises EvidenceError when the file was replaced or cut: what was read of it is true no more.
        """
        before = self.size
        if self._spool is not None:
            self._drain(self._spool)
            self.size = self._spool.size
            return self.size > before
        try:
            found = Path(self.path).stat()
        except FileNotFoundError:
            if self._identity is None:  # its writer has not begun
                return False
            raise EvidenceError("the file is gone", self.path, "open the file that follows it") from None
        identity = (found.st_dev, found.st_ino)
        if (self._identity or identity) != identity or found.st_size < before:
            raise EvidenceError("the file was replaced while it was followed", self.path, "follow the new file")
        self._identity, self.size = identity, found.st_size
        return self.size > before

    def wait(self, timeout: float) -> bool:
        """Wait until there is more, `timeout` seconds at most; whether there is. Raises like `grow`."""
        deadline = time.monotonic() + timeout
        while not self.grow():
            left = deadline - time.monotonic()
            if self.ended or left <= 0:
                return False
            if self._pipe is not None:
                select.select([self._pipe], [], [], left)
            else:
                time.sleep(min(_STEP_S, left))
        return True

    def source(self) -> Source:
        """What is there now, as evidence to read."""
        return Source(self.path, size=self.size, spool=self._spool)

    def _drain(self, spool: Spool) -> None:
        """Move what the pipe holds into the temporary file."""
        assert self._pipe is not None
        while not self.ended and select.select([self._pipe], [], [], 0)[0]:
            data = os.read(self._pipe, _PIPE_STEP)
            spool.write(data)
            self.ended = not data


def _is_pipe(path: str) -> bool:
    try:
        return stat.S_ISFIFO(Path(path).stat().st_mode)
    except FileNotFoundError:
        return False


def _descriptor_of_stdin() -> int:
    try:
        return sys.stdin.fileno()
    except (AttributeError, io.UnsupportedOperation):
        raise EvidenceError("there is no standard input here", "-", "name a file") from None
