"""Lines that a paste broke, put together again: by a document or a mail at words, by a terminal at a column.

A step of the dialplan ends in "in new stack", so that it shows how the others were broken; else lines of SIP that begin like none do. At words a space is lost at the end
of a line, or stays there; none is lost behind a hyphen or a slash. At a column nothing is lost but spaces at the end of a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xivolab.asterisk.log.forms import HEADER

_STEP = re.compile(r"[\]:]\S*?(?:--)?Executing\[.*?innewstack$")
_MANY_LINES = re.compile(r"<--- |RTCP|SIP read from|[Tt]ransmitting .*\(.*NAT\)|---\s*\(\d+ headers|backtrace")
_DOUBLED = re.compile(r"(?<= )(\S+)  (\S+)(?= )")
_CHUNK = re.compile(r"\S*")
_WORD, _URI = re.compile(r"[\w/-]+"), re.compile(r"[\w/.@:-]+")
_SHORT, _LONGEST_WORD = 4, 200
_ALONE = re.compile(r"(?:^|[\s<])[-/]+$")
_SIP = re.compile(r"<--- |SIP read from|[Tt]ransmitting .*\(.*NAT\)")
_WHOLE = re.compile(r"[A-Za-z][\w!%*+.`'~-]*[ \t]*:(?!//)|SIP/2\.0 \d|[A-Z]+ \S+ SIP/2\.0|[a-z]=|[ \t]|<-+|-{3}|$")
"""How a line of SIP or SDP begins, or what stands between messages; another one is the rest of the line before it."""
_SDP = re.compile(r"[a-z]=")
_SURELY_WHOLE = re.compile(r"[A-Z][A-Za-z-]*: |SIP/2\.0 \d|[A-Z]+ \S+ SIP/2\.0|[a-z]=\S|<---|$")
"""The same where the line before it is as long as the terminal was wide."""
_ALIKE, _SURE, _MANY = 0.6, 0.8, 5
"""So many lines must be of one length to have been broken at a column."""
_FEW = 2
"""Lines of SIP that begin like none show that it was broken at words."""
_LONGEST_STEP = 64
"""Lines that a step may have been broken into."""

Numbered = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How lines were broken: at words, before `full` characters were reached, or at a `column` whatever stood there."""

    full: int
    width: int
    column: int | None = None


def wrapping(lines: Sequence[str]) -> Wrapping | None:
    """How these lines were broken; None when they were not."""
    breaks: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for group in _groups([(0, line) for line in lines]):
        texts = [line for _, line in group]
        breaks += pairwise(texts[: _pieces_of_step(texts)])
        if HEADER.match(texts[0]) and not _MANY_LINES.search(texts[0]):
            others += [pair for pair in pairwise(texts[:2]) if pair[1].strip()]
    steps = bool(breaks)
    breaks = breaks or [*others, *(pair for group in _sip_groups(lines) for pair in _sip_breaks(group))]
    if not breaks:
        return None
    lengths = Counter(len(line) for line, _ in breaks)
    width = max(lengths)
    alike = (lengths[width] + lengths[width - 1]) / len(breaks)
    if alike >= _ALIKE:
        kinds = (_WORD,) if steps else (_WORD, _URI)
        if (alike >= _SURE and len(breaks) >= _MANY) or any(_breaks_words(breaks, lines, kind) for kind in kinds):
            return Wrapping(width, width, width)
    full = min(max(len(line.rstrip()) for line, _ in breaks), *(_reached(line, after) for line, after in breaks))
    return Wrapping(full, width) if steps or len(breaks) - len(others) >= _FEW else None


def rejoined(lines: Sequence[Numbered], how: Wrapping) -> list[Numbered]:
    """The lines, each with its number, those that were broken whole; other text between records is marked as such."""
    out: list[Numbered] = []
    doubled = set(_DOUBLED.findall("\n".join(line for _, line in lines)))
    for group in _groups(lines):
        texts = [line for _, line in group]
        if _prints_sip(texts):
            out += _sip_rejoined(group, how)
            continue
        if _MANY_LINES.search(texts[0]):
            out += group
            continue
        number, whole = group[0]
        pieces = max(_pieces_of_step(texts), 1)
        for last, line in pairwise(texts[:pieces]):
            whole += _between(last, line, how, doubled) + line
        while pieces < len(texts) and _goes_on(texts[pieces - 1], texts[pieces], how):
            whole += _between(texts[pieces - 1], texts[pieces], how, doubled) + texts[pieces]
            pieces += 1
        out.append((number, whole.rstrip(" ") if len(group) > 1 else whole))
        out += [
            (number, f"[!] {line}" if HEADER.match(texts[0]) else line)
            for number, line in group[pieces:]
            if line.strip()
        ]
    return out


