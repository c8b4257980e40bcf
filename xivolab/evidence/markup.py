"""What mails, web pages and Markdown add to lines of a log: entities, tags, fences, bold, backticks, backslashes.

A log has all these characters itself. So each is taken off only where the paste as a whole shows that it was put in: entities
where no plain "<" is left, tags where lines end in them, backslashes where dates begin with one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

_ENTITY = re.compile(r"&(?:lt|gt|nbsp);")
_TAG = re.compile(r"</?(?:br|p|div|span|b|i|pre|code|tt|font|td|tr|li|wbr)(?:\s[^<>]*)?/?>", re.I)
_TAGGED = re.compile(r"(?:<br ?/?>|</(?:p|div|pre|code|span|li|td|tr)>)\s*$", re.I)
_FENCE = re.compile(r"[ >]*(?:```|~~~)[\w+-]*\s*$")
_ESCAPED = re.compile(r"\\([\\\[\](){}<>*_`#+.!|~-])")
_ESCAPED_DATE = re.compile(r"[> *`]*\\\[[^\[\]\n]{6,64}\\\] ")
_BOLD = re.compile(r"(?P<before>(?:[ >]|-- |== )*)(?P<mark>\*\*|__|`)(?P<text>(?![*_`\s]).*?[^*_`\s])(?P=mark)\s*$")
_NO_BREAK = re.compile(r"^(?:\xa0|\[[^\[\]\n]{6,64}\]\xa0)", re.M)
_MANY = 0.2
"""So large a part of the lines shows what was done to all of them."""
_MOST = 0.8

Change = Callable[[str], str | None]
"""A line as it was; None for one that was no line of the log."""


def changes(lines: Sequence[str]) -> list[Change]:
    """What has to be undone in lines like these, in order; nothing for those of a plain log."""
    found: list[Change] = []
    text = "\n".join(lines)
    if ("</" in text or "<br" in text) and _share(lines, _TAGGED.search) >= _MANY:
        found.append(lambda line: _TAG.sub("", line))
        text = _TAG.sub("", text)
    if ("<" not in text and _ENTITY.search(text)) or ('"' not in text and "&quot;" in text):
        found.append(html.unescape)
        text = html.unescape(text)
    if "\xa0" in text and _NO_BREAK.search(text):
        found.append(lambda line: line.replace("\xa0", " "))
    if ("```" in text or "~~~" in text) and any(map(_FENCE.match, lines)):
        found.append(lambda line: None if _FENCE.match(line) else line)
    if "\\[" in text and any(map(_ESCAPED_DATE.match, text.split("\n"))):
        found.append(lambda line: _ESCAPED.sub(r"\1", line))
    found += [
        partial(_without, mark)
        for mark in ("**", "`")
        if mark in text and _share(lines, partial(_is_within, mark)) >= _MOST
    ]
    if any(mark in text for mark in ("**", "__", "`")) and any(map(_BOLD.match, lines)):
        found.append(_unmarked)
    return found


def undone(line: str, what: Iterable[Change]) -> str | None:
    """A line as it was before those changes; None for one that was no line of the log."""
    whole: str | None = line
    for change in what:
        whole = None if whole is None else change(whole)
    return whole


def _unmarked(line: str) -> str:
    found = _BOLD.match(line)
    return line if found is None else found["before"] + found["text"]


def _is_within(mark: str, line: str) -> bool:
    """Whether a line is all in bold, or all code."""
    whole = line.strip()
    return len(whole) > 2 * len(mark) and whole.startswith(mark) and whole.endswith(mark)


def _without(mark: str, line: str) -> str:
    return line.strip()[len(mark) : -len(mark)] if _is_within(mark, line) else line


def _share(lines: Sequence[str], test: Callable[[str], object]) -> float:
    told = [line for line in lines if line.strip()]
    return sum(bool(test(line)) for line in told) / len(told) if told else 0.0
