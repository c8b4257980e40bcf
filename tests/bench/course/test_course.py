"""77999 calls 70060: the steps of the course's log."""

from __future__ import annotations

from pathlib import Path

from tests.bench.course.desk import Desk
from tests.bench.course.steps import steps
from xivolab.bench.model.presets import course
from xivolab.bench.render import difference

COURSE = Path(__file__).with_name("77999_calls_70060.txt").read_text(encoding="utf-8").splitlines()


def test_77999_calls_70060_as_in_the_course(desk: Desk, tmp_path: Path) -> None:
    """`[exten@context:priority] Application(arguments)` of both channels, ids apart: no difference."""
    desk.use(course())
    assert difference(desk.configuration, desk.bench.pbx.ask) == []
    caller, callee = desk.phone("77999"), desk.phone("70060")
    desk.mark()
    call, there = desk.connect(caller, "70060", callee)
    desk.talk(call, there)
    call.hang_up()
    desk.cel()
    (tmp_path / "full").write_text(desk.log())
    assert steps(tmp_path / "full") == COURSE
