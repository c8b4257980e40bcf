"""The trace in pixels."""

from __future__ import annotations

from datetime import UTC

from tests.asterisk.trace.dialplan import Log, gates_open, to_user
from xivolab.asterisk.trace.outline import outline
from xivolab.views.scene import Scene, Text
from xivolab.views.trace_picture import trace_scene
from xivolab.views.trace_rows import shown


def scene(log: Log) -> Scene:
    return trace_scene(shown(outline(log.tree()), "en", UTC, secrets=False), "a call", "en")


def test_a_row_for_each_decision_with_its_details() -> None:
    log = gates_open(to_user(Log()))
    groups = [group for group in scene(log).groups() if group.kind == "step"]
    assert len(groups) == len(outline(log.tree()))
    assert all(group.details is None or group.details.text for group in groups)
    tops = [group.details.top for group in groups if group.details is not None]
    assert tops == sorted(tops)


def test_nothing_lies_outside_the_picture() -> None:
    drawn = scene(gates_open(to_user(Log())).run("9@in:1", "Playback", "a" * 300))
    for group in drawn.groups():
        for item in group.items:
            if isinstance(item, Text):
                assert 0 <= item.x < drawn.width
                assert 0 < item.y < drawn.height


def test_an_empty_trace_is_a_sentence() -> None:
    assert "no step" in trace_scene([], "a call", "en").title
