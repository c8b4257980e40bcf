"""What a terminal shows of Asterisk's console (`asterisk -rvvvT`), line by line.

A console with timestamps writes the date before each line of a message, not only before the first as a file has it
(asterisk: main/logger.c, verbose_console_cb and ast_verb_console); a terminal adds a carriage return to each line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_DATED = re.compile(r"\[[^\[\]\n]{6,64}\] ")
_ANNOUNCES = re.compile(r"\[[^\[\]\n]{6,64}\] <--- (?:Received|Transmitting) SIP \w+ \((\d+) bytes\)")
_BEGINS = re.compile(r"<--- | *(?:--|==|>) |[A-Za-z][\w-]{1,31}\[\d+\]")
"""What begins another message, behind the date."""


def of_terminal(lines: Iterable[str]) -> bool:
    """Whether these lines went through a terminal: what ended in a carriage return has two."""
    return any(line.endswith("\r\r") for line in lines)


def undated(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Numbered lines, those of a SIP message without the date that stands before each of them."""
    left = -1  # bytes of the message that are to come, 0 where only the line end behind it is, -1 outside
    for number, line in lines:
        dated = _DATED.match(line) if left >= 0 else None
        if dated and not _BEGINS.match(line, dated.end()):
            inner = line[dated.end() :]
            if left > 0 or not inner.strip():
                left = max(left - len(inner.encode("utf-8", "surrogateescape")) - 1, 0) if left > 0 else -1
                yield number, inner
                continue
        announced = _ANNOUNCES.match(line)
        left = int(announced[1]) if announced else -1
        yield number, line
