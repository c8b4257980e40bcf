"""The CSV export of XiVO's journal, in the forms that its versions have had, with French or English headings or none.

- The REST API and the web interface since 2015: `Call Date,Caller,Called,Period,user Field` (wazo-doc, call-logs-format).
- The web interface before: `"Date d'appel";"Appelant";"Appelé";"Durée";"Canal";…`, in the reader's language, behind the lines of
  the search form where there were any (xivo-web-interface, call_management/cel/exportcsv.php and cdr/exportcsv.php).
- What a spreadsheet makes of these: other separators, dates with the day first, a `sep=;` in front.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_HEADINGS = {
    "date": "call date|date d'appel|date de l'appel|date appel|calldate|date",
    "caller": "caller|appelant|source|emetteur",
    "called": "called|callee|appele|destination|destinataire",
    "period": "period|periode|duration|duree|duree de l'appel|duree (s)",
    "billsec": "duree reelle",
    "user_field": "user field|user fields|userfield|champ utilisateur|champs utilisateur",
    "channel": "channel|canal",
    "dstchannel": "destination channel|canal de destination",
    "disposition": "call status|statut de l'appel|statut",
    "clid": "caller id|nom d'appel",
    "uniqueid": "unique id|uniqueid|identifiant unique",
}
_COLUMN_OF = {text: column for column, texts in _HEADINGS.items() for text in texts.split("|")}
_PLAIN = ("date", "caller", "called", "period", "user_field")
_NEEDED = {"date", "caller", "called"}
_DISPOSITIONS = {
    "repondu": "ANSWERED",
    "answered": "ANSWERED",
    "pas de reponse": "NO ANSWER",
    "no answer": "NO ANSWER",
    "occupe": "BUSY",
    "busy": "BUSY",
    "echoue": "FAILED",
    "failed": "FAILED",
}
_DAY_FIRST = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})[ T,]+(\d\d?):(\d\d)(?::(\d\d(?:\.\d+)?))?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d\d?)[/.-](\d\d?)[ T]+(\d\d?):(\d\d)(?::(\d\d(?:\.\d+)?))?(.*)")


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One row: its line, and its texts by column; `date` is written year first, other texts are as they stand."""

    line: int
    texts: Mapping[str, str]

    def get(self, column: str) -> str:
        """A text without the spaces around it; "" for a column that is not there, and for the "-" that stands for nobody."""
        text = self.texts.get(column, "").strip()
        return "" if text == "-" else text

    @property
    def disposition(self) -> str | None:
        """How the call ended, in the words of Asterisk; None where the export does not tell."""
        return _DISPOSITIONS.get(_folded(self.get("disposition")).rstrip(": "))


def export_rows(text: str) -> Iterator[ExportRow]:
    """The rows of an export. Lines that are none (a heading, a search form, what was added) are left out."""
    lines = [line for line in text.splitlines()[:50] if line.strip() and not line.startswith("sep=")]
    separator = max(",;\t", key=lambda sign: max((line.count(sign) for line in lines), default=0))
    columns: Sequence[str] = _PLAIN
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    for cells in _cells(reader):
        found = heading(cells)
        if found is not None:
            columns = found
        else:
            texts = dict(zip(columns, cells, strict=False))
            date = year_first(texts.get("date", "").strip())
            if date is not None and len(cells) > 2:
                yield ExportRow(line, {**texts, "date": date})
        line = reader.line_num + 1


def _cells(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows of a CSV; one that cannot be read is an empty one."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:  # longer than any field may be, a NUL
            yield []


def heading(cells: Sequence[str]) -> list[str] | None:
    """The column of each cell of a heading, "" for those of no interest; None for a line that is none.

    The second of two columns called "Duration" is the time talked (so the English form of cdr/exportcsv.php).
    """
    columns = [_COLUMN_OF.get(_folded(cell).rstrip(": "), "") for cell in cells]
    if not set(columns) >= _NEEDED:
        return None
    if columns.count("period") > 1:
        columns[len(columns) - 1 - columns[::-1].index("period")] = "billsec"
    return columns


def year_first(text: str) -> str | None:
    """A date and time as `2013-02-01 00:00:00`, whatever order it was written in; None for what is none.

    Of `01/02/2013` the day comes first, as in France, unless there is no such month.
    """
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day, hour, minute, second, zone = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year, hour, minute, second = found.groups()
        zone = ""
        if int(month) > 12 >= int(day):
            day, month = month, day
    else:
        return None
    return f"{year}-{month:0>2}-{day:0>2} {hour:0>2}:{minute}:{second or '00'}{zone}"


def _folded(text: str) -> str:
    """Lower case without accents; the apostrophe of a typesetter is that of a typewriter."""
    plain = unicodedata.normalize("NFKD", text.strip().lstrip("\ufeff").lower().replace("’", "'"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
