from __future__ import annotations

import pytest

from tests.asterisk.cel.rows import event, events
from xivolab.asterisk.cel.channels import build
from xivolab.views.channels import channels


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_lines_fit_and_bars_reach_the_end(width: int) -> None:
    made = [event(0, "CHAN_START", 1, cid_num="1001"), event(5, "ANSWER", 1), event(10, "CHAN_END", 1)]
    lines = channels(build(events(*made)), "1001 → 1002").text(width).splitlines()
    assert all(len(line) <= width for line in lines)
    assert lines[2].endswith("─")
    assert len(lines[2]) == width
    assert lines[2].count("·") >= 2
