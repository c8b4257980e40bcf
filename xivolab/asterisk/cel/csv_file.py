"""CEL as CSV: what cel_custom writes, without a header, and what a database exports, with one.

cel_custom's columns are whatever `cel_custom.conf` maps them to. Its sample (the one of Asterisk and XiVO) is known; another
order is told by that file, or by what the columns hold.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from xivolab.asterisk.cel.cells import KNOWN_COLUMNS, NULLS, plausible
from xivolab.asterisk.cel.event import KNOWN_EVENTS

SAMPLE_ORDER = (
    "eventtype",
    "eventtime",
    "cid_name",
    "cid_num",
    "cid_ani",
    "cid_rdnis",
    "cid_dnid",
    "exten",
    "context",
    "channame",
    "appname",
    "appdata",
    "amaflags",
    "accountcode",
    "uniqueid",
    "linkedid",
    "peer",
    "userfield",
    "userdeftype",
    "extra",
)
"""configs/samples/cel_custom.conf.sample."""

# What ${…} stands for in a mapping (funcs/func_channel.c, func_callerid.c, main/cel.c).
_VARIABLES = {
    "eventtype": "eventtype",
    "eventtime": "eventtime",
    "eventenum": "",
    "userdeftype": "userdeftype",
    "eventextra": "extra",
    "callerid(name)": "cid_name",
    "callerid(num)": "cid_num",
    "callerid(ani)": "cid_ani",
    "callerid(rdnis)": "cid_rdnis",
    "callerid(dnid)": "cid_dnid",
    "channel(exten)": "exten",
    "channel(context)": "context",
    "channel(channame)": "channame",
    "channel(appname)": "appname",
    "channel(appdata)": "appdata",
    "channel(amaflags)": "amaflags",
    "channel(accountcode)": "accountcode",
    "channel(peeraccount)": "peeraccount",
    "channel(uniqueid)": "uniqueid",
    "channel(linkedid)": "linkedid",
    "channel(userfield)": "userfield",
    "channel(peer)": "peer",
    "bridgepeer": "peer",
}
_MAPPING = re.compile(r"^\s*(\S+)\s*=>\s*(.*\$\{.*)$", re.MULTILINE)
_VARIABLE = re.compile(r"\$\{(?:CSV_QUOTE\(\$\{)?([A-Za-z]+(?:\([a-z]+\))?)", re.IGNORECASE)
_FOOTER = re.compile(r"\(\d+ [^\W\d]+\)\s*")  # psql -A
_SEPARATORS = ",;\t"
_LOOK_AT = 200


def read_mappings(text: str) -> list[tuple[str, ...]]:
    """The column orders in a `cel_custom.conf`, the names of columns that are not known empty."""
    orders = []
    for _, mapping in _MAPPING.findall(text):
        names = [_VARIABLES.get(name.lower(), "") for name in _VARIABLE.findall(mapping) if name.upper() != "CSV_QUOTE"]
        if "eventtype" in names:
            orders.append(tuple(names))
    return orders


def read_csv(text: str, mappings: Sequence[tuple[str, ...]] = ()) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Each row with its line (counted from 1): texts by column; None for a line that is no row of CEL.

    `mappings` are column orders that `cel_custom.conf` told, for files without a header.
    """
    rows = _rows(text)
    head = [row for _, row in zip(range(_LOOK_AT), rows, strict=False)]
    if not head:
        return
    names: Sequence[str] | None = None
    if _is_header(head[0][1]):
        names = [cell.strip().lower() for cell in head.pop(0)[1]]
    else:
        names = _order_of([cells for _, cells in head], mappings)
    for line, cells in _chain(head, rows):
        if not cells or cells == [""] or (len(cells) == 1 and _FOOTER.fullmatch(cells[0])):
            continue
        if names is None or len(cells) < len(names) or not _makes_sense(names, cells):
            yield line, None
            continue
        yield (
            line,
            {
                name: "" if cell in NULLS else cell
                for name, cell in zip(names, cells, strict=False)
                if name in KNOWN_COLUMNS
            },
        )


def _chain(
    head: Iterable[tuple[int, list[str]]], rest: Iterable[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    yield from head
    yield from rest


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text with the line each begins in. A quote left open by damage takes no more than its own line."""
    first = text[:8192].split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        end = at + 1
        row = lines[at].rstrip("\r").lstrip("\ufeff")
        while row.count('"') % 2 and end < len(lines) and end - at < 8 and not _begins(lines[end]):
            row += "\n" + lines[end].rstrip("\r")
            end += 1
        if row:
            try:
                cells = next(csv.reader(io.StringIO(row), delimiter=separator), [])
            except csv.Error:  # longer than any field may be
                cells = [row[:80]]
            yield at + 1, cells
        at = end


def _begins(line: str) -> bool:
    """Whether a line begins as a row of CEL does."""
    return line.lstrip('"').partition('"')[0].partition(",")[0] in KNOWN_EVENTS


def _is_header(cells: Sequence[str]) -> bool:
    return sum(cell.strip().lower() in KNOWN_COLUMNS for cell in cells) >= 2


def _order_of(rows: Sequence[Sequence[str]], mappings: Sequence[tuple[str, ...]]) -> Sequence[str] | None:
    """The order whose columns hold what they should: a mapping's, the sample's, else one guessed from the cells."""
    for order in (*mappings, SAMPLE_ORDER, (*SAMPLE_ORDER[:14], "peeraccount", *SAMPLE_ORDER[14:])):
        fitting = [row for row in rows if len(row) >= len(order)]
        if fitting and sum(_makes_sense(order, row) for row in fitting) * 2 > len(rows):
            return order
    return _guessed(rows)


def _makes_sense(names: Sequence[str], cells: Sequence[str]) -> bool:
    return all(plausible(name, cell) for name, cell in zip(names, cells, strict=False)) and any(
        name in ("eventtype", "eventtime") and cell for name, cell in zip(names, cells, strict=False)
    )


def _guessed(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """The columns that can be told by what they hold: event, time, channel, the two ids and `extra`."""
    count = max((len(row) for row in rows), default=0)
    full = [row for row in rows if len(row) == count]
    names = [""] * count
    ids = []
    for n in range(count):
        cells = [row[n] for row in full if row[n]]
        if not cells:
            continue
        if all(cell in KNOWN_EVENTS for cell in cells):
            names[n] = "eventtype"
        elif all(re.fullmatch(r"[A-Z][\w*]*/\S+-[0-9a-f]{8}(;[12])?", cell) for cell in cells):
            names[n] = names[n] if "channame" in names else "channame"
        elif all(re.fullmatch(r"(?:[\w.-]+-)?\d{9,11}\.\d{1,5}", cell) for cell in cells):
            ids.append(n)
        elif all(re.fullmatch(r"\d{9,11}\.\d{6}|\d{4}-\d\d-\d\d[ T].*", cell) for cell in cells):
            names[n] = names[n] if "eventtime" in names else "eventtime"
        elif all(cell.startswith("{") for cell in cells):
            names[n] = "extra"
    # The linked id is the same on more rows than the unique id.
    for name, n in zip(
        ("linkedid", "uniqueid"), sorted(ids, key=lambda n: (len({row[n] for row in full}), -n))[:2], strict=False
    ):
        names[n] = name
    return names if {"eventtype", "uniqueid"} <= set(names) else None
