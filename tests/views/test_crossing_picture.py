"""A ladder with two points in pixels: dots where it was seen, a cross where it was lost, a sign where it was rewritten."""

from __future__ import annotations

from tests.views.crossings import made_captions, made_flow
from xivolab.views.crossing_picture import crossing_scene
from xivolab.views.html import html
from xivolab.views.scene import Group, Line, Mark, Scene, Text


def scene(lang: str = "en") -> Scene:
    return crossing_scene(made_flow(), made_captions(lang), secrets=False)


def messages() -> list[Group]:
    return [group for group in scene().groups() if group.kind == "message"]


def test_each_point_has_a_line_from_top_to_bottom() -> None:
    points = [item for item in scene().items if isinstance(item, Line) and item.ink == "edge"]
    assert len(points) == 2
    assert {(line.y1, line.y2) for line in points} == {(points[0].y1, points[0].y2)}
    assert all(line.dash == "dashed" for line in points)


def test_a_message_that_passed_has_a_dot_on_both_and_one_elsewhere_none() -> None:
    dots = [sum(isinstance(item, Mark) and not item.text for item in group.items) for group in messages()]
    assert dots == [2, 2, 0, 1]


def test_a_lost_message_ends_at_a_cross_between_the_points() -> None:
    points = [item.x1 for item in scene().items if isinstance(item, Line) and item.ink == "edge"]
    lost = messages()[3]
    (cross,) = [item for item in lost.items if isinstance(item, Text) and item.text == "✖"]
    assert points[0] < cross.x < points[1]
    assert max(item.x2 for item in lost.items if isinstance(item, Line)) <= cross.x


def test_a_rewritten_message_is_marked_and_opens_on_its_differences() -> None:
    marks = [[item.text for item in group.items if isinstance(item, Mark)] for group in messages()]
    assert ["≠" in texts for texts in marks] == [True, False, False, False]
    details = messages()[0].details
    assert details is not None
    assert details.text.startswith("≠ 2 differences")
    assert "<details" in html(scene(), "")


def test_the_legend_has_the_signs_in_both_languages() -> None:
    for lang, words in (
        ("en", {"seen here", "lost on the way", "rewritten"}),
        ("fr", {"vu ici", "perdu en route", "réécrit"}),
    ):
        assert words <= {item.text for item in scene(lang).items if isinstance(item, Text)}
