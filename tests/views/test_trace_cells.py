"""The trace in character cells."""

from __future__ import annotations

from datetime import UTC

from tests.asterisk.trace.dialplan import Log
from xivolab.asterisk.trace.outline import outline
from xivolab.views.text import text
from xivolab.views.trace_cells import trace_cells
from xivolab.views.trace_rows import shown


def drawn(log: Log, width: int) -> list[str]:
    return text(trace_cells(shown(outline(log.tree()), "en", UTC, secrets=False), "a call", "en", width)).splitlines()


def test_guides_show_what_hangs_on_what() -> None:
    log = Log().run("9@in:1", "Gosub", "sub,s,1").run("s@sub:1", "Answer").run("s@sub:2", "Echo")
    lines = drawn(log.run("s@sub:3", "Return").run("9@in:2", "Hangup"), 80)
    assert [line[14:].split(":")[0].rstrip() for line in lines[2:]] == [
        "PJSIP/alice-00000001",
        "├ · 9 in context in",
        "├ subroutine sub",
        "│ ├ · the PBX itself answers",
        "│ └ · echo test",
        "└ · the PBX hangs up",
    ]


def test_long_rows_go_on_below_under_their_guide() -> None:
    lines = drawn(Log().run("9@in:1", "Playback", "a" * 150).run("9@in:2", "Hangup"), 60)
    assert max(map(len, lines)) <= 60
    assert "".join(line[18:].rstrip().removesuffix(":1").rstrip() for line in lines if "aaa" in line).count("a") >= 150


def test_one_file_is_named_once() -> None:
    lines = drawn(Log().run("9@in:1", "Answer"), 80)
    assert lines[0] == "a call  full"
    assert lines[-1].endswith(" :1")
