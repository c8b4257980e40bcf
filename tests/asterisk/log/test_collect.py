"""What is kept of the records of a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.asterisk.log.made import SAMPLES, left, said, step, written
from xivolab.asterisk.log import LogReader
from xivolab.asterisk.log.collect import Collector
from xivolab.asterisk.log.names import Names
from xivolab.asterisk.log.tellings import APPLICATIONS, CALLED, EXITED, STEP
from xivolab.evidence.source import Source


def collected(path: Path, block: int = 4 << 20, marked: bool = False) -> Collector:
    found = Collector(Names(APPLICATIONS), marked)
    for taken in LogReader(Source(path), block).blocks():
        found.take(taken)
    return found


def texts(found: Collector) -> dict[int, bytes]:
    return {row: found.names.text[at : at + size].tobytes() for row, at, size in found.texts.tolist()}


def test_rows_are_those_that_tell_something_and_the_first_of_a_call_has_its_text(tmp_path: Path) -> None:
    text = said(step("NoOp"), step("Goto"), "app_dial.c: Called PJSIP/b", left())
    found = collected(written(tmp_path, text + said(step("Dial"), callid=2)), marked=True)
    assert found.told["what"].tolist() == [STEP, CALLED, EXITED, STEP]
    assert found.told["line"].tolist() == [1, 3, 4, 5]
    assert sorted(texts(found)) == [0, 3]
    assert texts(found)[3].startswith(b"Executing [1002@default:1] Dial(")
    assert len(found.marks) == 4


@pytest.mark.parametrize("path", SAMPLES[:6], ids=lambda path: path.parent.name)
def test_small_blocks_give_the_same(path: Path) -> None:
    whole, parts = collected(path), collected(path, 3000)
    for name in ("what", "how", "line", "time", "callid"):
        assert np.array_equal(whole.told[name], parts.told[name])
    assert texts(whole) == texts(parts)
    assert whole.names.words(whole.told["channel"]) == parts.names.words(parts.told["channel"])
