"""The records of one call: what three greps would give, and what they miss."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import xivolab
from tests.asterisk.log.made import SAMPLES, left, logs, said, step, written
from xivolab.asterisk.log.lines import call_lines, named_at

NAMED = "[Nov 23 07:51:30] NOTICE[93] res_pjsip_sdp_rtp.c: Disconnecting channel 'PJSIP/alice-00000000' for lack"
LIKE = "[Nov 23 07:51:30] NOTICE[93] x.c: of 'PJSIP/alice-000000001', another"
SIP = "[Nov 23 07:51:09] VERBOSE[7] res_pjsip_logger.c: <--- Received SIP request (9 bytes) from UDP:1.2.3.4:5 --->\nINVITE sip:1002@x SIP/2.0\r\nFrom: <sip:alice@x>\r\nCall-ID: 6f4b\r\n\r\n"


def test_they_are_those_of_its_call_ids_and_those_that_name_it(tmp_path: Path) -> None:
    mine = [step("NoOp"), step("Dial", "PJSIP/bob"), "app_dial.c: Called PJSIP/bob", NAMED, left()]
    other = said("app_dial.c: Called PJSIP/bob", callid=2)
    text = SIP + said(mine[0]) + other + said(*mine[1:3], first=20) + LIKE + "\n" + said(*mine[3:], first=30)
    made = logs(written(tmp_path, text))
    table = call_lines(made, [made.calls[0]], [])
    assert [line.partition("\n")[0] for line in table["message"].tolist()] == [
        SIP.partition(".c: ")[2].partition("\n")[0],
        *(line.partition(".c: ")[2] for line in mine),
    ]
    assert table["line"].tolist() == [1, 6, 8, 9, 11, 12]


def test_of_two_records_in_one_line_it_is_the_one_of_the_call(tmp_path: Path) -> None:
    cut = "[Nov 23 07:51:09] DEBUG[7] x.c: " + "x" * 20
    made = logs(written(tmp_path, said(step("Dial")) + cut + said(left())))
    assert call_lines(made, [made.calls[0]], [])["level"].tolist() == ["VERBOSE", "VERBOSE"]


def test_they_are_of_one_start_of_asterisk(tmp_path: Path) -> None:
    one = said(step("Dial", "PJSIP/bob"), NAMED, left())
    path = written(
        tmp_path, one + "[Nov 23 07:51:58] VERBOSE[1] asterisk.c: Asterisk Ready.\n" + said(step("Dial"), left())
    )
    made = logs(path)
    assert call_lines(made, [made.calls[1]], [])["line"].tolist() == [5, 6]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_a_recorded_call_has_all_lines_that_grep_finds(path: Path) -> None:
    if path.parent.name == "restart":  # grep finds those of another call with the same id
        return
    case = xivolab.open(path, tz="UTC", year=2026)
    for call in case.call_list():
        table = call.log_lines()
        found = {
            line + n
            for line, lines in zip(table["line"].tolist(), table["lines"].tolist(), strict=True)
            for n in range(lines)
        }
        for number, line in enumerate(path.read_text().splitlines(), 1):
            words = [f"[{log_id}]" for log_id in call.log_ids] + [
                detail["channel"] for detail in call.leg_details if detail.get("channel")
            ]
            if any(word in line for word in words):
                assert number in found
        assert table["line"].tolist() == sorted(table["line"].tolist())


def test_a_name_is_no_part_of_a_longer_one() -> None:
    text = b"PJSIP/a-00000001 PJSIP/a-000000012 xPJSIP/a-00000001;1"
    assert list(named_at(np.frombuffer(text, np.uint8), 0, len(text), [b"PJSIP/a-00000001"])) == [0, 36]
