"""Waveform and spectrogram as a scene."""

from __future__ import annotations

from itertools import pairwise

import xivolab
from tests.captures import ROOT
from xivolab.views.audio_picture import next_step
from xivolab.views.scene import Curve, Group, Line, Raster, Scene, Text


def scene(name: str, lang: str = "en") -> Scene:
    return xivolab.open(ROOT / "captures" / name).call(0).audio(lang=lang).scene()


def of(group: Group, kind: type) -> list:
    return [item for item in group.items if isinstance(item, kind)]


def test_each_side_has_a_waveform_a_spectrogram_and_an_axis() -> None:
    sides = [group for group in scene("clean-call").groups() if group.kind == "side"]
    assert len(sides) == 2
    for side in sides:
        (curve,) = of(side, Curve)
        assert len(curve.points) == 1600
        assert len(of(side, Raster)) == 2
        assert "10" in [text.text for text in of(side, Text)]


def test_lost_packets_have_a_line_and_a_sign() -> None:
    without, lossy = (group for group in scene("packet-loss").groups() if group.kind == "side")
    assert sum(line.ink == "failure" for line in of(lossy, Line)) > 50
    assert not [line for line in of(without, Line) if line.ink == "failure"]
    assert sum(text.text == "✖" for text in of(lossy, Text)) > 10


def test_digits_stand_at_their_time_and_pauses_are_open() -> None:
    caller, callee = (group for group in scene("dtmf-menu").groups() if group.kind == "side")
    assert [text.text for text in of(caller, Text) if text.text.startswith("▾")] == ["▾4", "▾2"]
    assert [line.dash for line in of(callee, Line)].count("dotted") == 3


def test_a_side_without_packets_is_told_in_words() -> None:
    caller, _ = (group for group in scene("one-way-audio", "fr").groups() if group.kind == "side")
    assert [text.text for text in of(caller, Text)] == ["ce que dit l’appelant", "aucun flux dans ce sens"]


def test_steps_of_the_axis_are_round() -> None:
    assert [next_step(value) for value in (0.01, 0.3, 4, 16, 5000)] == [0.1, 0.5, 5, 30, 7200]


def test_losses_are_marked_to_the_end_of_the_call() -> None:
    scene = xivolab.open(ROOT / "captures" / "packet-loss").call(0).audio().scene()
    crosses = [
        item.x for group in scene.groups() for item in group.items if isinstance(item, Text) and item.text == "✖"
    ]
    lines = [
        item.x1 for group in scene.groups() for item in group.items if isinstance(item, Line) and item.ink == "failure"
    ]
    assert max(lines) - max(crosses) < 20
    assert all(b - a >= 9 for a, b in pairwise(crosses))
