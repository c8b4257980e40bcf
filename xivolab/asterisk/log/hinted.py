"""The records of a log that other tables than that of the calls are made of, kept when it is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.log.hints import REFUSAL, SIP, hint_records
from xivolab.asterisk.log.reader import Block
from xivolab.asterisk.log.rows import RECORD

KEPT = ("line", "time", "clock", "thread")
_KEPT = np.dtype([(name, RECORD.fields[name][0]) for name in KEPT], align=True)  # type: ignore[index]  # it has fields


HINTS = {SIP: ("start", "next"), REFUSAL: ("message", "end")}
"""What is kept of a record: of SIP all, with its header."""


class Hinted:
    """The records of one file in which the words of a hint stand."""

    def __init__(self, hint: int) -> None:
        self.hint = hint
        self._rows = [np.empty(0, _KEPT)]
        self._texts: list[bytes] = []

    def take(self, block: Block, hints: NDArray[np.uint8]) -> None:
        """Choose among the records of a block by what `hints_of` says of them."""
        chosen = block.rows[np.flatnonzero(hints & self.hint)]
        if len(chosen):
            kept = np.empty(len(chosen), _KEPT)
            for name in KEPT:
                kept[name] = chosen[name]
            self._rows.append(kept)
            view, (begin, end) = memoryview(block.buffer.data), HINTS[self.hint]
            bounds = zip(chosen[begin].tolist(), chosen[end].tolist(), strict=True)
            self._texts += [bytes(view[a:b]) for a, b in bounds]

    @property
    def rows(self) -> NDArray[Any]:
        """Line, time, clock and thread of each, as in the rows of records."""
        return np.concatenate(self._rows)

    def texts(self) -> Iterator[bytes]:
        """The texts of all, each of which is forgotten then."""
        texts = self._texts
        texts.reverse()
        while texts:
            yield texts.pop()


def hints_of(block: Block) -> NDArray[np.uint8]:
    """Which hints there are in each record of a block, as bits."""
    hints = np.empty(block.count, np.uint8)
    hint_records(block.buffer, block.rows, block.count, hints)
    return hints
