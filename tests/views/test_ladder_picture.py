"""How a ladder is laid out in pixels."""

from __future__ import annotations

from xivolab.testing import tcall, tmessage, tstream
from xivolab.testing.calls import MadeCall
from xivolab.views.captions import Captions
from xivolab.views.flow import flow
from xivolab.views.ladder_picture import ladder_scene
from xivolab.views.scene import Box, Group, Line, Scene, Text


def scene(call: MadeCall) -> Scene:
    found = flow(call)
    return ladder_scene(found, Captions(call, found, "en"), secrets=False)


def groups(scene: Scene, kind: str) -> list[Group]:
    return [group for group in scene.groups() if group.kind == kind]


def bands(scene: Scene) -> list[Box]:
    return [item for item in scene.items if isinstance(item, Box) and item.fill == "media"]


def test_nothing_leaves_the_picture() -> None:
    drawn = scene(tcall())
    for group in groups(drawn, "message"):
        for item in group.items:
            if isinstance(item, Line):
                assert min(item.x1, item.x2) >= 0
                assert max(item.x1, item.x2) <= drawn.width
            if isinstance(item, Text):
                assert drawn.head < item.y < drawn.height


def test_the_legend_explains_what_is_there_and_no_more() -> None:
    def legend(call: MadeCall) -> set[str]:
        drawn = scene(call)
        return {item.text for item in drawn.items if isinstance(item, Text) and item.y > drawn.height - 30}

    plain = legend(tcall([tmessage()], []))
    assert "request" in plain
    assert not plain & {"response", "4xx, 5xx, 6xx", "retransmission"}
    assert {"4xx, 5xx, 6xx", "retransmission"} <= legend(tcall([tmessage("SIP/2.0 486 Busy", retransmission=True)], []))


def test_a_call_without_anything_is_a_sentence() -> None:
    assert scene(tcall([], [])).title == "This call has no SIP messages."
    assert len(groups(scene(tcall([], [tstream()])), "stream")) == 1
