"""Tables as psql prints them, found in any text: aligned, wrapped, with every border and line style, expanded (`\\x`), unaligned.

A table may have been pasted: its lines broken anywhere by a terminal, a mail or a PDF, spaces lost at the ends of lines, set in
by a quotation. Rows are put together by what the ruler (`---+---`) says of the columns, and where that does not fit any more by
counting the bars. (PostgreSQL: src/fe_utils/print.c)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from xivolab.asterisk.cel.cells import KNOWN_COLUMNS, plausible
from xivolab.asterisk.cel.psql_markup import html_tables, latex_tables
from xivolab.asterisk.cel.psql_plain import read_pairs, read_separated
from xivolab.asterisk.cel.psql_table import PsqlTable, known, of_records, value

_CORNERS = "┼╪╬╫├┤┬┴┌┐└┘╞╡╤╧╔╗╚╝╠╣╦╩╟╢╥╨"
_LINES = str.maketrans(
    dict.fromkeys("│║", "|") | dict.fromkeys("─═━", "-") | dict.fromkeys(_CORNERS, "+") | {"\u00a0": " "}
)
_QUOTE = re.compile(r"^(?:> ?)+")
_RULER = re.compile(r"\s*[|+]?-[-+ ]*-[+|]?\s*|\s*[-+]+\s*")
_FOOTER = re.compile(r"\s*\(\d+ [^\W\d]+\)\s*")
_PROMPT = re.compile(r"[\w.@~:/-]*[=\-!*'\"(^$][#>]|\S+[@:]\S*[$#] ")
_RECORD = re.compile(r"\s*[|+]?-\[ \S+ \d+ \][-+]*\s*|\s*\* \S+ \d+\s*")
_NAME = re.compile(r"[A-Za-z_]\w*")
_PAIR = re.compile(r"\s*\|?\s*([A-Za-z_]\w*)?\s*\|(.*)")
_PAIR_BARE = re.compile(r"\s*([A-Za-z_]\w*)(?: +(.*))?")
_HTML = re.compile(r"<t(?:able|[dhr])[\s>]", re.IGNORECASE)
_SIGNS = {"+": "+", "↵": "+", ".": ".", "…": "."}
_GAPS = " +.↵…"
_HEADER_LINES = 48


def read_tables(text: str) -> list[PsqlTable]:
    """The tables in a text that have at least two columns whose names are known here (CEL, call_log, queue_log)."""
    if _HTML.search(text) and (found := html_tables(text)):
        return found
    if "\\begin{" in text and (found := latex_tables(text)):
        return found
    lines = [_clean(line) for line in text.split("\n")]
    found = []
    at = 0
    while at < len(lines):
        for read in (_read_expanded, _read_ruled, _read_bare, read_separated, read_pairs):
            if (read_one := read(lines, at)) is not None:
                table, at = read_one
                if table.rows or table.broken:
                    found.append(table)
                break
        else:
            at += 1
    return found


def _clean(line: str) -> str:
    line = _QUOTE.sub("", line.rstrip("\r").lstrip("\ufeff"))
    return line if line.isascii() else line.translate(_LINES)


def _ends(line: str) -> bool:
    return not line.strip() or bool(_FOOTER.fullmatch(line) or _RULER.fullmatch(line) or _PROMPT.match(line))


# --- aligned, with a ruler ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Grid:
    """Where the columns are: `bars` are the places of the separators (none at the edges), `width` that of the ruler. `wrapped`: how long
    the lines are that a paste broke, 0 where none did."""

    columns: list[str]
    bars: list[int]
    width: int
    indent: int
    edges: bool
    spaces: bool
    wrapped: int


def _read_ruled(lines: Sequence[str], at: int) -> tuple[PsqlTable, int] | None:
    found = _grid(lines, at)
    return None if found is None else _Rows(lines, found[0]).read(found[1])


def _grid(lines: Sequence[str], at: int) -> tuple[_Grid, int] | None:
    """The columns of the table whose ruler begins at a line, and the line behind the ruler."""
    if not _RULER.fullmatch(lines[at]):
        return None
    end = at + 1
    while end < len(lines) and re.fullmatch(r"\s*[-+]*-[-+]*\s*", lines[end]):
        end += 1
    first = lines[at].rstrip()
    ruler = first + "".join(line.strip() for line in lines[at + 1 : end])
    indent = len(ruler) - len(ruler.lstrip())
    ruler = ruler[indent:]
    edges, spaces = ruler.startswith(("+", "|")), "+" not in ruler
    ruler = ruler.strip("+|") if edges else ruler
    bars = [n for n, sign in enumerate(ruler) if sign == (" " if spaces else "+")]
    names = _header(lines, at, bars, indent, spaces)
    if names is None or not known(names):
        return None
    return _Grid(names, bars, len(ruler), indent, edges, spaces, len(first) if end - at > 1 else 0), end


def _header(lines: Sequence[str], ruler: int, bars: Sequence[int], indent: int, spaces: bool) -> list[str] | None:
    """The names above a ruler: in one line, in several that a paste or psql itself broke."""
    if spaces:
        cells = _cut(lines[ruler - 1][indent:], bars) if ruler else []
        names = [cell.strip() for cell in cells]
        return names if all(map(_NAME.fullmatch, names)) else None
    joined = ""
    for at in range(ruler - 1, max(ruler - _HEADER_LINES, -1), -1):
        joined = lines[at].rstrip() + " " * lines[at].endswith(" ") + joined
        cells = _bare_cells(joined, len(bars) + 1)
        if len(cells) > len(bars) + 1:
            return None
        if len(cells) == len(bars) + 1 and all(_NAME.fullmatch(re.sub(r"\s", "", cell)) for cell in cells):
            names = [re.sub(r"\s", "", cell) for cell in cells]
            return _with_lines_above(lines, at, names, len(bars) + 1)
        if len(cells) == len(bars) + 1 and cells[0].strip() and not joined.strip().startswith("|"):
            return _stacked(lines, at, len(bars) + 1)
    return None


def _stacked(lines: Sequence[str], last: int, count: int) -> list[str] | None:
    """Names that psql broke (`\\pset format wrapped`): each line of the heading has all the bars."""
    pieces = [""] * count
    for at in range(last, max(last - _HEADER_LINES, -1), -1):
        cells = _bare_cells(lines[at], count)
        if len(cells) != count:
            break
        pieces = [cell.strip().strip(".+") + piece for cell, piece in zip(cells, pieces, strict=True)]
    return pieces if all(map(_NAME.fullmatch, pieces)) else None


def _with_lines_above(lines: Sequence[str], at: int, names: list[str], count: int) -> list[str]:
    if not any("." in cell for cell in _bare_cells(lines[at - 1], count)) if at else True:
        return names
    return _stacked(lines, at, count) or names


def _bare_cells(line: str, count: int) -> list[str]:
    """The texts between the bars; those at the edges do not count."""
    cells = line.split("|")
    if len(cells) == count + 2 and not cells[0].strip() and not cells[-1].strip():
        return cells[1:-1]
    return cells


def _cut(text: str, bars: Sequence[int]) -> list[str]:
    """A line cut at its bars, by display columns: psql pads with the width of characters in mind."""
    wide = text if text.isascii() else _widened(text)
    ends = [*bars, len(wide)]
    starts = [0, *(bar + 1 for bar in bars)]
    # Where columns stand apart by a space, the sign in it belongs to the cell before.
    own = 1 if bars and wide[bars[0]] != "|" else 0
    return [wide[start : end + own].replace("\0", "") for start, end in zip(starts, ends, strict=True)]


def _widened(text: str) -> str:
    """A text with as many characters as it has columns on a terminal: those of two columns followed by a NUL."""
    return "".join(
        sign + "\0" * (unicodedata.east_asian_width(sign) in "WF") for sign in text if not unicodedata.combining(sign)
    )


@dataclass(slots=True)
class _Line:
    """One printed row: `cells` as printed, their margins included; `signs` tell which of them go on in the next."""

    at: int
    cells: list[str]
    signs: list[str]


class _Rows:
    """Reads the rows under a ruler."""

    def __init__(self, lines: Sequence[str], grid: _Grid) -> None:
        self._lines = lines
        self._grid = grid
        self._table = PsqlTable(grid.columns)
        self._signs: list[str] = []

    def read(self, at: int) -> tuple[PsqlTable, int]:
        """The table, and the line behind it."""
        lines = self._lines
        while (at := self._past_blanks(at)) < len(lines) and not _ends(lines[at]):
            printed, end = self._printed(at)
            if printed is not None:
                self._take(printed)
            elif not any("|" in line for line in lines[at:end]) and not self._begins_row(end):
                break  # the text behind a table without a footer
            else:
                self._table.broken.append(at + 1)
            at = end
        return self._table, at

    def _past_blanks(self, at: int) -> int:
        """Behind lines without anything, which a paste makes of the spaces at the end of a row; there if no row follows."""
        below = at
        while below < len(self._lines) and not self._lines[below].strip():
            below += 1
        return below if below > at and self._begins_row(below) else at

    def _take(self, printed: _Line) -> None:
        """A new row, or more of the last one where psql broke its values over lines."""
        if any(self._signs) and self._goes_on(printed):
            row = self._table.rows[-1]
            for n, (sign, cell) in enumerate(zip(self._signs, printed.cells, strict=True)):
                text = _inner(cell, printed.signs[n])
                if sign == "+":
                    row[n] += "\n" + text.removeprefix(" ")
                elif sign == ".":
                    row[n] = _joined(row[n], text.lstrip(" ").removeprefix(".").removeprefix("…"))
        else:
            texts = zip(printed.cells, printed.signs, strict=True)
            self._table.rows.append([_inner(cell, sign).lstrip() if sign else value(cell) for cell, sign in texts])
            self._table.lines.append(printed.at + 1)
        self._signs = printed.signs

    def _goes_on(self, printed: _Line) -> bool:
        return all(sign or not cell.strip() for sign, cell in zip(self._signs, printed.cells, strict=True))

    def _printed(self, at: int) -> tuple[_Line | None, int]:
        """The row that begins at a line, and the line behind it."""
        grid = self._grid
        text, end, breaks = self._lines[at][min(grid.indent, _indent(self._lines[at])) :], at + 1, []
        while (cells := self._aligned(text)) is None:
            if not grid.spaces and text.count("|") >= len(grid.bars) + 2 * grid.edges:
                break
            if self._is_over(end):
                return None, end
            breaks.append(len(text))
            text += self._lines[end] if grid.width else f"\n{self._lines[end]}"
            end += 1
        while self._more_of_last(text, end):
            breaks.append(len(text))
            text += self._lines[end].strip()
            end += 1
        cells = self._aligned(text)
        if cells is not None:
            return _Line(at, cells, self._margins(cells)), end
        told = self._counted(text, breaks)
        return (None if told is None else _Line(at, told, [""] * len(told))), end

    def _is_over(self, end: int) -> bool:
        """Whether a row that lacks cells gets none from this line: in a broken table a line may be a run of spaces."""
        if end >= len(self._lines) or (self._grid.wrapped and not self._lines[end].strip()):
            return end >= len(self._lines)
        return _ends(self._lines[end]) or self._begins_row(end)

    def _aligned(self, text: str) -> list[str] | None:
        """The cells of a line whose bars are where the ruler has them, one place off at most."""
        grid = self._grid
        for shifted in (text, f" {text}", text[1:]):
            inner = shifted[1:] if grid.edges else shifted
            wide = inner if inner.isascii() else _widened(inner)
            if len(wide) > (grid.bars[-1] if grid.bars else 0) and all(
                wide[bar] in (_GAPS if grid.spaces else "|") for bar in grid.bars
            ):
                return _cut(inner.rstrip().removesuffix("|") if grid.edges else inner, grid.bars)
        return None

    def _margins(self, cells: Sequence[str]) -> list[str]:
        """The sign in the right margin of each cell: + before a line break of the value, . where psql broke it."""
        ends = [*self._grid.bars, self._grid.width]
        starts = [0, *(bar + 1 for bar in self._grid.bars)]
        widths = [end - start + self._grid.spaces for start, end in zip(starts, ends, strict=True)]
        return [
            _SIGNS.get(cell[-1:], "") if len(cell) == width else ""
            for cell, width in zip(map(_widened, cells), widths, strict=True)
        ]

    def _more_of_last(self, text: str, end: int) -> bool:
        """Whether the next line is the rest of the last cell: it has no bar, and there is room for it."""
        if not self._grid.wrapped or end >= len(self._lines) or _ends(self._lines[end]) or self._grid.edges:
            return False
        more = self._lines[end]
        return "|" not in more and len(text.rstrip()) + len(more.strip()) <= self._grid.width + 2

    def _begins_row(self, at: int) -> bool:
        """Whether there is a line that looks like the beginning of a row: its first cells are what these columns may hold."""
        if at >= len(self._lines) or self._grid.spaces:
            return False
        cells = self._lines[at].strip().removeprefix("|" if self._grid.edges else "").split("|")
        whole = cells[:-1] if self._grid.wrapped else cells  # the last may be broken
        enough = 1 + (self._grid.columns[0] == "id" and len(self._grid.columns) > 1 and self._grid.wrapped > 0)
        return (
            len(whole) >= enough
            and bool(whole[0].strip())
            and all(
                plausible(name, cell.strip()) and (name != "eventtype" or cell == cell.upper())
                for name, cell in zip(self._grid.columns, whole[:3], strict=False)
            )
        )

    def _counted(self, text: str, breaks: Sequence[int]) -> list[str] | None:
        """The cells by the bars alone. A value may hold bars too: then the only way to cut that makes sense."""
        pieces: list[str] = []
        start = 0
        bars = [n for n, sign in enumerate(text) if sign == "|"]
        for bar in [*bars, len(text)]:
            pieces.append(_mended(text, start, bar, breaks, self._width_of(len(pieces), len(bars)), self._grid.wrapped))
            start = bar + 1
        if self._grid.edges:
            pieces = pieces[1:-1]
        return assign(self._grid.columns, pieces)

    def _width_of(self, n: int, bars: int) -> int:
        """How wide the ruler says a cell is, -1 where the bars do not tell which it is."""
        grid = self._grid
        n -= grid.edges
        if bars != len(grid.bars) + 2 * grid.edges or not 0 <= n < len(grid.bars):
            return -1
        return grid.bars[n] - (grid.bars[n - 1] + 1 if n else 0)


def _joined(text: str, more: str) -> str:
    """What psql broke in two. A sign of two columns that found one left has a space before it instead."""
    if text.isdecimal():
        return text + more.strip()  # set to the right
    wide = bool(more) and unicodedata.east_asian_width(more[0]) in "WF"
    return (text[:-1] if wide and text.endswith(" ") else text) + more


def _inner(cell: str, sign: str) -> str:
    """A cell without the sign in its margin and the spaces that fill it; one that psql broke is full."""
    if sign == ".":
        return cell[:-1]
    return (cell[:-1] if sign else cell).rstrip()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _mended(text: str, start: int, end: int, breaks: Sequence[int], width: int, full: int) -> str:
    """A cell; where lines were broken inside it and the ruler says that spaces were lost there, with them.

    A line of `full` length was broken wherever that was; a shorter one at a space.
    """
    lengths = [at - before for before, at in zip([0, *breaks], breaks, strict=False)]
    at_spaces = [at for at, length in zip(breaks, lengths, strict=True) if start < at < end and length < full]
    if end - start >= width or not at_spaces:
        return text[start:end]
    places = [start, *at_spaces, end]
    return " ".join(text[one:two] for one, two in pairwise(places))


_FREE = ("cid_name", "appdata", "userfield", "extra")
"""Columns with texts of people and dialplans: a bar is likeliest there."""


def assign(columns: Sequence[str], pieces: Sequence[str]) -> list[str] | None:
    """Texts between bars as one value a column: where there are more, joined in the first column where that makes sense."""
    spare = len(pieces) - len(columns)
    if spare == 0:
        return list(pieces)
    if spare < 0:
        return None
    for n in sorted(range(len(columns)), key=lambda n: columns[n] not in _FREE):
        joined = [*pieces[:n], "|".join(pieces[n : n + spare + 1]), *pieces[n + spare + 1 :]]
        if all(plausible(name, cell.strip()) for name, cell in zip(columns, joined, strict=True)):
            return joined
    return None


# --- bars without a ruler ----------------------------------------------------------------------------------------------


def _read_bare(lines: Sequence[str], at: int) -> tuple[PsqlTable, int] | None:
    """A heading with bars and rows under it: unaligned output (`psql -A`), or a table whose ruler was left out."""
    if "|" not in lines[at]:
        return None
    names = [cell.strip() for cell in lines[at].strip().strip("|").split("|")]
    if not all(map(_NAME.fullmatch, names)) or not known(names):
        return None
    if any(_grid(lines, below) for below in range(at + 1, min(at + _HEADER_LINES, len(lines)))):
        return None
    grid = _Grid(names, [1 << 30] * (len(names) - 1), 0, 0, lines[at].strip().startswith("|"), False, 0)
    at += 1
    while at < len(lines) and (not lines[at].strip() or set(lines[at].strip()) <= set("|-+ ")):
        at += 1
    return _Rows(lines, grid).read(at)


# --- expanded ----------------------------------------------------------------------------------------------------------


def _read_expanded(lines: Sequence[str], at: int) -> tuple[PsqlTable, int] | None:
    if not _RECORD.fullmatch(lines[at]):
        return None
    bare = lines[at].lstrip().startswith("*")
    records: list[tuple[int, dict[str, str]]] = []
    while at < len(lines) and (_RECORD.fullmatch(lines[at]) or not _ends(lines[at])):
        if _RECORD.fullmatch(lines[at]):
            records.append((at + 1, {}))
            sign, name = "", ""
        else:
            sign, name = _pair(lines[at], records[-1][1], bare, sign, name)
        at += 1
    table = of_records(records)
    return None if table is None else (table, at)


def _pair(line: str, record: dict[str, str], bare: bool, sign: str, name: str) -> tuple[str, str]:
    """One line of a record: a name and its value, or more of the last one. Gives how the value goes on, and its name."""
    found = (_PAIR_BARE if bare else _PAIR).fullmatch(line)
    of_ours = bool(found and found[1] in KNOWN_COLUMNS)
    named = bool(found and found[1]) and (of_ours or not (sign or bare))
    if found and named:
        name, value = found[1], found[2] or ""
        record[name] = ""
    elif found and sign and not bare and not found[1]:
        value = found[2]
    elif sign and bare:
        value = f" {line.strip()}"
    else:
        record[name] = record.get(name, "") + line.rstrip()  # broken by a paste
        return "", name
    framed = line.lstrip().startswith("|") and line.rstrip().endswith("|")
    value = value.rstrip().removesuffix("|").rstrip() if framed else value.rstrip()
    going_on = _SIGNS.get(value[-1:], "")
    text = _inner(value, going_on)
    if named:
        record[name] = text.lstrip()
    elif sign == "+":
        record[name] += "\n" + text.removeprefix(" ")
    else:
        record[name] = _joined(record[name], text.lstrip(" ").removeprefix(".").removeprefix("…"))
    return going_on, name
