"""The one reader of bytes: plain, gz, xz, zst, standard input; blocks of some megabytes.

No mmap: a file that somebody cuts while it is mapped kills the process that reads it.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from xivolab.errors import EvidenceError
from xivolab.evidence.window import Spool, Window

STDIN = "-"

_MAGICS = ((b"\x1f\x8b", "gz"), (b"\xfd7zXZ\x00", "xz"), (b"\x28\xb5\x2f\xfd", "zst"))


def compression(head: bytes) -> str | None:
    """ "gz", "xz", "zst" or None, by the first bytes (RFC 1952, xz format 2.1.1.1, RFC 8878)."""
    for magic, name in _MAGICS:
        if head.startswith(magic):
            return name
    return None


_STEP = 1 << 14
_GZ_STEP = 1 << 14
_GZ_WINDOW = 31  # zlib's word for a gzip header and the largest window


class Unpacked(io.RawIOBase):
    """The bytes of a decompressor in small steps, because its error takes the step with it in which it comes.

    All its errors are OSError, whatever the library calls them.
    """

    def __init__(self, decompressor: Any) -> None:
        self._decompressor = decompressor

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, room: Any) -> int:
        """Read a step. Raises OSError."""
        try:
            return int(self._decompressor.readinto1(memoryview(room)[:_STEP]))
        except Exception as error:
            raise OSError(str(error) or "unexpected end") from error


class _Gunzipped(io.RawIOBase):
    """The bytes of a gz file, of all its members; of one that is cut, to the last byte that can be had.

    Fed in small steps, because an error takes the step with it in which it comes. All errors are OSError.
    """

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._member: Any = None
        self._packed = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        while not self._ready:
            packed = self._packed or self._raw.read(_GZ_STEP)
            if not packed:
                if self._member and not self._member.eof:
                    raise OSError("unexpected end")
                return 0
            self._ready = memoryview(self._unpack(packed))
        size = min(len(room), len(self._ready))
        room[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _unpack(self, packed: bytes) -> bytes:
        from isal import isal_zlib

        if self._member is None or self._member.eof:
            packed = packed.lstrip(b"\0")  # padding between members and behind the last
            self._member = isal_zlib.decompressobj(wbits=_GZ_WINDOW) if packed else self._member
        try:
            data = bytes(self._member.decompress(packed)) if packed else b""
        except Exception as error:
            raise OSError(str(error)) from error
        self._packed = self._member.unused_data if packed and self._member.eof else b""
        return data


def _decompressed(raw: BinaryIO, kind: str | None) -> BinaryIO:
    if kind == "gz":
        return cast(BinaryIO, _Gunzipped(raw))
    if kind == "xz":
        import lzma

        return cast(BinaryIO, Unpacked(lzma.LZMAFile(raw)))
    if kind == "zst":
        import zstandard

        return cast(BinaryIO, Unpacked(zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)))
    return raw


class Source:
    """One file of evidence. Opening it again gives the same bytes, standard input included.

    `path` is what the user typed; `name` what messages call it. `size` bounds what is read of a file that another program
    is still writing: such a source is `growing`. Raises EvidenceError when it cannot be opened.
    """

    def __init__(self, path: str | Path, *, size: int | None = None, spool: Spool | None = None) -> None:
        self.path = str(path)
        self.name = "standard input" if self.path == STDIN else self.path
        self.growing = size is not None
        self.size = size
        self._spool = spool
        if self.path == STDIN and spool is None:
            # Packets are read again later (a second pass, one packet in detail), and a pipe cannot be.
            self._spool = Spool()
            while data := sys.stdin.buffer.read(1 << 20):
                self._spool.write(data)
        with self.open() as raw:
            self.head = peek(raw)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The decompressed bytes from the beginning, as a binary file."""
        with self._opened() as raw:
            yield self.peeled(raw)

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        """The bytes as they are."""
        if self._spool is not None:
            yield self._spool.window(0, self._spool.size if self.size is None else self.size)
            return
        try:
            raw = Path(self.path).open("rb", buffering=0)  # noqa: SIM115  # closed below; errors of reading are others
        except IsADirectoryError:
            raise EvidenceError("this is a folder", self.name, "name a file in it") from None
        except FileNotFoundError:
            raise EvidenceError("no such file", self.name, "check the path") from None
        except OSError as error:
            raise EvidenceError(error.strerror or "cannot be opened", self.name, "check its permissions") from None
        with raw:
            whole = cast(BinaryIO, raw)
            yield whole if self.size is None else cast(BinaryIO, Window(raw.fileno(), 0, self.size))

    @property
    def packed(self) -> bool:
        """Whether its bytes are compressed: they cannot be read but from the beginning."""
        with self._opened() as raw:
            return compression(raw.read(6)) is not None

    @property
    def on_disk(self) -> bool:
        """Whether other programs (tshark) can read the same file by its path."""
        return self._spool is None

    @staticmethod
    def peeled(raw: BinaryIO) -> BinaryIO:
        """The bytes inside gz, xz or zst, or those themselves."""
        head = raw.read(6)
        if raw.seekable():
            raw.seek(0)
        else:
            raw = cast(BinaryIO, _Chained(head, raw))
        return _decompressed(raw, compression(head))


class _Chained(io.RawIOBase):
    """What was read of a stream already, and the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        view = memoryview(room)
        size = min(len(view), len(self._head))
        view[:size] = self._head[:size]
        self._head = self._head[size:]
        if size < len(view):
            size += int(self._rest.readinto(view[size:]))  # type: ignore[attr-defined]  # every binary file has it
        return size


def peek(stream: BinaryIO, size: int = 65536) -> bytes:
    """The first bytes of a stream, fewer when it is short or damaged."""
    parts = io.BytesIO()
    while parts.tell() < size:
        try:
            data = stream.read(size - parts.tell())
        except OSError:
            break
        if not data:
            break
        parts.write(data)
    return parts.getvalue()
