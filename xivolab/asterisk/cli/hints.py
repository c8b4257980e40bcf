"""`core show hints`, `core show hint EXTEN` (main/pbx.c): 20 columns for each name, 30 and 60 since 18.24, 20.9 and 21.4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xivolab.asterisk.cli.found import Found, told
from xivolab.asterisk.cli.lines import Line
from xivolab.asterisk.cli.wrapped import joined_rows

_ROW = re.compile(
    r"(?P<exten>[^\s@]+)@(?P<context>[^\s:]*)\s*:\s*(?P<devices>.*?)\s*State:(?P<state>\S*)\s+"
    r"(?:Presence:(?P<presence>\S*)\s+)?Watchers\s+(?P<watchers>\d+)"
)
_BEGINS = re.compile(r"\s*[^\s@:]+@[^\s:]*\s*:")
_WIDTHS = (20, 30, 60)


def hints(lines: Sequence[Line]) -> Iterator[Found]:
    """The rows of the table "hints"."""
    rows = [line for line in lines if not re.match(r"\s*(?:-=|-{4,}|- \d+ hint|There are no)", line.text)]
    for line, found in joined_rows(rows, _ROW, lambda text: bool(_BEGINS.match(text))):
        yield Found(
            "hints",
            line.number,
            {
                "exten": found["exten"],
                "context": told(found["context"]),
                "devices": told(found["devices"]),
                "state": found["state"],
                "presence": told(found["presence"]),
                "watchers": int(found["watchers"]),
                "cut": len(found["exten"]) + 1 + len(found["context"]) in _WIDTHS or len(found["devices"]) in _WIDTHS,
            },
        )
