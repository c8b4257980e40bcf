"""Tables that psql printed for something else to show: HTML (`\\H`) and LaTeX, expanded or not (PostgreSQL: src/fe_utils/print.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from xivolab.asterisk.cel.psql_table import PsqlTable, known, of_records, value


def html_tables(text: str) -> list[PsqlTable]:
    """The tables in a text that holds HTML, be it psql's or the page of another program."""
    reader = _Html()
    reader.feed(text)
    reader.close()
    return [table for grid in reader.tables if (table := _table(grid)) is not None]


_Row = tuple[int, list[tuple[str, str]]]
"""The line of a row, and its cells: the name of the tag, and the text."""


class _Html(HTMLParser):
    """Gathers the rows of each table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[_Row]] = []
        self._cell: list[str] | None = None
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" or (tag == "tr" and not self.tables):
            self._end_cell()
            self.tables.append([])
        if tag == "tr":
            self._end_cell()
            self.tables[-1].append((self.getpos()[0], []))
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self._end_cell()
            self._cell, self._tag = [], tag
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is not None:
            text = "".join(self._cell).replace("\n\n", "\n")  # behind a <br /> psql begins a line
            self.tables[-1][-1][1].append((self._tag, text.replace("\xa0", " ").strip()))
            self._cell = None


def _table(rows: list[_Row]) -> PsqlTable | None:
    """The table of some rows: under its heading, or a record at a time, each row a name and its value."""
    for at, (_, cells) in enumerate(rows):
        names = [text for _, text in cells]
        if len(names) > 1 and known(names):
            table = PsqlTable(names)
            for line, more in rows[at + 1 :]:
                if len(more) == len(names):
                    table.rows.append([value(text) for _, text in more])
                    table.lines.append(line)
                elif more:
                    table.broken.append(line)
            return table
    return of_records(_records(rows))


def _records(rows: list[_Row]) -> Iterator[tuple[int, dict[str, str]]]:
    record: dict[str, str] = {}
    begun = 0
    for line, cells in rows:
        if len(cells) != 2 or cells[0][1] in record:
            if record:
                yield begun, record
            record = {}
        if len(cells) == 2:
            begun = begun if record else line
            record[cells[0][1]] = cells[1][1]
    if record:
        yield begun, record


_LATEX = re.compile(r"\\begin\{(tabular|longtable)\}.*?(?=\\end\{\1\}|\\begin\{(?:tabular|longtable)\}|\Z)", re.DOTALL)
_LATEX_ROW = re.compile(r"(.*?)(?:\\\\[ \t]*\n|\\tabularnewline|\Z)", re.DOTALL)
_LATEX_CELL = re.compile(r"(?<!\\)&")
_LATEX_HEAD = re.compile(
    r"\\begin\{\w+\}(?:\[\w*\])?\{[^\n]*\}\n|\\(?:hline|toprule|midrule|bottomrule|endfirsthead|endhead|endfoot|endlastfoot)\b"
)
_LATEX_FACES = re.compile(r"\\(?:multicolumn\{\d+\}\{[^}]*\}|textit|textbf|small|raggedright|footnotesize)")
# print.c, latex_escaped_print.
_LATEX_SIGNS = (
    ("\\\\", "\n"),
    (r"\textless{}", "<"),
    (r"\textgreater{}", ">"),
    (r"\textbackslash{}", "\0"),
    (r"\textasciitilde{}", "~"),
    (r"\~{}", "~"),
    (r"\textasciicircum{}", "^"),
    (r"\^{}", "^"),
    (r"\textbar{}", "|"),
)


def latex_tables(text: str) -> list[PsqlTable]:
    """The tables in a text that holds LaTeX."""
    found = []
    for body in _LATEX.finditer(text):
        rows: list[_Row] = []
        for piece in _LATEX_ROW.finditer(body[0]):
            text_of = _LATEX_HEAD.sub(lambda head: " " * len(head[0]), piece[1])  # places stay what they are
            cells = [("td", _plain(cell)) for cell in _LATEX_CELL.split(text_of)]
            if any(cell for _, cell in cells):
                begins = body.start() + piece.start() + len(text_of) - len(text_of.lstrip())
                rows.append((text.count("\n", 0, begins) + 1, cells))
        table = _table(rows)
        if table is not None:
            table.rows, table.lines = _without_headings(table)
            found.append(table)
    return found


def _without_headings(table: PsqlTable) -> tuple[list[list[str]], list[int]]:
    """The rows but for the heading, which a longtable says again for each page."""
    kept = [(row, line) for row, line in zip(table.rows, table.lines, strict=True) if row != table.columns]
    return [row for row, _ in kept], [line for _, line in kept]


def _plain(cell: str) -> str:
    """A cell without what LaTeX has to be told."""
    text = _LATEX_FACES.sub("", cell).strip()
    for sign, stands_for in _LATEX_SIGNS:
        text = text.replace(sign, stands_for)
    text = re.sub(r"\\([&%$#_{}])|[{}]", lambda sign: sign[1] or "", text).replace("\0", "\\")
    return text.strip()
