"""Tables that psql printed for other programs: CSV, and unaligned with any separator; expanded ones as well.

A heading of known names says what the separator is. (PostgreSQL: src/fe_utils/print.c, print_csv_*, print_unaligned_*)
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from xivolab.asterisk.cel.cells import KNOWN_COLUMNS, plausible
from xivolab.asterisk.cel.psql_table import PsqlTable, known, of_records, value

_HEADING = re.compile(r'"?[A-Za-z_]\w*"?(?:(?P<sign>[^\w"]{1,4})"?[A-Za-z_]\w*"?)(?:(?P=sign)"?[A-Za-z_]\w*"?)*')
_FOOTER = re.compile(r"\(\d+ [^\W\d]+\)")
_QUOTING = (",", ";", "\t")
_PAIR = re.compile(r'"?(?P<name>[A-Za-z_]\w*)"?(?P<sign>[^\w"\s]{1,4}|\t)(?P<value>.*)', re.DOTALL)
_LONGEST = 40  # lines that one row may take


def read_separated(lines: Sequence[str], at: int) -> tuple[PsqlTable, int] | None:
    """The table whose heading is a line, and the line behind it; None where it is no such heading."""
    found = _HEADING.fullmatch(lines[at].strip())
    if found is None or not found["sign"].strip(" "):
        return None
    sign = found["sign"]
    names = [name.strip('"') for name in lines[at].strip().split(sign)]
    if sign.strip() == "|" or not known(names):
        return None
    table = PsqlTable(names)
    at += 1
    while at < len(lines) and lines[at].strip() and not _FOOTER.fullmatch(lines[at].strip()):
        cells, end = _row(lines, at, sign, names)
        if cells is None:
            table.broken.append(at + 1)
        else:
            table.rows.append([value(cell) for cell in cells])
            table.lines.append(at + 1)
        at = end
    return table, at


def _row(lines: Sequence[str], at: int, sign: str, names: Sequence[str]) -> tuple[list[str] | None, int]:
    """The cells of the row that begins at a line, and the line behind it: a value may hold line ends."""
    text = lines[at]
    for end in range(at + 1, min(at + 1 + _LONGEST, len(lines) + 1)):
        cells = _cells(text, sign)
        if cells is not None and len(cells) == len(names):
            if _fits(names, cells):
                return cells, end
            return None, at + 1
        if (cells is not None and len(cells) > len(names)) or end == len(lines):
            break
        if _FOOTER.fullmatch(lines[end].strip()):
            break
        text += "\n" + lines[end]
    return None, at + 1


def _cells(text: str, sign: str) -> list[str] | None:
    """A row cut at its separators; None while a quote is open."""
    if sign not in _QUOTING or not (text.startswith('"') or f'{sign}"' in text):
        return text.split(sign)
    if text.count('"') % 2:
        return None
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error:
        return text.split(sign)
    return rows[0] if len(rows) == 1 else None


def _fits(names: Sequence[str], cells: Sequence[str]) -> bool:
    return all(plausible(name, cell.strip()) for name, cell in zip(names, cells, strict=True))


def read_pairs(lines: Sequence[str], at: int) -> tuple[PsqlTable, int] | None:
    """The records that begin at a line, a name and its value in each; None where there are none."""
    found = _pair(lines[at], None)
    following = _pair(lines[at + 1], found[1]) if found and at + 1 < len(lines) else None
    if found is None or following is None or following[0] == found[0]:
        return None
    sign = found[1]
    records: list[tuple[int, dict[str, str]]] = []
    name = ""
    while at < len(lines) and not _FOOTER.fullmatch(lines[at].strip()):
        pair = _pair(lines[at], sign)
        if pair is None and not lines[at].strip():
            if at + 1 >= len(lines) or _pair(lines[at + 1], sign) is None:
                break
            name = ""
        elif pair is None and not name:
            break
        elif pair is None:
            records[-1][1][name] += f"\n{lines[at]}"
        else:
            if not records or pair[0] in records[-1][1]:
                records.append((at + 1, {}))
            name = pair[0]
            records[-1][1][name] = pair[2]
        at += 1
    table = of_records((line, {key: _unquoted(text) for key, text in record.items()}) for line, record in records)
    return None if table is None else (table, at)


def _pair(line: str, sign: str | None) -> tuple[str, str, str] | None:
    """The known name at the beginning of a line, what stands behind it, and the value."""
    found = _PAIR.fullmatch(line)
    if found is None or found["name"] not in KNOWN_COLUMNS:
        return None
    if sign is None:
        return found["name"], found["sign"], found["value"]
    behind = line[found.end("name") :].removeprefix('"')
    return (found["name"], sign, behind[len(sign) :]) if behind.startswith(sign) else None


def _unquoted(text: str) -> str:
    """A value of CSV without its quotes."""
    return text[1:-1].replace('""', '"') if len(text) > 1 and text[0] == text[-1] == '"' else text
