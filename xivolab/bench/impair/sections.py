"""One option of one section of Asterisk's configuration, read and changed; the rest of the file stays as it is."""

from __future__ import annotations

import re

_HEAD = re.compile(r"^\[([^\]]+)\]")


def names(text: str, kind: str) -> list[str]:
    """The sections of a type, in the order of the file, templates left out."""
    return [name for name, lines in _sections(text) if _value(lines, "type") == kind]


def get(text: str, section: str, kind: str, option: str) -> str | None:
    """The value of an option in the section of this name and type; the last one counts. None where it is not set."""
    for name, lines in _sections(text):
        if name == section and _value(lines, "type") == kind:
            return _value(lines, option)
    return None


def change(text: str, section: str, kind: str, **options: str | None) -> str:
    """The file with these options set (or taken out, for None) in one section. KeyError when there is no such section."""
    pieces = re.split(r"^(?=\[)", text, flags=re.MULTILINE)
    for index, piece in enumerate(pieces):
        head = _HEAD.match(piece)
        if head is None or head[1] != section or _value(piece.splitlines(), "type") != kind:
            continue
        kept = [line for line in piece.rstrip("\n").split("\n") if _key(line) not in options]
        added = [f"{key} = {value}" for key, value in options.items() if value is not None]
        pieces[index] = "\n".join([*kept, *added]) + "\n\n"
        return "".join(pieces)
    raise KeyError(f"[{section}] of type {kind}")


def _sections(text: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if head := _HEAD.match(line):
            found.append((head[1], []))
        elif found:
            found[-1][1].append(line)
    return found


def _value(lines: list[str], option: str) -> str | None:
    values = [line.partition("=")[2].lstrip("> ").strip() for line in lines if _key(line) == option]
    return values[-1] if values else None


def _key(line: str) -> str:
    return "" if line.lstrip().startswith((";", "[")) else line.partition("=")[0].strip()
