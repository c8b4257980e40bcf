"""Captures in formats that only Wireshark reads, converted to pcapng by tshark: a temporary file takes their place.

It is made when somebody reads such a file for the first time, and kept as long as that is open.
"""

from __future__ import annotations

import io
import os
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from xivolab.errors import EvidenceError, MissingToolError
from xivolab.evidence.formats import foreign_format
from xivolab.evidence.source import Source
from xivolab.evidence.window import Window
from xivolab.net.pcap import read_header
from xivolab.net.pcapng import is_pcapng

_STEP = 1 << 20


class Converted(Source):
    """What a capture became. `format` is the name of what it was; `cut` tells that its end could not be read."""

    def __init__(self, path: str, file: io.RawIOBase, name: str, cut: str) -> None:
        self._file = file
        self._length = os.fstat(file.fileno()).st_size
        self.format = name
        self.cut = cut
        weakref.finalize(self, file.close)
        super().__init__(path)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The pcapng from the beginning."""
        yield cast(BinaryIO, Window(self._file.fileno(), 0, self._length))


_CONVERTED: weakref.WeakKeyDictionary[Source, Converted] = weakref.WeakKeyDictionary()


def readable(source: Source) -> Source:
    """The capture itself, or what it was converted to. Raises like `convert`."""
    return source if read_header(source.head) or is_pcapng(source.head) else convert(source)


def convert(source: Source) -> Converted:
    """What tshark makes of a capture, once for each source.

    Raises EvidenceError for what is no capture, MissingToolError where tshark is not there.
    """
    if source not in _CONVERTED:
        _CONVERTED[source] = _convert(source, foreign_format(source.head))
    return _CONVERTED[source]


def _readable_part(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of a file, of a packed one that is damaged as far as it can be unpacked."""
    with suppress(OSError):
        while data := stream.read(_STEP):
            yield data


def _convert(source: Source, name: str | None) -> Converted:
    from xivolab.net import tshark  # few captures need it, and it takes milliseconds to import

    if not source.head:  # of nothing tshark would make a capture without packets
        raise EvidenceError("not a capture", source.name, "give a pcap or pcapng file")
    try:
        tshark.tshark_path()  # before anything is copied
    except MissingToolError as error:
        what = f"a capture in the format of {name}, which tshark has to read" if name else "not a capture"
        raise MissingToolError(f"{what}; {error.what}" if name else what, source.name, error.remedy) from None
    with tempfile.TemporaryDirectory(prefix="xivolab-") as folder:
        plain, out = Path(folder) / "given", Path(folder) / "made"
        with source.open() as stream, plain.open("wb") as copy:
            for data in _readable_part(stream):
                copy.write(data)
        try:
            cut = tshark.convert(plain, out)
        except EvidenceError as error:
            if name is None:
                raise EvidenceError("not a capture", source.name, "give a pcap or pcapng file") from None
            what = f"this capture of {name} cannot be read ({error.what})"
            raise EvidenceError(what, source.name, error.remedy) from None
        # Open, it stays readable when the folder goes.
        file = out.open("rb", buffering=0)
    return Converted(source.path, file, name or "a format that Wireshark knows", cut)
