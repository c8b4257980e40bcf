"""Where the lanes and rows of a ladder stand."""

from __future__ import annotations

import itertools

import pytest

from xivolab.testing import PBX, START, tcall, tmessage, tstream
from xivolab.testing.calls import MadeCall
from xivolab.views.captions import Captions
from xivolab.views.flow import flow
from xivolab.views.ladder_grid import Grid


def grid(call: MadeCall) -> Grid:
    found = flow(call)
    return Grid(found, Captions(call, found, "en"))


def test_rows_follow_each_other_without_a_gap() -> None:
    strips = grid(tcall()).strips
    assert all(above.bottom == below.top for above, below in itertools.pairwise(strips))


def test_lanes_are_as_far_apart_as_labels_want_within_limits() -> None:
    def step(first_line: str) -> float:
        return grid(tcall([tmessage(first_line)], [])).step

    assert step("BYE sip:x SIP/2.0") < step("SIP/2.0 200 OK") < step(f"SIP/2.0 500 {'x' * 40}")
    assert step(f"SIP/2.0 500 {'x' * 400}") == step(f"SIP/2.0 500 {'x' * 800}")


def test_a_text_stands_beside_the_sender_if_it_fits() -> None:
    lanes = grid(tcall())
    assert lanes.middle(0, 2, 50) == (lanes.x(0) + lanes.x(1)) / 2
    assert lanes.middle(2, 0, 50) == (lanes.x(1) + lanes.x(2)) / 2
    assert lanes.middle(0, 2, 9999) == lanes.x(1)
    assert lanes.x(1) < lanes.middle(1, 1, 50) < lanes.x(2)


@pytest.mark.parametrize(("after", "share"), [(5, 0.25), (10, 0.5), (18, 0.9)])
def test_a_moment_of_an_idle_time_stands_in_proportion(after: float, share: float) -> None:
    messages = [tmessage(at=0), tmessage(at=20)]
    lanes = grid(tcall(messages, [tstream(f"{PBX}:1", f"{PBX}:2", start=0, end=20)]))
    begun, idle = lanes.strips[1], lanes.strips[2]
    assert lanes.y_of(START + after, begun) == pytest.approx(idle.top + share * (idle.bottom - idle.top))
