"""A log in parts that overlap, and what is kept of it."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from tests.asterisk.log.made import written
from tests.asterisk.log.searched import busy_log
from xivolab.asterisk.log import search
from xivolab.asterisk.log.facts import LogFacts
from xivolab.asterisk.log.logs import LogFile, Logs
from xivolab.asterisk.log.reader import LogReader
from xivolab.asterisk.log.search import NotQuickError, SearchedLog, chunks
from xivolab.evidence.source import Source

BLOCK = 1 << 14


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "CARRY", 1 << 12)


def log(folder: Path, size: int = 0, *, packed: bool = False) -> Path:
    text = b"".join(busy_log(random.Random(4), 60, 1))
    text = text[: size or len(text)]
    return written(folder, gzip.compress(text) if packed else text)


def learnt_nothing(records: object, ids: object) -> list[bytes]:
    return []


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("size", [1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 1000, 3 * BLOCK + 3000])
def test_the_parts_are_the_whole(tmp_path: Path, size: int, packed: bool) -> None:
    source = Source(log(tmp_path, size, packed=packed))
    with source.open() as raw:
        whole = raw.read(1 << 20)
    for begin in (0, 1, BLOCK - 2048, BLOCK - 2049, size // 2, size - 1):
        told, at = b"", None
        for chunk in chunks(source, BLOCK, min(begin, size - 1)):
            at = chunk.base + chunk.ripe if at is None else at
            assert bytes(chunk.raw[: chunk.end]) == whole[chunk.base : chunk.base + chunk.end]
            assert int(chunk.marks.lines.sum()) == whole.count(b"\n", chunk.base + chunk.ripe, chunk.base + chunk.stop)
            told += bytes(chunk.raw[chunk.ripe : chunk.stop])
        assert at is not None
        assert at <= min(begin, size - 1)
        assert told == whole[at:]


@pytest.mark.parametrize("packed", [False, True])
def test_records_with_a_word_are_kept_whole_with_their_lines(tmp_path: Path, packed: bool) -> None:
    path = log(tmp_path, packed=packed)
    found = SearchedLog(Source(path), LogFacts(str(path)), BLOCK)
    found.search([b"PJSIP/alice-000000"], learnt_nothing)
    found.look_back({b"PJSIP/bob-000001": 0})
    found.look_back({b"PJSIP/bob-000001": 0, b"[C-00000021]": 30_000})
    kept = {
        (int(row["line"]), block.text(int(row["start"]), int(row["next"])))
        for block in found.blocks()
        for row in block.rows[: block.count]
    }
    for block in LogReader(Source(path)).blocks():
        for row in block.rows[: block.count]:
            record = (int(row["line"]), block.text(int(row["start"]), int(row["next"])))
            if "PJSIP/alice-000000" in record[1] or "PJSIP/bob-000001" in record[1]:
                assert record in kept
    assert any("[C-00000021]" in text for _, text in kept)


def test_what_its_times_need_is_noted(tmp_path: Path) -> None:
    path = log(tmp_path)
    found = SearchedLog(Source(path), LogFacts(str(path)), BLOCK)
    found.search([b"[C-00000001]"], learnt_nothing)
    (whole,) = Logs([LogFile(str(path), Source(path))]).facts
    names = ("first", "last", "clock", "version", "built")
    assert [getattr(found.facts, name) for name in names] == [getattr(whole, name) for name in names]


def test_a_part_can_be_cut_out(tmp_path: Path) -> None:
    path = log(tmp_path)
    whole = path.read_bytes()
    for begin, end in ((0, 100), (BLOCK - 3000, BLOCK + 9000), (20_000, len(whole)), (0, len(whole))):
        found = SearchedLog(Source(path), LogFacts(str(path)), BLOCK)
        found.search([b"no such word"], learnt_nothing)
        found.pieces.clear()
        found.cut(begin, end)
        kept = b"".join(piece.data for piece in found.pieces.values())
        assert kept in whole
        first = whole.index(kept)
        assert whole.rfind(b"\n[", 0, begin + 1) <= first <= max(whole.find(b"\n[", begin), 0) + 1
        assert first + len(kept) >= end - 300
        assert found.holds(whole[begin + 10 : begin + 30], begin, end)


def test_a_record_that_is_longer_than_what_is_held(tmp_path: Path) -> None:
    path = written(
        tmp_path, log(tmp_path).read_bytes()[: 2 * BLOCK] + b"more of it\n" * 3000 + b"the word\n" + b"\n" * 9000
    )
    with pytest.raises(NotQuickError):
        SearchedLog(Source(path), LogFacts(str(path)), BLOCK).search([b"the word"], learnt_nothing)
