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
_NARROW, _WIDE = 20, (30, 60)


def hints(lines: Sequence[Line]) -> Iterator[Found]:
    """The rows of the table "hints"."""
    rows = [line for line in lines if not re.match(r"\s*(?:-=|-{4,}|- \d+ hint|There are no)", line.text)]
    found_rows = list(joined_rows(rows, _ROW, lambda text: bool(_BEGINS.match(text))))
    wide = any(max(map(len, _names(found))) > _NARROW for _, found in found_rows)
    widths = _WIDE if wide else (_NARROW, _NARROW)
    for line, found in found_rows:
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
                "cut": any(len(name) == width for name, width in zip(_names(found), widths, strict=True)),
            },
        )


def _names(found: re.Match[str]) -> tuple[str, str]:
    """What stands in the two columns of names."""
    return f"{found['exten']}@{found['context']}", str(found["devices"])
