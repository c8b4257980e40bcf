"""Logs read block by block."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from tests.asterisk.log.made import SAMPLES, messages, written
from xivolab.asterisk.log import LogReader
from xivolab.evidence.source import Source

LINE = "[Aug 12 10:13:30] NOTICE[23] a.c: x\n"


def test_a_packed_log_is_read_as_it_is(tmp_path: Path) -> None:
    packed = written(tmp_path, gzip.compress(SAMPLES[0].read_bytes()), "full.2.gz")
    assert messages(packed) == messages(SAMPLES[0])


def test_a_packed_log_that_is_cut_is_told(tmp_path: Path) -> None:
    packed = written(tmp_path, gzip.compress(SAMPLES[0].read_bytes())[:-400])
    whole, found = messages(SAMPLES[0]), messages(packed)
    assert found[:-1] == whole[: len(found) - 1]
    assert len(found) > len(whole) // 2
    reader = LogReader(Source(packed))
    for _ in reader.blocks():
        pass
    assert "unpacking stopped" in reader.problems[0].what


def test_a_record_larger_than_a_block_is_one_record(tmp_path: Path) -> None:
    text = LINE + "\n".join(["y" * 50] * 100) + "\n" + LINE
    assert [len(message) for _, _, message in messages(written(tmp_path, text), 64)] == [1 + 1 + 100 * 51 - 1, 1]


def test_records_without_a_known_date_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "[the 3rd of May, at noon] NOTICE[23] a.c: x\n" + LINE)
    reader = LogReader(Source(path))
    assert sum(block.count for block in reader.blocks()) == 2
    assert reader.problems[0].what.startswith("1 records have no date")


def test_levels_have_names(tmp_path: Path) -> None:
    names = ["DEBUG", "TRACE", "NOTICE", "WARNING", "ERROR", "VERBOSE", "DTMF", "SECURITY", "FAX", "CC", "billing"]
    path = written(tmp_path, "text\n" + "".join(LINE.replace("NOTICE", name) for name in names))
    assert [level for level, _, _ in messages(path)] == [None, *names]


def test_rows_with_a_pattern_are_given_once(tmp_path: Path) -> None:
    path = tmp_path / "full"
    line = "[2026-11-25 09:00:00] VERBOSE[7] pbx.c: {}\n"
    path.write_text(line.format("one") + line.format("two two") + line.format("three\ntwo"))
    found = [
        block.text(block.rows["message"][row], block.rows["end"][row])
        for block in LogReader(Source(str(path))).blocks()
        for row in block.rows_with(re.compile(rb"two"))
    ]
    assert found == ["two two", "three\ntwo"]
