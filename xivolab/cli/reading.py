"""A progress bar while evidence is read: on a terminal, and only when it takes more than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE_S = 1.0


class ReadingBar:
    """Called by the reader with a file's name and how many of its bytes, decompressed, have been read."""

    def __init__(self, evidence: Sequence[str]) -> None:
        self._total = sum(_size(Path(item)) for item in evidence)
        self._read: dict[str, int] = {}
        self._begun = time.monotonic()
        self._bar: Progress | None = None

    def __call__(self, name: str, size: int) -> None:
        """Move on."""
        self._read[name] = max(size, self._read.get(name, 0))  # a second pass begins at nought again
        if self._bar is None and sys.stderr.isatty() and time.monotonic() - self._begun > PATIENCE_S:
            self._bar = _start()
        if self._bar is not None:
            read = sum(self._read.values())
            # More than the files have: they are compressed, and nobody knows how long it will be.
            total = self._total if read <= self._total else None
            self._bar.update(self._bar.task_ids[0], description=Path(name).name, completed=read, total=total)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


@contextmanager
def reading(evidence: Sequence[str]) -> Iterator[ReadingBar]:
    """A bar to hand to `xivolab.open(progress=…)`, taken away at the end of the block."""
    bar = ReadingBar(evidence)
    try:
        yield bar
    finally:
        bar.close()


def _start() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task("")
    bar.start()
    return bar


def _size(path: Path) -> int:
    """The bytes of a file, or of all files in a folder; 0 for what has none (standard input)."""
    try:
        if path.is_dir():
            return sum(_size(entry) for entry in path.iterdir())
        return path.stat().st_size
    except OSError:
        return 0
