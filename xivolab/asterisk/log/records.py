"""The table of the records of logs: `xivolab log`."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._collector import collector_paused
from xivolab.asterisk.log.logs import Logs
from xivolab.asterisk.log.reader import Block
from xivolab.schema import LOG_RECORD, NULL_INT
from xivolab.table import Table

Columns = dict[str, list[Any]]


def log_table(logs: Logs) -> Table:
    """Every record of some logs, server by server, in the order in which they were written."""
    columns: Columns = {field.name: [] for field in LOG_RECORD.fields}
    for number in logs.order:
        for block in logs.blocks(number):
            add_records(columns, logs, number, block, np.arange(block.count))
    return table_of(columns)


def table_of(columns: Columns) -> Table:
    """The table of columns that `add_records` filled."""
    kinds: dict[str, type] = {"int": np.int64, "time": np.int64, "str": object}
    return Table(
        LOG_RECORD,
        {field.name: np.array(columns[field.name], kinds[field.kind]) for field in LOG_RECORD.fields},
    )


@collector_paused
def add_records(columns: Columns, logs: Logs, number: int, block: Block, chosen: NDArray[np.intp]) -> None:
    """Add the chosen rows of a block of file `number`."""
    rows = block.rows[chosen]
    clock, path, mark = logs.clocks[number], logs.files[number].path, file_mark(logs, number)
    texts = _Texts(block)
    columns["id"] += [f"{mark}-{line}" for line in rows["line"].tolist()]
    columns["time"] += clock.epoch(rows).tolist()
    columns["level"] += [block.level(row) for row in chosen.tolist()]
    columns["thread"] += [NULL_INT if thread < 0 else thread for thread in rows["thread"].tolist()]
    columns["log_id"] += [None if callid < 0 else f"C-{callid:08x}" for callid in rows["callid"].tolist()]
    columns["source"] += texts.names(rows["source"], rows["source_end"])
    columns["source_line"] += [line or NULL_INT for line in rows["source_line"].tolist()]
    columns["function"] += texts.names(rows["function"], rows["function_end"])
    columns["message"] += texts.all(rows["message"], rows["end"])
    columns["host"] += [logs.files[number].host] * len(rows)
    columns["file"] += [path] * len(rows)
    columns["line"] += rows["line"].tolist()
    columns["lines"] += rows["lines"].tolist()
    dated = rows["clock"].tolist()
    columns["year_from"] += [None if not kind else clock.year_from if kind == 1 else "log" for kind in dated]
    columns["zone_from"] += [None if not kind else "log" if kind == 3 else clock.zone_from for kind in dated]


def file_mark(logs: Logs, number: int) -> str:
    """What the ids of the records of a file begin with: made of how it begins."""
    return f"log-{blake2b(logs.files[number].source.head, digest_size=4).hexdigest()}"


class _Texts:
    """Parts of a block in words."""

    def __init__(self, block: Block) -> None:
        self._bytes = block.buffer.tobytes()
        self._known: dict[bytes, str | None] = {b"": None}

    def all(self, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> Iterator[str]:
        """Different texts."""
        whole = self._bytes
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            yield whole[start:end].decode("utf-8", "replace").removesuffix("\r")

    def names(self, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> Iterator[str | None]:
        """Texts that come again and again; None for an empty one."""
        whole, known = self._bytes, self._known
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            name = whole[start:end]
            if name not in known:
                known[name] = name.decode("utf-8", "replace")
            yield known[name]
