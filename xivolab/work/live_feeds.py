"""Where live evidence comes from: a capture that runs, one that is replayed, a file that somebody else writes."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from xivolab.errors import UsageError


class Feed(Protocol):
    """What is being written: `files()` are those written so far, `dropped` the packets lost, None if that is not known."""

    @property
    def name(self) -> str:
        """What is watched, for people."""
        ...

    @property
    def dropped(self) -> int | None:
        """Packets that the capture lost."""
        ...

    @property
    def running(self) -> bool:
        """Whether more may come."""
        ...

    def files(self) -> list[Path]:
        """What has been written, the oldest first."""
        ...

    def stop(self) -> None:
        """End it."""
        ...


class Following:
    """A file that another program writes: never at its end, until it is stopped. Raises UsageError when it is not there."""

    dropped = None

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise UsageError(
                "there is no such file", str(path), "name an interface, or a capture that is being written"
            )
        self.name = path.name
        self.running = True
        self._path = path

    def files(self) -> list[Path]:
        """The file."""
        return [self._path]

    def stop(self) -> None:
        """Look no more."""
        self.running = False
