"""Records in which some words stand."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.asterisk.log.made import SAMPLES, written
from xivolab.asterisk.log import LogReader
from xivolab.asterisk.log.hints import REFUSAL, SIP, hint_records
from xivolab.evidence.source import Source

WORDS = {
    SIP: re.compile(rb"<--- |ransmitting "),
    REFUSAL: re.compile(rb"SecurityEvent=\"|' failed for '|rejected because"),
}


def check(path: Path) -> int:
    found = 0
    for block in LogReader(Source(path)).blocks():
        hints = np.full(block.count, 255, np.uint8)
        count = hint_records(block.buffer, block.rows, block.count, hints)
        for row, hint in zip(block.rows, hints.tolist(), strict=False):
            text = block.buffer[row["start"] : row["next"]].tobytes()
            assert hint == sum(bit for bit, words in WORDS.items() if words.search(text)), text
        assert count == np.count_nonzero(hints)
        found += count
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_they_are_those_that_a_regular_expression_finds(path: Path) -> None:
    assert check(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=40),
            st.sampled_from([b"<--- ", b"<-", b"tti", b"ransmitting ", b"yE", b"d b", b"' f", b"x" * 31]),
            st.sampled_from([b'SecurityEvent="', b"' failed for '", b"rejected because"]),
            st.just(b"\n[Nov 23 07:51:49] NOTICE[1] a.c: "),
        ),
        max_size=12,
    )
)
def test_in_any_records(tmp_path: Path, parts: list[bytes]) -> None:
    check(written(tmp_path, b"[Nov 23 07:51:49] VERBOSE[1] a.c: " + b"".join(parts) + b"\n"))
