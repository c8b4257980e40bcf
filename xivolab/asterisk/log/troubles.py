"""What a server complains about in its logs: warnings and errors, those that differ only in names and numbers counted together."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from xivolab.asterisk.log.logs import Logs
from xivolab.asterisk.log.rows import LEVELS
from xivolab.schema import NULL_INT

_COMPLAINTS = tuple(LEVELS.index(name) for name in ("WARNING", "ERROR"))
_NAMES = re.compile(
    r"(?!\d{1,3}(?![\w.:-]))[\w.:-]*\d[\w.:-]*"
)  # with a figure in it; codes and causes tell complaints apart
_LONGEST = 300  # characters of a message that tell one complaint from another
_MOST = 5000  # kinds of complaints that are kept apart


@dataclass(slots=True)
class Trouble:
    """One complaint: its first record as it stands, where that is, how many like it, and from when to when (ns, None without)."""

    level: str
    source: str | None
    text: str
    file: str
    line: int
    count: int = 0
    first: int | None = None
    last: int | None = None


def troubles(logs: Logs) -> list[Trouble]:
    """The complaints of some logs, the most frequent first."""
    found: dict[tuple[str, str | None, str], Trouble] = {}
    for number in logs.order:
        path = logs.files[number].path
        for block in logs.blocks(number):
            rows = block.rows[: block.count]
            chosen = np.flatnonzero(np.isin(rows["level"], _COMPLAINTS))
            times = logs.clocks[number].epoch(rows[chosen]).tolist()
            for place, time in zip(chosen.tolist(), times, strict=True):
                row = rows[place]
                text = block.text(int(row["message"]), min(int(row["end"]), int(row["message"]) + _LONGEST))
                text = text.strip().partition("\n")[0].rstrip()
                source = block.text(int(row["source"]), int(row["source_end"])) or None
                level = str(LEVELS[row["level"]])
                key = (level, source, _NAMES.sub("#", text))
                one = found.get(key)
                if one is None:
                    if len(found) >= _MOST:
                        continue
                    one = found[key] = Trouble(level, source, text, path, int(row["line"]))
                one.count += 1
                if time != NULL_INT:
                    one.first = time if one.first is None else min(one.first, time)
                    one.last = time if one.last is None else max(one.last, time)
    return sorted(found.values(), key=lambda one: (-one.count, one.file, one.line))
