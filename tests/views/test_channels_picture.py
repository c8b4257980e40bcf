from __future__ import annotations

from tests.asterisk.cel.rows import event, events
from xivolab.asterisk.cel.channels import build
from xivolab.views.channels import channels
from xivolab.views.scene import Box, Group


def test_bars_lie_inside_the_picture_and_under_each_other() -> None:
    made = []
    for n in range(1, 12):
        made += [event(n, "CHAN_START", n), event(n + 1, "BRIDGE_ENTER", n, extra=f'{{"bridge_id":"{n}"}}')]
    made += [event(40, "CHAN_END", n) for n in range(1, 12)]
    scene = channels(build(events(*made)), "many").scene()
    lanes = [one for one in scene.groups() if isinstance(one, Group) and one.kind == "channel"]
    assert len(lanes) == 11
    tops = []
    for lane in lanes:
        boxes = [item for item in lane.items if isinstance(item, Box)]
        assert all(box.x >= 0 and box.x + box.width <= scene.width for box in boxes)
        tops.append(min(box.y for box in boxes))
    assert tops == sorted(tops)
    assert tops[-1] < scene.height
