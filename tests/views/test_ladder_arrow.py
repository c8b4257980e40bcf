"""Messages in a ladder."""

from __future__ import annotations

from xivolab.testing import ALICE, BOB, START, tcall, tmessage
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


def test_arrows_go_from_sender_to_receiver_row_below_row() -> None:
    drawn = scene(tcall())
    lanes = [next(item.x for item in group.items if isinstance(item, Text)) for group in groups(drawn, "host")]
    arrows = [next(item for item in group.items if isinstance(item, Line)) for group in groups(drawn, "message")]
    assert arrows[0].x1 == lanes[0]
    assert abs(arrows[0].x2 - lanes[1]) < 3
    assert arrows[1].x2 < arrows[1].x1  # the answer comes back
    assert [arrow.y1 for arrow in arrows] == sorted(arrow.y1 for arrow in arrows)
    assert all(arrow.head for arrow in arrows)


def test_a_message_to_oneself_and_one_from_nobody() -> None:
    drawn = scene(tcall([tmessage(dst=f"{ALICE}:5060"), tmessage(src=None)], []))
    assert len(groups(drawn, "message")) == 2


def test_tooltips_tell_the_exact_time() -> None:
    first = groups(scene(tcall([tmessage(at=0.25)], [], start=START)), "message")[0]
    assert "2023-11-14 22:13:20.250 UTC" in first.title


def test_labels_stand_beside_the_sender_not_across_the_lanes_between() -> None:
    drawn = scene(tcall([tmessage(dst=f"{BOB}:5060")], []))
    lanes = [next(item.x for item in group.items if isinstance(item, Text)) for group in groups(drawn, "host")]
    (message,) = groups(drawn, "message")
    label = next(item for item in message.items if isinstance(item, Text) and item.text.startswith("INVITE"))
    assert lanes[0] < label.x < lanes[1]


def test_an_open_message_gives_its_display_filter() -> None:
    drawn = scene(tcall([tmessage(frame=7), tmessage(at=1, frame=None)], []))
    assert [group.details and group.details.command for group in groups(drawn, "message")] == ["frame.number == 7", ""]
