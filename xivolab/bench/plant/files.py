"""Files between this machine and a container, as one archive through the engine's standard input and output."""

from __future__ import annotations

import io
import tarfile
import time
from collections.abc import Mapping

from xivolab.bench.engine import Engine


def pack(files: Mapping[str, bytes], owner: str = "root", mode: int = 0o644) -> bytes:
    """An archive of files by name, all of one owner."""
    buffer = io.BytesIO()
    now = time.time()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.uname, entry.gname = len(data), mode, owner, owner
            # Asterisk reads a file again when its size or its time has changed: nothing else.
            entry.mtime = now
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def put(engine: Engine, container: str, folder: str, archive: bytes) -> None:
    """Unpack an archive in a folder of a container, with owners and rights as they are in it."""
    engine.feed(archive, "exec", "-i", container, "tar", "-x", "-C", folder, "--same-owner", "--same-permissions")
