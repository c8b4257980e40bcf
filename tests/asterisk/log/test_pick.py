"""Which records are looked at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asterisk.log.made import SAMPLES, framed, said, step, written
from xivolab.asterisk.log import LogReader
from xivolab.asterisk.log.happenings import read_record
from xivolab.asterisk.log.pick import INVITE, MARK, NOTHING, STEP, STORY, pick_records
from xivolab.asterisk.log.rows import RECORD
from xivolab.evidence.source import Source


def picked(path: Path) -> list[tuple[int, str]]:
    seen, found = np.zeros(1 << 14, np.int64), []
    for block in LogReader(Source(path)).blocks():
        kinds = np.zeros(block.count, np.uint8)
        assert pick_records(block.buffer, block.rows, block.count, seen, kinds) == np.count_nonzero(kinds)
        found += [
            (int(kinds[k]), block.text(block.rows[k]["message"], block.rows[k]["end"])) for k in range(block.count)
        ]
    return found


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (step("Dial", "PJSIP/bob,20"), STEP),
        (step("Set", "XIVO_SRCNUM=1"), STEP),
        (step("Set", "__WAZO_DSTNUM=1"), STEP),
        (step("Set", "XIVO_DSTID=1"), NOTHING),
        (step("NoOp", "SIP Call-ID for this call: x"), STEP),
        (step("NoOp", "hello"), NOTHING),
        (step("Gosub", "user,s,1"), NOTHING),
        ("app_dial.c: Called PJSIP/bob", STORY),
        ("app_queue.c: Called PJSIP/bob", STORY),
        ("pbx_builtins.c: Goto (user,s,14)", NOTHING),
        ("pbx.c: Auto fallthrough, channel 'a' status is 'UNKNOWN'", STORY),
        ("asterisk.c: Asterisk Ready.", MARK),
        ("asterisk.c: Remote UNIX connection", NOTHING),
        (
            "res_pjsip_logger.c: <--- Received SIP request (4 bytes) from UDP:1.2.3.4:5 --->\nINVITE sip:x@y SIP/2.0",
            INVITE,
        ),
        (
            "res_pjsip_logger.c: <--- Received SIP request (4 bytes) from UDP:1.2.3.4:5 --->\nBYE sip:x@y SIP/2.0",
            NOTHING,
        ),
    ],
)
def test_what_is_looked_at(tmp_path: Path, line: str, kind: int) -> None:
    before = said(step("NoOp", "first of its call"))
    assert picked(written(tmp_path, before + said(line)))[-1][0] == kind


def test_the_first_step_of_each_call_is_looked_at_whatever_it_is(tmp_path: Path) -> None:
    text = said(step("NoOp"), step("NoOp"))
    again = "[Nov 23 07:51:59] Asterisk 22.1 built by x\n"
    other = said(step("NoOp"), callid=0x4001)  # its number falls on the place of the first
    assert [kind for kind, _ in picked(written(tmp_path, text + other + again + text))] == [
        STEP, NOTHING, STEP, MARK, STEP, NOTHING,
    ]  # fmt: skip


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_what_is_left_out_tells_nothing_of_a_call(path: Path) -> None:
    for kind, text in picked(path):
        told = read_record(STORY, text.encode())
        if kind == NOTHING and told is not None:
            if told.what == "called":  # of dial.c: an originated call, which has no call id yet
                continue
            assert told.what == "step", text
            assert told.facts[3] in ("Gosub", "Return", "Set", "NoOp", "Goto", "GotoIf", "Wait"), text


@given(
    st.lists(
        st.binary(max_size=60) | st.sampled_from([b"Executing [", b"[a@b:1] Set(", b"<--- ", b"a_SRC"]), max_size=6
    )
)
def test_any_message_is_looked_at_without_harm(parts: list[bytes]) -> None:
    data = b"[Nov 23 07:51:49] VERBOSE[1][C-00000001] pbx.c: " + b"".join(parts)
    rows = np.zeros(64, RECORD)
    found = framed(data)[:64]
    for row, record in zip(rows, found, strict=False):
        for name in record:
            row[name] = record[name]
    kinds = np.zeros(64, np.uint8)
    pick_records(np.frombuffer(data + b"\0", np.uint8), rows, len(found), np.zeros(16, np.int64), kinds)
    assert kinds.max() <= INVITE
