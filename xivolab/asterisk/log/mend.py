"""What was a log once, made the bytes that Asterisk writes into a file: the framing kernel reads nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.log.console import of_terminal, undated
from xivolab.asterisk.log.forms import (
    HEADER,
    from_json,
    from_syslog,
    front_of,
    is_console,
    is_file,
    is_of_console,
    quoted,
    uncoloured,
)
from xivolab.asterisk.log.wrap import rejoined, wrapping
from xivolab.evidence.markup import Change, changes, undone
from xivolab.evidence.source import Source


@dataclass(slots=True)
class Places:
    """Where each line of a mended log came from: its number in the file."""

    numbers: list[int]

    def lines(self, lines: NDArray[np.int64]) -> NDArray[np.int64]:
        """Line numbers in the file for those of the mended text."""
        known = len(self.numbers)
        return np.array([self.numbers[min(line, known) - 1] if known else line for line in lines.tolist()], np.int64)


def mended(source: Source, raw: BinaryIO) -> tuple[BinaryIO, Places | None]:
    """The bytes to frame, and where their lines were; None where they are as the file has them."""
    if is_plain(source):
        return raw, None
    head = _head(source)
    places = Places([])
    lines = _mended_lines(head, changes(head), _lines(raw))
    return cast(BinaryIO, _Text(lines, places)), places


def is_plain(source: Source) -> bool:
    """Whether a log is a file as Asterisk writes it."""
    head = _head(source)
    return not changes(head) and is_file(head) and wrapping([line.rstrip("\r") for line in head]) is None


def _head(source: Source) -> list[str]:
    return _decoded(source.head).split("\n")[: -1 if len(source.head) >= 65536 else None]


def _decoded(data: bytes) -> str:
    """Text whose bytes can be had again, whatever they are."""
    return data.decode("utf-8", "surrogateescape")


def _lines(raw: BinaryIO) -> Iterator[str]:
    try:
        rest = b""
        while data := raw.read(1 << 20):
            *whole, rest = (rest + data).split(b"\n")
            yield from map(_decoded, whole)
    except OSError:  # a packed file that is cut: what came before counts
        pass
    if rest:
        yield _decoded(rest)


def _mended_lines(head: list[str], marked_up: list[Change], lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Lines as a file has them, with their numbers."""

    returns = of_terminal(head)

    def plain_lines(those: Iterable[str]) -> Iterator[tuple[int, str]]:
        for number, line in enumerate(those, 1):
            whole = undone(line[:-1] if returns and line.endswith("\r") else line, marked_up)
            if whole is not None:
                yield number, uncoloured(whole).removeprefix("\ufeff")

    plain = [line for _, line in undated(plain_lines(head))]
    front = quoted(plain) or front_of(plain)
    carets = sum(line.endswith("^M") for line in plain) * 4 > len(plain)
    cleaned = [_clean(line, front, carets) for line in plain]
    console = is_of_console(cleaned)
    how = wrapping([_marked(line, console) for line in cleaned])
    shown = undated(plain_lines(lines))
    made = ((number, _marked(_clean(line, front, carets), console)) for number, line in shown)
    if how is None:
        yield from made
        return
    yield from rejoined(list(made), how)


def _clean(line: str, front: object, carets: bool) -> str:
    found = front.match(line) if front is not None else None  # type: ignore[attr-defined]  # a pattern
    line = line[found.end() :] if found else line
    if carets and line.endswith("^M"):
        line = f"{line[:-2]}\r"
    line = from_syslog(from_json(line))
    inner = line.lstrip(" \t")
    return inner if inner is not line and HEADER.match(inner) else line


def _marked(line: str, console: bool) -> str:
    return f"[?] {line}" if console and is_console(line) else line


class _Text(io.RawIOBase):
    """Lines as a file; which line of the original each was goes to `places`."""

    def __init__(self, lines: Iterator[tuple[int, str]], places: Places) -> None:
        self._lines = lines
        self._places = places
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, room: object) -> int:
        view = memoryview(room)  # type: ignore[arg-type]  # what io gives
        while not self._ready:
            parts: list[str] = []
            for number, line in self._lines:
                parts.append(line)
                self._places.numbers += [number] * (line.count("\n") + 1)
                if len(parts) == 4096:
                    break
            if not parts:
                return 0
            self._ready = memoryview(("\n".join(parts) + "\n").encode("utf-8", "surrogateescape"))
        size = min(len(view), len(self._ready))
        view[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size
