"""The score behind each jitter buffer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from xivolab.rtp.codecs import IMPAIRMENTS, Impairments
from xivolab.rtp.playout import BUFFERS
from xivolab.rtp.scores import Score, depth_ms, main_rating, score
from xivolab.rtp.state import STREAM


def state(late: tuple[int, int, int] = (0, 0, 0), bursts: int = 0) -> Any:
    states = np.zeros(1, STREAM)
    states["late"][0] = late
    states["late_runs"][0] = late
    states["loss_bursts"] = bursts
    states["depth_count"] = 10
    states["depth_sum"] = 1500.0
    return states


def behind(buffer: str, states: Any, path_ms: float = 0.0, codec: str = "PCMU") -> Score:
    one = Impairments.of([IMPAIRMENTS[codec]])
    return score(states, one, buffer, np.array([1000]), np.array([0]), np.array([path_ms]), np.array([20.0]))


def test_late_packets_count_as_lost_in_their_own_buffer() -> None:
    states = state(late=(50, 10, 0))
    mos = [float(behind(buffer, states).mos_lq[0]) for buffer in BUFFERS]
    assert mos == pytest.approx([3.923, 4.328, 4.409], abs=0.001)  # 5 %, 1 %, 0 % at random


def test_delay_is_path_buffer_packet_and_coder() -> None:
    assert [float(depth_ms(state(), buffer)[0]) for buffer in BUFFERS] == [50, 200, 150]
    assert behind("200", state(), path_ms=40.0, codec="G729").one_way_ms[0] == 40 + 200 + 20 + 5


def test_conversation_is_never_better_than_listening() -> None:
    for buffer in BUFFERS:
        found = behind(buffer, state(late=(30, 30, 30)), path_ms=150.0)
        assert found.mos_cq[0] < found.mos_lq[0]


def test_losses_in_runs_are_worse() -> None:
    def rating(runs: int) -> float:
        states = state(bursts=runs)
        known = Impairments.of([IMPAIRMENTS["PCMU"]])
        return float(main_rating(states, known, np.array([1000]), np.array([100]), np.array([np.nan]))[0])

    assert rating(5) < rating(100) - 1


def test_a_codec_of_which_nothing_is_known_has_no_score() -> None:
    none = Impairments.of([None])
    found = score(state(), none, "50", np.array([10]), np.array([0]), np.array([0.0]), np.array([np.nan]))
    assert np.isnan([found.mos_lq[0], found.mos_cq[0]]).all()
