"""The counters in pixels."""

from __future__ import annotations

from datetime import UTC

import pytest

from xivolab.asterisk.cli.series import MEASURES, CounterTrack, Point
from xivolab.views.counters_picture import MOST_TRACKS, counters_scene
from xivolab.views.counters_words import CounterWords
from xivolab.views.scene import Curve, Group, Text

LAST = {"rx_packets": 10, "rx_lost": 0, "tx_packets": 10, "tx_lost": None}


def track(*losses: float | None) -> CounterTrack:
    points = tuple(Point(float(n), {**dict.fromkeys(MEASURES), "rx_loss": loss}) for n, loss in enumerate(losses))
    return CounterTrack("a-00000001\x1b[31m", "alaw", None, points, LAST)


def items(*losses: float | None) -> list[object]:
    [group] = counters_scene([track(*losses)], CounterWords("en", UTC)).groups()
    return list(group.items)


def test_a_gap_parts_the_curve() -> None:
    curves = [item for item in items(1.0, 2.0, None, 3.0) if isinstance(item, Curve)]

    assert [len(curve.points) for curve in curves] == [2, 1]


def test_what_nobody_reported_is_a_word() -> None:
    texts = [item.text for item in items(None, None) if isinstance(item, Text)]

    assert texts.count("not reported") == len(MEASURES)
    assert "10 sent, loss unknown" in texts


def test_control_characters_are_pictures_and_too_many_channels_are_left_out() -> None:
    scene = counters_scene([track(1.0)] * (MOST_TRACKS + 5), CounterWords("en", UTC))
    groups = [item for item in scene.items if isinstance(item, Group)]

    assert len(groups) == MOST_TRACKS
    assert "\x1b" not in groups[0].title


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_there_is_room_for_all_words(lang: str) -> None:
    scene = counters_scene([track(1.0)], CounterWords(lang, UTC))
    texts = [item.text for item in scene.items if isinstance(item, Text)]
    texts += [item.text for group in scene.groups() for item in group.items if isinstance(item, Text)]
    assert not any(text.endswith("…") for text in texts), texts
