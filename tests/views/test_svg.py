"""The SVG painter."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from xivolab.views.scene import Box, Curve, Group, Line, Mark, Scene, Text
from xivolab.views.svg import items, svg

NS = {"s": "http://www.w3.org/2000/svg"}


def drawn(*things: object) -> ElementTree.Element:
    return ElementTree.fromstring(svg(Scene(100, 50, things, "A title")))  # type: ignore[arg-type]


def test_a_file_stands_alone() -> None:
    root = drawn(Text(1, 2, "hello"))
    assert (root.get("width"), root.get("height"), root.get("aria-label")) == ("100", "50", "A title")
    style = root.findtext("s:style", namespaces=NS) or ""
    assert "prefers-color-scheme:dark" in style
    assert ".xv .f-paper{fill:#ffffff}" in style
    paper = root.find("s:rect", NS)
    assert paper is not None
    assert paper.get("class") == "f-paper"


def test_everything_from_a_capture_is_escaped() -> None:
    nasty = "<script>alert(1)</script>&\"'\x00]]>"
    root = drawn(Group("message", (Text(0, 0, nasty), Mark(5, 5, nasty)), title=nasty))
    shown = nasty.replace("\x00", "␀")
    assert [text.text for text in root.iterfind(".//s:text", NS)] == [shown, shown]
    assert root.findtext(".//s:g/s:title", namespaces=NS) == shown
    assert root.find(".//s:script", NS) is None


def test_an_arrow_is_a_line_with_a_head() -> None:
    root = drawn(Line(0, 10, 90, 10, ink="request", head=True, dash="dashed"))
    line, head = root.find("s:line", NS), root.find("s:polygon", NS)
    assert line is not None
    assert line.get("stroke-dasharray")
    assert head is not None
    assert head.get("points", "").startswith("90,10 ")


def test_no_element_has_an_id_that_could_meet_another() -> None:
    root = drawn(Line(0, 0, 9, 9, head=True), Mark(1, 1, "1", shape="diamond"), Box(0, 0, 5, 5, fill="media"))
    assert [element for element in root.iter() if element.get("id")] == []


@pytest.mark.parametrize(("points", "tag"), [(((1.0, 2.0),), "circle"), (((1.0, 2.0), (3.0, 4.0)), "polyline")])
def test_a_curve_of_one_point_is_a_dot(points: tuple[tuple[float, float], ...], tag: str) -> None:
    assert drawn(Curve(points)).find(f"s:{tag}", NS) is not None


def test_numbers_are_short() -> None:
    assert 'x="1" y="2.3"' in items((Text(1.0, 2.349, "a"),))
