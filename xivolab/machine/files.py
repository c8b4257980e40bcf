"""What each file of a case was taken for, and what is in it: the second half of `xivolab doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xivolab.case import Case


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file: its path and lines of (what, value); a float is a time in epoch seconds."""

    path: str
    lines: list[tuple[str, str | float]]


def facts(case: Case) -> list[FileFacts]:
    """The facts of every file, in the order of the case; captures are read for it."""
    captures = {fact.path: fact for fact in case.reading.facts}
    found = []
    for file in case.files:
        lines: list[tuple[str, str | float]] = [("taken for", file.kind)]
        if file.host:
            lines.append(("host", file.host))
        if file.capture_point:
            lines.append(("captured at", file.capture_point))
        capture = captures.get(file.source.name)
        if capture is not None:
            lines += [
                ("format", capture.format),
                ("link types", ", ".join(capture.link_names) or "none"),
                ("packets", str(capture.packets)),
            ]
            if capture.first_time is not None and capture.last_time is not None:
                lines += [("first packet", capture.first_time / 1e9), ("last packet", capture.last_time / 1e9)]
        found.append(FileFacts(file.path, lines))
    return found