def _groups(lines: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """Each header and the lines up to the next one."""
    group: list[Numbered] = []
    for numbered in lines:
        if group and HEADER.match(numbered[1]):
            yield group
            group = []
        group.append(numbered)
    if group:
        yield group


def _pieces_of_step(lines: Sequence[str]) -> int:
    """Of how many lines a step is; 0 for what is none, or has no end."""
    squeezed = ""
    if not HEADER.match(lines[0]):
        return 0
    for count, line in enumerate(lines[:_LONGEST_STEP], 1):
        squeezed += "".join(line.split())
        if squeezed.endswith("innewstack") and _STEP.search(squeezed):
            return count
    return 0


def _breaks_words(breaks: Sequence[tuple[str, str]], lines: Sequence[str], kind: re.Pattern[str]) -> bool:
    """Whether what stands on both sides of a break is a word (or an address of SIP) that stands elsewhere, whole."""
    known = {word for line in lines for word in kind.findall(line)}
    for line, after in breaks:
        before, behind = kind.findall(line[-_LONGEST_WORD:]), kind.match(after)
        halves = line[-1:] in ("-", "/") or after[:1] in ("-", "/")  # a document breaks lines there as well
        if before and behind is not None and not halves and line.endswith(before[-1]):
            word = before[-1] + behind[0]
            if len(word) > _SHORT and word in known:
                return True
    return False


def _reached(line: str, after: str) -> int:
    """How long a line would be with what was put into the next one."""
    chunk = _CHUNK.match(after)
    return len(line.rstrip()) + (not _is_half_word(line)) + len(chunk[0] if chunk else "")


def _is_half_word(line: str) -> bool:
    """Whether a line ends in a hyphen or a slash inside a word, behind which no space is lost."""
    return line[-1:] in ("-", "/") and not _ALONE.search(line)


def _goes_on(last: str, line: str, how: Wrapping) -> bool:
    """Whether a line is the rest of the one before it, of a record that is no step."""
    if not line.strip():
        return False
    if how.column is not None:
        return how.column - 1 <= len(last) <= how.column  # a space at its end may be lost
    return not line.startswith(" ") and _reached(last, line) >= how.full


def _between(last: str, line: str, how: Wrapping, doubled: Container[tuple[str, str]] = ()) -> str:
    """What was lost where a line was broken: of two spaces one, unless the same words stand elsewhere with two (`doubled`)."""
    if how.column is not None and len(last) <= how.column:
        return " " * (how.column - len(last))
    if last.endswith(" ") or line.startswith(" ") or not last:
        return ""
    if _is_half_word(last):
        return ""
    # A word that is longer than a line was broken in its middle.
    if len(last) >= how.width and " " not in last:
        return ""
    words = last.rpartition(" ")[2], line.partition(" ")[0]
    return "  " if words in doubled else " "


def _sip_groups(lines: Sequence[str]) -> Iterator[list[str]]:
    """The records that print a SIP message."""
    for group in _groups([(0, line) for line in lines]):
        texts = [line for _, line in group]
        if _prints_sip(texts):
            yield texts


def _prints_sip(texts: Sequence[str]) -> bool:
    """Whether a record prints a SIP message; what announces it may have been broken too."""
    return bool(HEADER.match(texts[0]) and _SIP.search(" ".join(texts[:2])))


def _sip_breaks(group: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Where lines of the head of a SIP message were broken: before one that begins like none. A body may be anything."""
    for last, line in pairwise(group):
        if not line.strip():
            return
        if not _WHOLE.match(line.rstrip("\r")):
            yield last.rstrip("\r"), line.rstrip("\r")


def _sip_rejoined(group: Sequence[Numbered], how: Wrapping) -> Iterator[Numbered]:
    """The lines of a record with a SIP message, those whole that were broken."""
    number, whole = group[0]
    last, in_head = whole.rstrip("\r"), True
    for following, line in group[1:]:
        text = line.rstrip("\r")
        in_head &= bool(text.strip())
        if not (in_head or _SDP.match(whole)):
            yield number, whole
            number, whole, last = following, line, text
            continue
        announces = number == group[0][0] and "--->" not in whole
        if announces and _SIP.search(whole) is None and _SIP.search(f"{whole} {text}") is None:
            announces = False
        if how.column is not None and len(last) == how.column:
            rest = announces or not _SURELY_WHOLE.match(text)
        else:
            rest = (announces or not _WHOLE.match(text)) and _goes_on(last, text, how)
        if rest:
            whole += _between(last, text, how) + line
        else:
            yield number, whole
            number, whole = following, line
        last = text
    yield number, whole
