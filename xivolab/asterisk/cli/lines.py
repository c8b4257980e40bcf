"""The lines of a paste without what terminals and mails put around them: colours, carriage returns, quoting, log lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, pairwise

from xivolab.evidence.markup import changes, undone

# CSI sequences (ECMA-48, 5.4), among them the colours of Asterisk's console, and window titles of xterm.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_QUOTED = re.compile(r"^(?:> ?)+")
_HEAD = 500
"""So many lines show what was done to all of them."""
_SPACES = re.compile("[\u00a0\u2007\u202f\t]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")

_NOISE = re.compile(
    r"""
      \[[^\]\n]{6,45}\]\s*(?:DEBUG|TRACE|NOTICE|WARNING|ERROR|VERBOSE|DTMF|SECURITY)\[\d+\]   # the log
    | \s*--\ (?!.*--\s*$)(?!\d+\ variable)                                                    # verbose of level 3
    | \s*==\ (?!=)                                                                            # of level 2
    | \s{6,}>\                                                                                # of level 4 and more
    | Connected\ to\ Asterisk\ | Asterisk\ Ready | Verbosity\ (?:is|was)\ | Core\ debug\ (?:is|was)\
    | No\ ethernet\ interface\ found\ for\ seeding | Asterisk\ \S+,\ Copyright | Created\ by\ Mark\ Spencer
    | Asterisk\ comes\ with\ ABSOLUTELY | This\ is\ free\ software,\ with | certain\ conditions\.\ Type
    | Remote\ UNIX\ connection | Privilege\ escalation\ protection
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `number` in its file from 1, `text` cleaned and without spaces at its end, `width` before they went."""

    number: int
    text: str
    width: int

    @property
    def blank(self) -> bool:
        """Whether there is nothing on it."""
        return not self.text.strip()


def clean(text: str) -> str:
    """One line as it was on the screen: no escape sequences, plain spaces."""
    if "\r" in text:
        text = text.rstrip("\r").rpartition("\r")[2]  # what was typed over is not seen
    return _INVISIBLE.sub("", _SPACES.sub(" ", _ESCAPES.sub("", text).replace("^M", "")))


def unquoted(text: str, before: str, after: str) -> str:
    """A line without the marks of a mail that answers: beside another that has them, or alone. A row may begin or end in one."""
    if (before or after) and not (before.startswith(">") or after.startswith(">")):
        return text
    return _QUOTED.sub("", text, count=1)


def lines_of(texts: Iterable[str]) -> Iterator[Line]:
    """The lines of a paste, those of the log left out."""
    before = ""
    raw_lines = (raw.rstrip("\n") for raw in texts)
    head = list(islice(raw_lines, _HEAD))
    what = changes([_QUOTED.sub("", line) for line in head])
    # A line that was put in (a fence of Markdown) stays as an empty one: numbers are those of the paste.
    whole = ((undone(raw, what) or "" if what else raw) for raw in chain(head, raw_lines))
    for number, (here, after) in enumerate(pairwise(chain(map(clean, whole), [""])), 1):
        text = unquoted(here, before, after)
        if not _NOISE.match(text):
            yield Line(number, text.rstrip(), len(text))
        before = here
