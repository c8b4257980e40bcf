"""A failing case made smaller: packets left out, then pieces of bytes, as long as it fails the same way."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from fuzzing.examine import examine

_HEADER = 24
_TRIES = 400


def failure(data: bytes) -> str:
    """What `examine` raises for these bytes: the type and the place, "" when nothing."""
    with tempfile.TemporaryDirectory(prefix="xivolab-fuzz-") as folder:
        path = Path(folder) / "case"
        path.write_bytes(data)
        try:
            examine(path, deep=True)
        except Exception as error:
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
            return f"{type(error).__name__} {place}"
    return ""


def minimise(data: bytes, fails: Callable[[bytes], str] = failure) -> bytes:
    """The smallest bytes found that fail as `data` does."""
    wanted = fails(data)
    tries = 0
    step = max((len(data) - _HEADER) // 2, 1)
    while wanted and step >= 1 and tries < _TRIES:
        at = _HEADER
        smaller = False
        while at < len(data) and tries < _TRIES:
            shorter = data[:at] + data[at + step :]
            tries += 1
            if fails(shorter) == wanted:
                data, smaller = shorter, True
            else:
                at += step
        step = step if smaller and step > 1 else step // 2
    return data
