"""The table of quality: every second of every stream."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.rtp import emodel
from xivolab.rtp.codecs import Impairment, Impairments
from xivolab.rtp.playout import FIXED_MS
from xivolab.rtp.state import SECOND
from xivolab.rtp.told import ToldStream, limit_quality
from xivolab.schema import QUALITY
from xivolab.table import Table


def seconds_table(
    seconds: Sequence[NDArray[Any]],
    numbers: Sequence[tuple[int, int]],
    ids: Sequence[str],
    codecs: Sequence[Impairment | None],
    frame_ms: NDArray[np.float64],
    told: Mapping[str, ToldStream] | None = None,
) -> Table:
    """The rows of the streams `numbers` = (index in `seconds`, stream there), in that order, by second.

    `seconds` are arrays (s,) SECOND; `ids`, `codecs` and `frame_ms` have one value for each stream.
    `told` are those, by id, that lines of a log tell.
    """
    found: NDArray[Any] = np.concatenate([np.zeros(0, SECOND), *seconds])
    stream = np.concatenate([np.zeros(0, np.int64), *_rows(seconds, numbers)])
    kept = np.flatnonzero(stream >= 0)
    kept = kept[np.lexsort((found["second"][kept], stream[kept]))]
    found, stream = found[kept], stream[kept]
    known = Impairments.of(codecs).take(stream)
    assumed = np.array([one is not None and one.assumed for one in codecs], np.bool_)[stream]
    packets, lost, late = (found[name].astype(np.int64) for name in ("packets", "lost", "discarded"))
    loss = 100.0 * np.minimum((lost + late) / np.maximum(packets + lost, 1), 1.0)
    delay = FIXED_MS + np.nan_to_num(frame_ms[stream]) + np.nan_to_num(known.lookahead_ms)
    mos = np.where(assumed, np.nan, emodel.mos(known, emodel.rating(known, loss)))
    mos_cq = np.where(assumed, np.nan, emodel.mos(known, emodel.rating(known, loss, 1.0, delay)))
    names = np.array([*ids, None], object)[stream]
    texts = [f"{name}/{second}" for name, second in zip(names.tolist(), found["second"].tolist(), strict=True)]
    columns = {
        "id": np.array([*texts, None], object)[:-1],
        "stream": names,
        "second": found["second"].astype(np.int64),
        "packets": packets,
        "lost": lost,
        "late": late,
        "jitter_ms": found["jitter"],
        "delta_max_ms": found["delta_max"],
        "mos": mos,
        "mos_cq": mos_cq,
    }
    return Table(QUALITY, limit_quality(columns, told) if told else columns)


def _rows(seconds: Sequence[NDArray[Any]], numbers: Sequence[tuple[int, int]]) -> list[NDArray[np.int64]]:
    """For each array of seconds the row of their streams, -1 for those that are in no table."""
    found: list[NDArray[np.int64]] = []
    for counter, rows in enumerate(seconds):
        places = np.full(int(rows["stream"].max(initial=-1)) + 1, -1, np.int64)
        for row, (where, number) in enumerate(numbers):
            if where == counter and number < len(places):
                places[number] = row
        found.append(places[rows["stream"]])
    return found
