"""A table for people: what fits the width of the terminal, in their language and time zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import IO, TYPE_CHECKING, Any, Protocol

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from xivolab.cli.columns import COLUMNS, Column
from xivolab.cli.times import show_time
from xivolab.schema import STATES, Record
from xivolab.table import Table
from xivolab.views.clean import one_line
from xivolab.views.names import at_address, called, in_french

if TYPE_CHECKING:
    from xivolab.evidence.folder import HostInfo

Row = dict[str, Any]
NOTHING = "–"
_GAP = 2
_TRUTH = (("no", "yes"), ("non", "oui"))
_NARROWEST = 4
_STYLES = {
    "completed": "green",
    "in-call": "green",
    "registered": "green",
    "failed": "bold red",
    "rejected": "bold red",
    "busy": "yellow",
    "no-answer": "yellow",
    "cancelled": "yellow",
    "diverted": "yellow",
}
SIGNS = {"error": ("✖", "bold red"), "warning": ("▲", "yellow"), "info": ("·", "")}
_FINDING_WORDS = (
    {"summary": "", "cause": "Why: ", "remedy": "Do:  ", "role": "consequence"},
    {"summary": "", "cause": "Cause : ", "remedy": "À faire : ", "role": "conséquence"},
)
_PROOFS = 4
"""More places of evidence than that are left to JSON."""


class Named(Protocol):
    """Evidence that knows who is at an address."""

    @property
    def names(self) -> Mapping[str, HostInfo]: ...  # noqa: D102


class Painter:
    """Writes tables to a terminal or a file: colours and the full width in a terminal, 80 columns elsewhere.

    `names` says what to call the addresses of "ip:port".
    """

    def __init__(
        self,
        lang: str,
        place: tzinfo | None,
        out: IO[str] | None = None,
        width: int | None = None,
        names: Named | None = None,
    ) -> None:
        self.lang = lang
        self.place = place
        self._names = names
        self.console = Console(file=out, width=width, highlight=False, soft_wrap=True)

    def table(self, table: Table) -> None:
        """One line of headings, one line a row."""
        rows = list(table.records())
        columns = COLUMNS[table.record.plural]
        dated = self._several_days(rows, columns)
        cells = {c: [one_line(self._cell(table.record, c, row, dated)) for row in rows] for c in columns}
        titles = {c: c.title(table.record, self.lang) for c in columns}
        natural = {c: max(map(cell_len, [titles[c], *cells[c]])) for c in columns}
        widths = fit([(c.rank, natural[c], c.right) for c in columns], self.console.width)
        shown = [(c, width) for c, width in zip(columns, widths, strict=True) if width]
        self._line([(titles[c], width, c.right, "bold") for c, width in shown])
        for n, row in enumerate(rows):
            style = _STYLES.get(row.get("state") or "", "")
            self._line([(cells[c][n], width, c.right, style if "state" in c.fields else "") for c, width in shown])

    def problems(self, table: Table) -> None:
        """What could not be read: too long for columns, so a paragraph each."""
        wrapped = Console(file=self.console.file, width=self.console.width, highlight=False)
        for row in table.records():
            place = f"{row['file']}: {row['place']}" if row["place"] else row["file"]
            wrapped.print(Text(one_line(place), "bold"))
            for text in (row["what"], row["remedy"]):
                if text:
                    for line in Text(one_line(text)).wrap(wrapped, wrapped.width - _GAP):
                        wrapped.print(Text(" " * _GAP) + line)

    def findings(self, table: Table, calls: Mapping[str, str]) -> None:
        """What is wrong: a paragraph each, under what its call is called."""
        wrapped = Console(file=self.console.file, width=self.console.width, highlight=False)
        words = _FINDING_WORDS[self.lang == "fr"]
        for row in table.records():
            sign, style = SIGNS[row["severity"]]
            head = Text(f"{sign} {row['code']}", style)
            if row["call"]:
                head.append(f"  {calls.get(row['call'], row['call'])}", "bold")
            if row["role"] == "consequence":
                head.append(f"  ({words['role']})", "dim")
            wrapped.print(head)
            for name in ("summary", "cause", "remedy"):
                text = Text(one_line(f"{words[name]}{row[name]}"))
                for n, line in enumerate(text.wrap(wrapped, wrapped.width - 2 * _GAP)):
                    wrapped.print(Text(" " * (2 * _GAP if n else _GAP)) + line)
            for proof in row["evidence"][:_PROOFS]:
                place = one_line(f"· {proof_place(proof)}: {proof['text']}")
                self.console.print(Text(" " * _GAP + shorten(place, self.console.width - _GAP), "dim"))

    def groups(self, table: Table) -> None:
        """Failures that have something in common: a paragraph each, with a call to look at."""
        wrapped = Console(file=self.console.file, width=self.console.width, highlight=False)
        for row in table.records():
            sign, style = SIGNS[row["severity"]]
            for n, line in enumerate(Text(one_line(f"{sign} {row['summary']}")).wrap(wrapped, wrapped.width - _GAP)):
                wrapped.print(Text(" " * (_GAP if n else 0)) + line, style=style if not n else "")
            wrapped.print(Text(f"  xivolab explain … --call {row['calls'][0]}", "dim"))

    def heading(self, text: str) -> None:
        """A line that stands out."""
        self.console.print(Text(one_line(text), "bold"))

    def line(self, text: str) -> None:
        """A plain line."""
        self.console.print(Text(one_line(text)))

    def note(self, text: str) -> None:
        """A line under a table."""
        self.console.print(Text(one_line(text), "dim"))

    def remark(self, text: str) -> None:
        """A sentence under a table, over as many lines as it takes."""
        for line in Text(f"· {one_line(text)}", "dim").wrap(self.console, self.console.width - _GAP):
            self.console.print(line)

    def _line(self, cells: Sequence[tuple[str, int, bool, str]]) -> None:
        line = Text()
        for text, width, right, style in cells:
            cut = shorten(text, width)
            pad = " " * (width - cell_len(cut))
            line.append(pad + cut if right else cut + pad, style)
            line.append(" " * _GAP)
        line.rstrip()
        self.console.print(line)

    def _several_days(self, rows: list[Row], columns: tuple[Column, ...]) -> bool:
        times = [
            row[field]
            for row in rows
            for c in columns
            for field in c.fields
            if field in ("start", "time", "last", "date", "entered")
        ]
        days = {datetime.fromtimestamp(t, UTC).astimezone(self.place).date() for t in times if t is not None}
        return len(days) > 1

    def _cell(self, record: Record, column: Column, row: Row, dated: bool) -> str:
        name = next((name for name in column.fields if row[name] is not None), column.fields[0])
        value = row[name]
        if value is None:
            return NOTHING
        field = record.field(name)
        if field.kind == "time":
            return show_time(value, self.place, dated, column.digits)
        if record.name == "icmp-error" and name in ("src", "dst") and self._names:
            return at_address(self._names.names, value, self.lang)
        if name in ("src", "dst", "quoted_src", "quoted_dst") and self._names:
            return called(self._names.names, value, self.lang)
        if name in ("name", "role") and record.plural == "hosts" and self.lang == "fr":
            return str(value) if row["known_by"] == "case" and name == "name" else in_french(value)
        if field.kind == "float":
            text = f"{value:.{column.digits}f}"
            return text.replace(".", ",") if self.lang == "fr" else text
        if field.kind == "bool":
            return _TRUTH[self.lang == "fr"][bool(value)]
        if field.kind == "list":
            return ", ".join(map(str, value)) or NOTHING
        if field.name == "state" and field.values == STATES:
            from xivolab.report.words import words

            return words("fr")(f"state-{value}") if self.lang == "fr" else str(value)
        if field.name == "why" and record.name == "dialplan-match":
            from xivolab.asterisk.dialplan.words import why_in_words

            return why_in_words(str(value), self.lang)
        if field.name == "kind" and record.name == "event":
            from xivolab.events.words import kind_in_words

            return kind_in_words(str(value), self.lang)
        if field.name == "error" and record.name == "icmp-error":
            from xivolab.events.words import error_in_words

            return error_in_words(str(value), self.lang)
        return str(value)


def shorten(text: str, width: int) -> str:
    """`text` in at most `width` cells, with … where something is missing."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def fit(columns: Sequence[tuple[int, int, bool]], width: int) -> list[int]:
    """The width of each column (rank, natural width, right-aligned) so that the line fits `width`; 0 is left out.

    Columns of the highest rank go first; when only those that stay are left, the widest texts are cut.
    """
    widths = [natural for _, natural, _ in columns]

    def total() -> int:
        shown = [w for w in widths if w]
        return sum(shown) + _GAP * (len(shown) - 1)

    for rank in sorted({rank for rank, _, _ in columns if rank}, reverse=True):
        if total() <= width:
            break
        widths = [0 if columns[n][0] == rank else w for n, w in enumerate(widths)]
    while total() > width:
        texts = [n for n, w in enumerate(widths) if w > _NARROWEST and not columns[n][2]]
        if not texts:
            break
        widths[max(texts, key=lambda n: widths[n])] -= 1
    return widths


def proof_place(proof: Row) -> str:
    """A place in the evidence, by the name of its file."""
    name = str(proof["file"]).rpartition("/")[2]
    if "frame" in proof:
        return f"{name} frame {proof['frame']}"
    return name if proof.get("line") is None else f"{name}:{proof['line']}"
