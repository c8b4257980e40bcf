"""The seconds of streams as series."""

from __future__ import annotations

import numpy as np
import pytest

from xivolab.testing import ALICE, BOB, PBX, tcall, tquality, tstream
from xivolab.views.series import runs, thin, tracks

NAN = float("nan")


def test_streams_are_ordered_by_leg_and_named_by_their_hosts() -> None:
    streams = [tstream(f"{PBX}:10002", f"{BOB}:4010", start=2), tstream(f"{ALICE}:4000", f"{PBX}:10000", start=3)]
    found = tracks(tcall(None, streams))
    assert [(track.source, track.target, track.role, track.start) for track in found] == [
        ("alice", "pbx", "caller", 1.0),
        ("pbx", "bob", "callee", 0.0),
    ]


def test_a_stream_that_no_session_description_names_has_no_role() -> None:
    (track,) = tracks(tcall(None, [tstream("192.0.2.1:7000", "192.0.2.2:7000")]))
    assert (track.source, track.role) == ("192.0.2.1:7000", "")


def test_loss_is_a_share_of_what_was_expected_in_that_second() -> None:
    (track,) = tracks(tcall(None, [tstream(seconds=tquality([4.4, 3.0, None], lost=[0, 5, 50]))]))
    assert track.values["loss"].tolist() == [0, 10, 100]


def test_absent_values_and_absent_seconds_are_gaps() -> None:
    table = tquality([4.4, None, 4.2, 4.1]).select([0, 1, 3])
    (track,) = tracks(tcall(None, [tstream(seconds=table)]))
    np.testing.assert_array_equal(track.values["mos"], [4.4, NAN, NAN, 4.1])
    assert runs(track.values["mos"].tolist()) == [(0, 1), (3, 4)]


@pytest.mark.parametrize("second", [1_681_433_788, -817_645_511])
def test_seconds_of_a_damaged_clock_are_not_drawn(second: int) -> None:
    table = tquality([4.4, 4.2])
    table["second"][1] = second
    (track,) = tracks(tcall(None, [tstream(seconds=table)]))
    assert track.values["mos"].tolist() == [4.4]


def test_a_stream_without_seconds_has_empty_series() -> None:
    (track,) = tracks(tcall(None, [tstream(seconds=tquality([]))]))
    assert len(track.values["loss"]) == 0


@pytest.mark.parametrize(("worst", "kept"), [("high", 30.0), ("low", -7.0)])
def test_a_bad_second_of_a_long_call_stays_in_sight(worst: str, kept: float) -> None:
    values = np.full(3600, 1.0)
    values[1234], values[2345] = 30.0, -7.0
    thinned = thin(values, 100, worst)
    assert len(thinned) == 100
    assert kept in thinned


def test_a_gap_within_a_share_does_not_hide_its_values() -> None:
    assert thin(np.array([NAN, 2.0, NAN, NAN]), 2, "high").tolist()[0] == 2.0


def test_runs() -> None:
    assert runs([]) == []
    assert runs([1.0, NAN, NAN, 2.0, 3.0]) == [(0, 1), (3, 5)]
