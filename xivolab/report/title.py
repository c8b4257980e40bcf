"""The title of a report: what the case folder calls itself, else the names of the files."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from xivolab.report.words import Lang


def title_of(evidence: Sequence[str | PathLike[str]], lang: Lang) -> str:
    """The title in that language; the other language, the case's name or the file names where it has none."""
    if len(evidence) == 1:
        titles = _case(Path(evidence[0]))
        title = titles.get("title")
        if isinstance(title, str):
            return title
        if isinstance(title, dict) and title:
            return str(title.get(lang) or next(iter(title.values())))
        if "name" in titles:
            return str(titles["name"])
    return ", ".join(Path(item).name or str(item) for item in evidence)


def _case(path: Path) -> dict[str, object]:
    """The [case] table of a case folder; empty for anything else (a broken one is told by `xivolab.open`)."""
    try:
        data = tomllib.loads((path / "case.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    case = data.get("case")
    return case if isinstance(case, dict) else {}
