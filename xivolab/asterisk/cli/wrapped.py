"""Rows that a mail, a PDF or a terminal broke over several lines are put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from xivolab.asterisk.cli.lines import Line

_MOST_PIECES = 12

Row = tuple[Line, re.Match[str]]
Begins = Callable[[str], bool]


def joined_rows(lines: Sequence[Line], row: re.Pattern[str], begins: Begins, *, longest: bool = False) -> Iterator[Row]:
    """The rows among some lines: each with the line it begins on, and the match of `row` over its whole text.

    A row begins where `begins` says so, and goes on over the lines that do not begin one until `row` matches; with
    `longest`, for rows that end in free text, over all of them. What makes no row is left out.
    """
    width = hard_width(lines, begins)
    for number, first in enumerate(lines):
        if first.blank or not begins(first.text):
            continue
        pieces = [first]
        for piece in lines[number + 1 : number + _MOST_PIECES]:
            if piece.blank or begins(piece.text):
                break
            pieces.append(piece)
        tries = [_match(pieces, row, width, longest)]
        if len(pieces) > 1:
            tries.append(_match(pieces, row, _other(width, pieces), longest))
        found, _ = max(tries, key=lambda tried: tried[1])  # the first of equals
        if found:
            yield first, found


def _match(
    pieces: Sequence[Line], row: re.Pattern[str], width: int | None, longest: bool
) -> tuple[re.Match[str] | None, int]:
    """The match over the pieces that make a row, or over as many as ever do; and how many they are: 0 for no row."""
    found, used = None, 0
    for count in range(1, len(pieces) + 1):
        if match := row.fullmatch(_joined(pieces[:count], width)):
            found, used = match, count
        elif found and not longest:
            break  # its end may be left out, so it goes on as long as that makes a row
    return found, used


def _joined(pieces: Sequence[Line], width: int | None) -> str:
    if width is None:
        return " ".join(piece.text.strip() for piece in pieces)
    return "".join(piece.text.ljust(width) for piece in pieces).strip()


def _other(width: int | None, pieces: Sequence[Line]) -> int | None:
    return max(piece.width for piece in pieces) if width is None else None


def hard_width(lines: Sequence[Line], begins: Begins) -> int | None:
    """The column at which a terminal broke the lines, in the middle of words; None when they were not, or at spaces.

    What goes on fills its line to the last column then, or lost the spaces at its end and goes on with spaces.
    """
    width = max((line.width for line in lines), default=0)
    going_on = [
        (before, after)
        for before, after in pairwise(lines)
        if not before.blank and not after.blank and not begins(after.text)
    ]
    if not any(before.width == width for before, _ in going_on):
        return None
    if any(before.width < width and not after.text.startswith(" ") for before, after in going_on):
        return None
    return width
