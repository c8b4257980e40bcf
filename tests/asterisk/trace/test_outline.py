"""The tree as rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.asterisk.trace.dialplan import ALICE, Log, gates_open, to_user, to_voicemail
from xivolab.asterisk.trace.build import build
from xivolab.asterisk.trace.decide import decide
from xivolab.asterisk.trace.outline import outline


def call() -> Log:
    log = (
        gates_open(to_user(Log()))
        .run("s@user:48", "Dial", "PJSIP/bob,30")
        .say("Called PJSIP/bob")
        .say("Nobody picked up in 30000 ms")
    )
    log.run("s@user:49", "Goto", "user,NOANSWER,1").goto("user", "NOANSWER", 1)
    return to_voicemail(log, "NOANSWER").spawn()


def test_rows_hold_every_record_once_and_in_order() -> None:
    log = call()
    rows = outline(log.tree())
    assert [line.number for row in rows for line in row.lines] == [line.number for line in log.lines]


def test_a_subroutine_with_one_decision_takes_one_row() -> None:
    log = (
        Log()
        .run("9@in:1", "Gosub", "sub,s,1")
        .run("s@sub:1", "Answer")
        .run("s@sub:2", "Return")
        .run("9@in:2", "Hangup")
    )
    assert list(log.told())[1:] == ["  9 in context in", "  the PBX itself answers", "  the PBX hangs up"]


def test_a_subroutine_with_more_has_a_heading() -> None:
    log = Log().run("9@in:1", "Gosub", "sub,s,1").run("s@sub:1", "Answer").run("s@sub:2", "Echo")
    assert log.told()[2:] == ["  subroutine sub", "    the PBX itself answers", "    echo test"]


def test_warnings_stand_where_they_were_written() -> None:
    log = Log().run("9@in:1", "Answer").say("Something odd", "WARNING").run("9@in:2", "Hangup")
    assert [line.strip() for line in log.told()][2:] == [
        "the PBX itself answers",
        "WARNING: Something odd",
        "the PBX hangs up",
    ]


def test_no_dialplan_no_rows() -> None:
    assert outline(decide(build([]))) == []


def test_channels_stand_one_after_the_other() -> None:
    log = Log().run("9@in:1", "Answer").run("8@in:1", "Echo", channel="PJSIP/zed-00000008", thread=9)
    assert [line for line in log.told() if not line.startswith(" ")] == [ALICE, "PJSIP/zed-00000008"]


@given(st.data())
def test_any_lines_are_all_there(data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(call().lines), max_size=30, unique_by=lambda line: line.number))
    rows = outline(decide(build(kept)))
    if rows:
        assert sorted(line.number or 0 for row in rows for line in row.lines) == sorted(
            line.number or 0 for line in kept
        )
