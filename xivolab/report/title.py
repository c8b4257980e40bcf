"""The title of a report: what the case folder calls itself, else the names of the files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xivolab.evidence.folder import CASE_FILE
from xivolab.report.words import Lang

if TYPE_CHECKING:
    from xivolab.case import Case

_MANY = 6  # files


def title_of(case: Case, lang: Lang) -> str:
    """The title in that language; the other language, the case's name or the file names where it has none."""
    folders = {Path(file.path).parent for file in case.files}
    told = _told(folders.pop()) if len(folders) == 1 else {}
    title = told.get("title")
    if isinstance(title, dict) and title:
        return str(title.get(lang) or next(iter(title.values())))
    names = list(dict.fromkeys(Path(file.path).name for file in case.files))  # a paste may be of two kinds
    listed = ", ".join(names if len(names) <= _MANY else [*names[: _MANY - 1], "…"])
    return str(title or told.get("name") or listed)


def _told(folder: Path) -> dict[str, Any]:
    """The [case] table of a case folder; empty for any other (opening it tells what is wrong with a broken one)."""
    try:
        case = tomllib.loads((folder / CASE_FILE).read_text(encoding="utf-8")).get("case")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    return case if isinstance(case, dict) else {}
