"""After which start of Asterisk a line is."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.asterisk.log.made import left, logs, said, step, written
from xivolab.asterisk.log.boots import boot_of


def test_lines_of_two_starts(tmp_path: Path) -> None:
    call = said(step("Dial", "PJSIP/bob"), left())
    again = said(
        "[Nov 23 07:52:00] VERBOSE[1] asterisk.c: Asterisk Ready.", step("Dial", "PJSIP/bob"), left(), first=30
    )
    read = logs(written(tmp_path, call + again))
    assert [group.boot for told in read.calls for group in told.groups] == [0, 1]
    assert boot_of(read)(0, np.array([1, 2, 3, 4, 99])).tolist() == [0, 0, 1, 1, 1]


def test_a_start_in_another_file(tmp_path: Path) -> None:
    call = said(step("Dial", "PJSIP/bob"), left())
    again = said(
        "[Nov 23 07:53:00] VERBOSE[1] asterisk.c: Asterisk Ready.",
        step("Dial", "PJSIP/bob"),
        left(),
        date="Nov 23 07:53:",
    )
    read = logs(written(tmp_path, again, "full"), written(tmp_path, call, "full.1"))
    assert boot_of(read)(1, np.array([1, 9])).tolist() == [0, 0]
    assert boot_of(read)(0, np.array([1, 9])).tolist() == [1, 1]


def test_a_log_without_calls_is_of_one_start(tmp_path: Path) -> None:
    read = logs(written(tmp_path, "[Nov 23 07:51:49] NOTICE[1] a.c: nothing\n"))
    assert boot_of(read)(0, np.array([1])).tolist() == [0]
