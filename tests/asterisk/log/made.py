"""Logs made to order."""

from __future__ import annotations

from pathlib import Path

from tests.captures import ROOT
from xivolab.asterisk.log import LogFile, LogReader, Logs, Told, zone_named
from xivolab.evidence.source import Source

SAMPLES = sorted(ROOT.glob("sample_logs/*/full"))


def written(folder: Path, text: str | bytes, name: str = "full") -> Path:
    """A file with that text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def logs(*paths: Path, tz: str | None = "UTC", year: int | None = 2026) -> Logs:
    """The logs in some files."""
    return Logs([LogFile(str(path), Source(path)) for path in paths], Told(zone_named(tz), year))


def messages(path: Path, block: int = 4 << 20) -> list[tuple[str | None, int, str]]:
    """Level, call id and message of each record."""
    found = []
    for taken in LogReader(Source(path), block).blocks():
        for row in range(taken.count):
            record = taken.rows[row]
            text = taken.buffer[record["message"] : record["end"]].tobytes().decode("latin-1")
            found.append((taken.level(row), int(record["callid"]), text))
    return found
