"""What each simulated jitter buffer makes of a stream: packets that come too late for it, delay, R and MOS.

A packet that the buffer throws away is as good as lost; what the buffer waits is delay. So a deep one has a better
listening quality and a worse conversational one, and neither is rounded: one lost packet costs what G.107 says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.rtp import emodel
from xivolab.rtp.codecs import Impairments
from xivolab.rtp.playout import BUFFERS, FIXED_MS

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Score:
    """How the streams sound behind one buffer: arrays of shape (n,).

    `late` packets were thrown away; R and MOS of listening (no delay) and of conversation (`one_way_ms` mouth to ear).
    """

    late: NDArray[np.int64]
    one_way_ms: Column
    r_lq: Column
    mos_lq: Column
    r_cq: Column
    mos_cq: Column


def score(
    states: NDArray[Any], codecs: Impairments, buffer: str, expected: Any, lost: Any, path_ms: Column, frame_ms: Column
) -> Score:
    """The score of every stream behind one buffer of `BUFFERS`.

    `states` (n,) STREAM; `path_ms` is the way through the network, half the round trip, 0 where unknown; `frame_ms` is
    how much sound a packet holds, which is the time it takes to fill it.
    """
    late, share, ratio = _gone(states, buffer, expected, lost)
    one_way = path_ms + depth_ms(states, buffer) + np.nan_to_num(frame_ms) + np.nan_to_num(codecs.lookahead_ms)
    r_lq = emodel.rating(codecs, 100.0 * share, ratio)
    r_cq = emodel.rating(codecs, 100.0 * share, ratio, one_way)
    return Score(late, one_way, r_lq, emodel.mos(codecs, r_lq), r_cq, emodel.mos(codecs, r_cq))


def depth_ms(states: NDArray[Any], buffer: str) -> Column:
    """What a buffer waits after the quickest packet: always the same, or the mean of one that adapts."""
    if buffer == "adaptive":
        return np.asarray(states["depth_sum"] / np.maximum(states["depth_count"], 1), np.float64)
    return np.full(len(states), float(buffer))


def _gone(states: NDArray[Any], buffer: str, expected: Any, lost: Any) -> tuple[NDArray[np.int64], Column, Column]:
    """What the buffer throws away; the share of that and of what was lost, 0 to 1; BurstR of both together."""
    place = BUFFERS.index(buffer)
    late = states["late"][:, place].astype(np.int64)
    share = np.minimum((lost + late) / np.maximum(expected, 1), 1.0)
    return late, share, emodel.burst_ratio(lost + late, states["loss_bursts"] + states["late_runs"][:, place], share)


def main_rating(states: NDArray[Any], codecs: Impairments, expected: Any, lost: Any, rtt_ms: Column) -> Column:
    """R as `mos` has it: behind the fixed buffer of 50 ms, with delay only where RTCP tells the round trip."""
    _, share, ratio = _gone(states, BUFFERS[0], expected, lost)
    one_way = np.where(np.isnan(rtt_ms), 0.0, rtt_ms / 2 + FIXED_MS)
    return np.asarray(emodel.rating(codecs, 100.0 * share, ratio, one_way), np.float64)
