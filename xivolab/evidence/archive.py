"""Archives as evidence, as they come in mails: zip and tar, packed or not, read as folders of files.

Nothing is written under a name that an archive gives: a member of a zip file is unpacked while it is read, those of a tar
archive go to one temporary file without a name, and of what is no evidence only the beginning. Memory stays flat, whatever a
member unpacks to. An archive in an archive is opened, one in that is not.
"""

from __future__ import annotations

import io
import shutil
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO, Protocol, cast

from xivolab.errors import EvidenceError, Problem
from xivolab.evidence.recognise import archive_kind, recognise
from xivolab.evidence.source import Source, Unpacked, peek
from xivolab.evidence.window import Spool

if TYPE_CHECKING:
    import zipfile  # like tarfile imported where there is an archive: most evidence is none

MEMBERS = 10_000
"""No more members of one archive are looked at."""

_LEFT_FREE = 1 << 30  # bytes that stay free in the temporary folder
_SMALL = 1 << 20  # a member up to this size is kept whatever it is
_STEP = 1 << 20
_ENCRYPTED = 1  # a flag of a zip member (APPNOTE, 4.4.4)
_DEPTH = 1  # archives inside an archive that are opened


def _damage() -> tuple[type[Exception], ...]:
    """What reading a damaged archive raises."""
    import tarfile
    import zipfile

    return (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


class _Bytes(Protocol):
    """Bytes that can be opened again and again."""

    def open(self) -> AbstractContextManager[BinaryIO]:
        """From the beginning."""


class Member(Source):
    """One file of an archive: a source like any other, but for other programs, which cannot read it by its path."""

    def __init__(self, path: str, content: _Bytes) -> None:
        self._content = content
        super().__init__(path)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The decompressed bytes from the beginning, as a binary file."""
        with self._content.open() as raw:
            yield self.peeled(raw)

    @property
    def on_disk(self) -> bool:
        """It is not."""
        return False


class Place:
    """A folder or file in an archive, with what `xivolab.evidence.folder` asks of a path; `str()` is what messages call it."""

    def __init__(self, path: str, name: str, content: _Bytes | None = None) -> None:
        self._path = path
        self.name = name
        self._content = content
        self._children: dict[str, Place] = {}

    def __str__(self) -> str:
        return self._path

    def __truediv__(self, path: str) -> Place:
        """What is there, or a place where nothing is."""
        here = self
        for part in PurePosixPath(path).parts:
            here = here._children.get(part) or Place(f"{here._path}/{part}", part)
        return here

    def is_file(self) -> bool:
        """Whether it is a file."""
        return self._content is not None

    def is_dir(self) -> bool:
        """Whether it is a folder."""
        return bool(self._children)

    def is_symlink(self) -> bool:
        """Links in archives are left out."""
        return False

    def iterdir(self) -> Iterator[Place]:
        """What is in the folder."""
        return iter(self._children.values())

    def read_text(self, encoding: str) -> str:
        """The text of a small file. Raises UnicodeDecodeError."""
        with self.source().open() as stream:
            return peek(stream, _SMALL).decode(encoding)

    def source(self) -> Source:
        """Its bytes. Raises EvidenceError when there is no such file or it cannot be unpacked."""
        if self._content is None:
            raise EvidenceError("no such file", self._path, "check the path")
        try:
            return Member(self._path, self._content)
        except OSError as error:
            raise EvidenceError(f"it cannot be unpacked: {error}", self._path, "ask for the archive again") from error

    def add(self, parts: tuple[str, ...], content: _Bytes) -> Place:
        """Put a file there; one of the same name that came before it is gone, as when the archive is unpacked."""
        here = self
        for part in parts[:-1]:
            here = here._children.setdefault(part, Place(f"{here._path}/{part}", part))
        here._children[parts[-1]] = Place(f"{here._path}/{parts[-1]}", parts[-1], content)
        return here._children[parts[-1]]


def open_archive(source: Source) -> tuple[Place, list[Problem]]:
    """The folder that an archive is, and what could not be read of it."""
    root = Place(source.path, source.path)
    problems: list[Problem] = []
    _fill(root, source, problems, _DEPTH)
    return root, problems


def _fill(folder: Place, source: Source, problems: list[Problem], depth: int) -> None:
    take = _take_zip if archive_kind(source.head) == "zip" else _take_tar
    count = 0
    try:
        for parts, content in take(source, problems):
            count += 1
            if count > MEMBERS:
                what = f"more than {MEMBERS} files in this archive: the others were not looked at"
                problems.append(Problem(source.path, "", what, "unpack it and name what matters"))
                break
            place = folder.add(parts, content)
            with suppress(EvidenceError):  # told when it is read
                if depth and archive_kind((inner := place.source()).head):
                    place._content = None
                    _fill(place, inner, problems, depth - 1)
    except _damage() as error:
        what = f"the archive is damaged ({error}): {count} files were found before"
        problems.append(Problem(source.path, "", what, "get it again if more was in it"))


def _parts(name: str) -> tuple[str, ...] | None:
    """The path of a member, None for what is hidden or left there by macOS. No path leads out of the archive."""
    parts = tuple(part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", ".", ".."))
    return None if not parts or any(part.startswith(".") or part == "__MACOSX" for part in parts) else parts


class _Zip:
    """An open zip file; it is closed when none of its members is of interest any more."""

    def __init__(self, source: Source) -> None:
        import zipfile

        closing = ExitStack()
        weakref.finalize(self, closing.close)
        file = closing.enter_context(source.open())
        self._spool = Spool()
        if not file.seekable():
            _copy(file, self._spool)
            file = self._spool.window(0, self._spool.size)
        self.file = closing.enter_context(zipfile.ZipFile(file))


class _InZip:
    """A member of a zip file."""

    def __init__(self, archive: _Zip, info: zipfile.ZipInfo) -> None:
        self._archive = archive
        self._info = info

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        try:
            stream = self._archive.file.open(self._info)
        except _damage() as error:
            raise EvidenceError(f"it cannot be unpacked ({error})", self._info.filename, "get it again") from None
        with stream:
            yield cast(BinaryIO, Unpacked(stream))


class _InSpool:
    """A member of a tar archive."""

    def __init__(self, spool: Spool, start: int, size: int) -> None:
        self._spool = spool
        self._start = start
        self._size = size

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        yield self._spool.window(self._start, self._size)


def _take_zip(source: Source, problems: list[Problem]) -> Iterator[tuple[tuple[str, ...], _Bytes]]:
    archive = _Zip(source)
    encrypted = 0
    for info in archive.file.infolist():
        parts = _parts(info.filename)
        if info.is_dir() or parts is None:
            continue
        if info.flag_bits & _ENCRYPTED:
            encrypted += 1
        else:
            yield parts, _InZip(archive, info)
    if encrypted:
        what = f"{encrypted} files of this archive are encrypted"
        problems.append(Problem(source.path, "", what, "unpack it with its password, and name what was in it"))


def _take_tar(source: Source, problems: list[Problem]) -> Iterator[tuple[tuple[str, ...], _Bytes]]:
    import tarfile
    from tempfile import gettempdir

    spool = Spool()
    with source.open() as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            parts = _parts(info.name)
            data = archive.extractfile(info) if info.isfile() else None
            if parts is None or data is None:
                continue
            if shutil.disk_usage(gettempdir()).free < _LEFT_FREE + info.size:
                what = f"there is no room to unpack {'/'.join(parts)}"
                problems.append(Problem(source.path, "", what, "make room in the temporary folder, or set TMPDIR"))
                continue
            start = spool.size
            _copy_evidence(data, spool)
            yield parts, _InSpool(spool, start, spool.size - start)


def _copy_evidence(data: IO[bytes], spool: Spool) -> None:
    """The bytes of a member; only the first of a large one that is no evidence: they tell what it is."""
    head = data.read(_SMALL)
    opened = peek(Source.peeled(io.BytesIO(head)))
    spool.write(head)
    if recognise(opened) or archive_kind(opened):
        _copy(data, spool)


def _copy(data: IO[bytes], spool: Spool) -> None:
    """All there is, as long as there is room. Raises OSError."""
    from tempfile import gettempdir

    while part := data.read(_STEP):
        if shutil.disk_usage(gettempdir()).free < _LEFT_FREE:
            raise OSError("there is no room left to unpack it")
        spool.write(part)
