"""A ladder with two points in a terminal."""

from __future__ import annotations

import pytest

from tests.views.crossings import made_captions, made_flow
from xivolab.views.crossing_cells import crossing_cells
from xivolab.views.text import text


def lines(width: int = 80) -> list[str]:
    return text(crossing_cells(made_flow(), made_captions(), width)).splitlines()


@pytest.mark.parametrize("width", [50, 80, 120])
def test_no_line_is_too_long(width: int) -> None:
    assert max(map(len, lines(width))) <= width


def test_names_stand_over_the_lanes_and_who_they_are_before() -> None:
    shown = lines()
    assert shown[3:6] == ["alice  192.168.1.20, 198.51.100.7", "A  phone.pcap", "B  pbx.pcap"]
    assert shown[9].split() == ["alice", "A", "B", "pbx", "bob"]


def test_a_message_that_passed_crosses_both_points() -> None:
    (invite,) = [line for line in lines() if "1 INVITE" in line]
    assert invite.count("●") == 2
    assert "≠" in invite
    assert invite.rstrip("│ ").endswith("▶")


def test_a_lost_message_ends_between_them() -> None:
    (bye,) = [line for line in lines() if "BYE" in line]
    assert bye.count("●") == 1
    assert bye.index("●") < bye.index("✖")
    assert "▶" not in bye


def test_what_belongs_to_another_leg_crosses_nothing() -> None:
    (other,) = [line for line in lines() if "INVITE bob" in line]
    assert "●" not in other
