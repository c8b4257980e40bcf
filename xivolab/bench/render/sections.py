"""The sections of an Asterisk configuration file."""

from __future__ import annotations

from collections.abc import Iterable

Option = tuple[str, object]


def section(name: str, options: Iterable[Option], *, template: str = "") -> str:
    """One section: a line for each option that has a value, yes and no for truth values."""
    lines = [f"[{name}]{template}"]
    lines += [f"{key} = {told(value)}" for key, value in options if value is not None]
    return "\n".join(lines) + "\n"


def told(value: object) -> str:
    """A value as Asterisk reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ",".join(str(entry) for entry in value)
    return str(value)


def joined(sections: Iterable[str]) -> str:
    """A file of sections, a line between them."""
    return "\n".join(sections)
