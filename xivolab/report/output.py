"""The folder that reports go to."""

from __future__ import annotations

import os
from os import PathLike
from pathlib import Path

from xivolab.errors import UsageError


def output_folder(path: str | PathLike[str]) -> Path:
    """The folder, made where it is not there. Raises UsageError when it cannot be made or written to."""
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot be made: {error.strerror}", str(folder), "name another folder") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError("cannot be written to", str(folder), "name another folder")
    return folder
