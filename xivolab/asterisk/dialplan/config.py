"""Files of Asterisk's configuration: sections, templates, includes, comments (main/config.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import PurePosixPath

_SECTION = re.compile(r"\[(?P<name>[^\]]*)\]\s*(?:\((?P<options>[^)]*)\))?")
_DIRECTIVE = re.compile(r"#\s*(?P<word>include|tryinclude|exec)\b\s*(?P<what>.*)", re.IGNORECASE)
_MOST_DEEP = 20
"""How deep files include files: one that includes itself ends somewhere."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One `name => value`, and the file and line it is from."""

    name: str
    value: str
    file: str
    line: int

    @property
    def place(self) -> str:
        """As Asterisk prints it."""
        return f"{PurePosixPath(self.file).name}:{self.line}"


@dataclass(slots=True)
class Section:
    """One section; a template is for others to begin with, and is none itself."""

    name: str
    template: bool
    settings: list[Setting] = field(default_factory=list)


@dataclass(slots=True)
class Config:
    """Sections in order, two of one name included; `problems` are (file, place, what)."""

    sections: list[Section] = field(default_factory=list)
    problems: list[tuple[str, str, str]] = field(default_factory=list)


def read_config(main: str, files: Mapping[str, str]) -> Config:
    """The configuration of file `main`, which may include others of `files` (text by path)."""
    config = Config()
    current: Section | None = None
    for file, number, text in _lines(main, files, config, 0):
        if text.startswith("["):
            current = _section(text, file, number, config)
        elif current is not None and "=" in text:
            name, _, value = text.partition("=")
            current.settings.append(Setting(name.strip(), value.removeprefix(">").strip(), file, number))
        elif not text.startswith("#"):
            config.problems.append((file, f"line {number}", "neither a section nor a setting"))
    return config


def included(files: Mapping[str, str]) -> set[str]:
    """The files that others include."""
    found: set[str] = set()
    for file, text in files.items():
        for line in text.splitlines():
            if directive := _DIRECTIVE.match(line.strip()):
                found.update(name for name in _named(directive["what"], files) if name != file)
    return found


def _lines(file: str, files: Mapping[str, str], config: Config, depth: int) -> Iterator[tuple[str, int, str]]:
    """The lines that say something, those of included files in their place."""
    for number, text in _uncommented(files[file]):
        directive = _DIRECTIVE.match(text)
        if directive is None:
            yield file, number, text
            continue
        what = directive["what"].strip().strip("\"'<>")
        names = [] if directive["word"].lower() == "exec" else _named(what, files)
        if not names and directive["word"].lower() != "tryinclude":
            verb = "is made by a program" if directive["word"].lower() == "exec" else "is not among the files given"
            config.problems.append((file, f"line {number}", f"{what} {verb}"))
        for name in names if depth < _MOST_DEEP else []:
            yield from _lines(name, files, config, depth + 1)


def _named(what: str, files: Mapping[str, str]) -> list[str]:
    """The files that an include names, which may be a pattern; compared from the end of their paths, as far as it goes."""
    wanted = PurePosixPath(what.strip().strip("\"'<>"))
    parts = [part for part in wanted.parts if part != "/"]
    found: list[str] = []
    for length in range(len(parts), 0, -1):
        tail = "/".join(parts[-length:])
        found = [file for file in sorted(files) if fnmatch("/".join(PurePosixPath(file).parts[-length:]), tail)]
        if found:
            break
    return found


def _uncommented(text: str) -> Iterator[tuple[int, str]]:
    """Lines without comments: `;` to the end of the line unless escaped, `;--` to `--;` over several."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        kept: list[str] = []
        at = 0
        while at < len(line):
            if inside:
                end = line.find("--;", at)
                if end < 0:
                    break
                inside, at = False, end + 3
            elif line.startswith(";--", at) and line[at + 3 : at + 4] != "-" and line[at - 1 : at] != "\\":
                inside, at = True, at + 3
            elif line[at] == ";":
                if at and line[at - 1] == "\\":
                    kept[-1] = ";"
                    at += 1
                    continue
                break
            else:
                kept.append(line[at])
                at += 1
        if stripped := "".join(kept).strip("\ufeff \t\r"):
            yield number, stripped


def _section(text: str, file: str, number: int, config: Config) -> Section | None:
    found = _SECTION.match(text)
    if not found:
        config.problems.append((file, f"line {number}", "a section without its closing bracket"))
        return None
    name = found["name"]
    options = [option.strip() for option in (found["options"] or "").split(",") if option.strip()]
    section: Section | None = None
    if "+" in options:
        section = next((one for one in config.sections if one.name == name), None)
    if section is None:
        section = Section(name, "!" in options)
        config.sections.append(section)
    for base in options:
        if base not in ("!", "+"):
            template = next((one for one in reversed(config.sections) if one.name == base and one is not section), None)
            if template is None:
                config.problems.append((file, f"line {number}", f"no template {base!r} before it"))
            else:
                section.settings += template.settings
    return section
