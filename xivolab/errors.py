"""The errors a person sees, and the same as data.

    XivolabError               what is wrong, where, and what to do about it
     ├── UsageError            the question was asked wrongly (an option, a key, a parameter)
     ├── EvidenceError         a file cannot be read at all
     ├── MissingToolError      a program or package this machine lacks
     └── LabError              containers, phones or the PBX did not do what was asked

Everything else stays a builtin exception: a defect of ours shall look like one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


class XivolabError(Exception):
    """One line for a person: `where: what; remedy`.

    `what` says what is wrong, `where` names the file, place or option, `remedy` says what to do next.
    """

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}; {self.remedy}" if self.remedy else head


class UsageError(XivolabError):
    """The question was asked wrongly."""


class EvidenceError(XivolabError):
    """A file that cannot be read at all."""


class MissingToolError(XivolabError):
    """A program or package that this machine lacks."""


class LabError(XivolabError):
    """Containers, phones or the PBX did not do what was asked."""


@dataclass(frozen=True, slots=True)
class Problem:
    """The same as an error, for a result that is partial: what was read stays.

    `severity` is "warning" when something is missing from the result, "info" when nothing is.
    """

    file: str
    place: str
    what: str
    remedy: str = ""
    severity: Literal["info", "warning"] = "warning"

    def __str__(self) -> str:
        head = f"{self.file}: {self.place}: {self.what}" if self.place else f"{self.file}: {self.what}"
        return f"{head}; {self.remedy}" if self.remedy else head
