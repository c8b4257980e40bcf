"""xivolab: what happened to this call, from what a telephone system leaves behind.

>>> import xivolab
>>> case = xivolab.open("captures/one-way-audio")
>>> case.call(0).ladder()
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xivolab.case import Case, Evidence
    from xivolab.scan import Progress
    from xivolab.work.live import live as live

__version__ = "0.1.0"

_LAZY = {
    "Call": "xivolab.objects",
    "Case": "xivolab.case",
    "Comparison": "xivolab.work.compare.comparison",
    "EvidenceError": "xivolab.errors",
    "LabError": "xivolab.errors",
    "Message": "xivolab.objects",
    "MissingToolError": "xivolab.errors",
    "Problem": "xivolab.errors",
    "Stream": "xivolab.objects",
    "UsageError": "xivolab.errors",
    "XivolabError": "xivolab.errors",
    "compare": "xivolab.work.compare.comparison",
    "live": "xivolab.work.live",
}

__all__ = [*sorted(_LAZY), "open"]


def open(
    *evidence: Evidence,
    tz: str | None = None,
    year: int | None = None,
    as_: Mapping[str, str] | None = None,
    keylog: Evidence | None = None,
    progress: Progress | None = None,
) -> Case:
    """Open evidence: files, folders, "-" for standard input, in any mixture; the kind of each is told by its content.

    `tz` and `year` are for evidence that tells neither; `as_` maps a path to its kind where the content does not tell;
    `keylog` names a TLS key log; `progress` is called with a file's name and the bytes read so far. Nothing more than the first bytes is read here.
    Raises EvidenceError for a file that cannot be read, UsageError for a wrong option.
    """
    from xivolab.case import Case

    return Case(evidence, tz=tz, year=year, as_=as_, keylog=keylog, progress=progress)


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'xivolab' has no attribute {name!r}")
