"""What lines of a log cannot tell of a stream."""

from __future__ import annotations

import numpy as np

from xivolab.rtp.told import ToldStream, limit_quality, limit_streams
from xivolab.schema import NULL_INT, STREAM

FINE = ToldStream("full", sent=True, key="a", ssrc=7, resolution_ms=1.0)
COARSE = ToldStream("full", sent=False, key="b", resolution_ms=1000.0)
TIMELESS = ToldStream("full", sent=False, key="c")


def test_only_times_finer_than_packets_tell_when_they_came() -> None:
    assert [one.fine for one in (FINE, COARSE, TIMELESS)] == [True, False, False]


def test_what_is_taken_out() -> None:
    columns = {
        field.name: np.array([1.0 if field.kind == "float" else 1] * 4)
        if field.kind in ("int", "float", "time")
        else ["x"] * 4
        for field in STREAM.fields
    }
    limit_streams(columns, [None, FINE, COARSE, TIMELESS])
    assert columns["ssrc"].tolist() == ["x", "0x00000007", None, None]
    assert columns["src"].tolist() == ["x", None, "x", "x"]
    assert columns["dst"].tolist() == ["x", "x", None, None]
    assert columns["start"].tolist() == [1, 1, 1, NULL_INT]
    assert columns["late_50"].tolist() == [1, 1, NULL_INT, NULL_INT]
    assert np.isnan(columns["mos"]).tolist() == [False, False, True, True]
    assert np.isnan(columns["delta_max_ms"]).tolist() == [False, True, True, True]
    assert columns["lost"].tolist() == [1, 1, 1, 1]


def test_seconds_without_times_are_none() -> None:
    columns = {
        "stream": np.array(["x", "a", "b", "c"], object),
        "late": np.array([1, 1, 1, 1]),
        "lost": np.array([2, 2, 2, 2]),
        **{name: np.ones(4) for name in ("jitter_ms", "delta_max_ms", "mos", "mos_cq")},
    }
    found = limit_quality(columns, {one.key: one for one in (FINE, COARSE, TIMELESS)})
    assert found["stream"].tolist() == ["x", "a", "b"]
    assert found["late"].tolist() == [1, 1, NULL_INT]
    assert np.isnan(found["jitter_ms"]).tolist() == [False, False, True]
    assert found["lost"].tolist() == [2, 2, 2]
