"""Which reports a batch of folders and files makes: one for each case folder, each capture and each log with its rotated parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from os import PathLike
from pathlib import Path

import xivolab
from xivolab.errors import EvidenceError, UsageError

_SUFFIXES = re.compile(r"\.(pcap|pcapng|cap|gz|xz|zst|dmp)\b", re.IGNORECASE)
_ROTATED = re.compile(r"(?:[.-]\d+)*(?:\.(?:gz|xz|zst))?$", re.IGNORECASE)


def discover(places: Sequence[str | PathLike[str]]) -> dict[str, tuple[str, ...]]:
    """The reports to make: a name that is fit for a file, and the evidence, in the order of the names in each place.

    A file is one report whatever it holds; of a folder, each case folder, each capture and each log in it, at any depth. The
    rotated parts of a log (full, full.1, full.2.gz) are one report: a call may begin in one and end in the next.
    Raises UsageError when a place is not there or when there is nothing to report on.
    """
    reports: dict[str, tuple[str, ...]] = {}
    for place in map(Path, places):
        if not place.exists():
            raise UsageError("no such file or folder", str(place), "check the path")
        for evidence in _evidence(place) if place.is_dir() else [(place,)]:
            reports[_unique(_name(evidence[0], place), reports)] = tuple(map(str, evidence))
    if not reports:
        raise UsageError("no case folder, capture or log here", ", ".join(map(str, places)), "name another folder")
    return reports


def _evidence(folder: Path) -> Iterator[tuple[Path, ...]]:
    """The case folders, captures and logs below a folder; what is inside a case folder belongs to that case."""
    if (folder / "case.toml").is_file():
        yield (folder,)
        return
    logs: dict[str, list[Path]] = {}
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():  # a link could lead round in circles
            yield from _evidence(entry)
        elif entry.is_file():
            kinds = _kinds(entry)
            if "capture" in kinds:
                yield (entry,)
            elif "asterisk-log" in kinds:
                logs.setdefault(_ROTATED.sub("", entry.name), []).append(entry)
    yield from map(tuple, logs.values())


def _kinds(path: Path) -> set[str]:
    """The kinds of evidence in a file, several in an archive."""
    try:
        return {file.kind for file in xivolab.open(path).files}
    except EvidenceError:
        return set()


def _name(evidence: Path, place: Path) -> str:
    """A file name from the path below the place given, the suffixes of captures taken off."""
    parts = evidence.relative_to(place).parts if evidence != place else (evidence.resolve().name,)
    name = re.sub(r"[^\w.-]+", "-", _SUFFIXES.sub("", "-".join(parts))).strip("-.")
    return name or "report"


def _unique(name: str, taken: Collection[str]) -> str:
    if name not in taken and name != "index":  # index.html is the batch's own
        return name
    return next(other for n in range(2, len(taken) + 3) if (other := f"{name}-{n}") not in taken)
