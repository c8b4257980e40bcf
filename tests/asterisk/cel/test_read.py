from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import xivolab
from tests.asterisk.cel.rows import ROOT, SAMPLES
from xivolab.asterisk.cel.read import CelFile, CelRead, decoded, read_files
from xivolab.evidence.source import Source

BLIND = ROOT / "sample_logs" / "blind-transfer"
WITH_CALLS = [folder for folder in SAMPLES if (folder / "cel.csv").stat().st_size]


def read(*paths: Path, kind: str = "") -> CelRead:
    kinds = {".csv": "cel-csv", ".txt": "cel-psql", ".conf": "cel-mapping"}
    return read_files(
        [
            CelFile(str(path), kind or kinds[path.suffix], Source(path), n, ZoneInfo("Asia/Tokyo"))
            for n, path in enumerate(paths)
        ]
    )


@pytest.mark.parametrize("folder", WITH_CALLS, ids=lambda folder: folder.name)
def test_csv_and_psql_of_the_same_rows_give_the_same_events(folder: Path) -> None:
    csv, psql = read(folder / "cel.csv").events, read(folder / "cel.txt").events
    assert [(one.time, one.eventtype, one.uniqueid, one.extra) for one in csv] == [
        (one.time, one.eventtype, one.uniqueid, one.extra) for one in psql
    ]
    assert [one.zone for one in csv] == ["told"] * len(csv)
    assert {one.zone for one in psql} == {"uniqueid"}  # UTC by the ids, Tokyo by what was said


@pytest.mark.parametrize("folder", WITH_CALLS, ids=lambda folder: folder.name)
def test_events_in_two_files_are_there_once_and_complete_each_other(folder: Path) -> None:
    both = read(folder / "cel.csv", folder / "cel.txt").events
    assert len(both) == len(read(folder / "cel.csv").events)
    assert all(one.number is not None for one in both)


def test_rows_in_descending_order(tmp_path: Path) -> None:
    text = (BLIND / "cel.txt").read_text().split("\n")
    end = next(n for n, line in enumerate(text) if line.startswith("("))
    turned = tmp_path / "cel.txt"
    turned.write_text("\n".join([*text[:2], *reversed(text[2:end]), *text[end:]]))
    there = [(one.time, one.number) for one in read(BLIND / "cel.txt").events]
    assert [(one.time, one.number) for one in read(turned).events] == there


def test_events_by_number(tmp_path: Path) -> None:
    path = tmp_path / "cel.csv"
    path.write_text("eventtype,eventtime,uniqueid,linkedid\n1,1795420050.5,1795420050.0,1795420050.0\n")
    assert [one.eventtype for one in read(path).events] == ["CHAN_START"]


def test_lines_that_are_no_rows_are_told(tmp_path: Path) -> None:
    path = tmp_path / "cel.csv"
    path.write_text((BLIND / "cel.csv").read_text() + "half a r\n")
    found = read(path)
    assert [(one.place, one.what) for one in found.problems] == [("line 25", "1 line is no row of CEL")]
    assert len(found.events) == 24


def test_other_tables_of_psql_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "psql.txt"
    path.write_text(
        " id | date | source_exten | answered\n----+------+----+----\n 65 | 2025-08-27 17:40:32 | 2000 | f\n(1 row)\n\n"
        " time | callid | queuename | event\n----+----+----+----\n 2025-08-27 17:40:32 | 1.1 | q | ABANDON\n(1 row)\n"
    )
    found = read(path)
    assert ([len(table.rows) for _, table in found.journal], [len(table.rows) for _, table in found.queues]) == (
        [1],
        [1],
    )
    assert found.events == []


def test_texts_of_other_systems(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        path = tmp_path / "text"
        path.write_bytes("é".encode(encoding))
        assert decoded(Source(path)) == "é"


def test_lines_of_a_log_and_a_table_in_one_paste_are_both_read(tmp_path: Path) -> None:
    line = '[Nov 23 07:47:30] VERBOSE[7][C-00000001] pbx.c: Executing [1002@default:1] NoOp("PJSIP/alice-00000000", "") in new stack\n'
    path = tmp_path / "mail.txt"
    path.write_text(f"Bonjour,\n{line}\n{(BLIND / 'cel.txt').read_text()}")
    case = xivolab.open(path, tz="UTC")
    assert [file.kind for file in case.files] == ["asterisk-log", "cel-psql"]
    assert len(case.table("cel")) == 24
    assert case.table("cel").value("line", 0) == 6
    assert len(xivolab.open(tmp_path / "mail.txt").table("log")) >= 1
