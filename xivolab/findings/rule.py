"""What a rule is: a code, how it is found, and its words in French and English."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding


class Both(NamedTuple):
    """A sentence in English and in French; its holes (`{callee}`, `{lost_pct:.1f}`) are the fields of a finding."""

    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a finding: what happened, why, and what to do, which names an object of this case."""

    summary: Both
    cause: Both
    remedy: Both


@dataclass(frozen=True, slots=True)
class Rule:
    """One finding code. `find` yields what it finds in the evidence; `words` are by variant of the finding.

    `needles` are bytes that the rule looks for in logs: `Evidence.said` gives the records with each. They are looked for in
    what Asterisk notes, warns of or calls an error; `of_dialplan` are those of its VERBOSE records, which are most of a log.
    """

    code: str
    find: Callable[[Evidence], Iterator[Finding]]
    words: Mapping[str, Words]
    needles: tuple[bytes, ...] = ()
    of_dialplan: tuple[bytes, ...] = ()
