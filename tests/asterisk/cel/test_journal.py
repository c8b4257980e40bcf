from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.asterisk.cel.rows import NOON, ROOT
from tests.asterisk.cel.tables import connect, fill
from tests.postgres import Cluster
from xivolab.asterisk.cel.journal import _interval

EXPORT = "Call Date,Caller,Called,Period,user Field\n2025-08-27T17:40:32.115447,test2000 (2000),test2000,0,\n2025-08-27T18:00:00,0199001234,Bob (1002),65,x\n"
CDR = (
    '"","1001","1002","default","""Alice"" <1001>","PJSIP/alice-00000000","PJSIP/bob-00000001","Dial","PJSIP/bob,20",'
    f'"2026-11-23 13:00:00","2026-11-23 13:00:05","2026-11-23 13:01:10","70","65","ANSWERED","DOCUMENTATION","{NOON}.0",""\n'
)
CUSTOM = (
    '""""" <client1>","client1","6789","default","PJSIP/client1-00000002","","Dial","PJSIP/client2","2023-07-26 01:51:32",'
    '"","2023-07-26 01:52:04","31","0","NO ANSWER","DOCUMENTATION","","1690325492.2","",2\n'
)


def rows(folder: Path, name: str, text: str, **options: str) -> list[dict[str, Any]]:
    (folder / name).write_text(text)
    return list(xivolab.open(folder / name, **options).table("journal").records())


def test_the_export_of_the_journal(tmp_path: Path) -> None:
    first, second = rows(tmp_path, "journal.csv", EXPORT, tz="Europe/Paris")
    assert (first["source"], first["source_name"], first["source_exten"]) == ("export", "test2000", "2000")
    assert (first["destination_exten"], first["duration_s"], first["user_field"]) == ("test2000", 0.0, None)
    assert first["date"] == pytest.approx(1756309232.115447)
    assert (second["source_exten"], second["destination_name"], second["destination_exten"]) == (
        "0199001234",
        "Bob",
        "1002",
    )
    assert (second["duration_s"], second["line"]) == (65.0, 3)


def test_master_csv_whatever_its_zone(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "Master.csv", CDR)
    assert row["date"] == NOON  # 13:00 in Paris, as the unique id proves
    assert (row["source_name"], row["source_exten"], row["destination_exten"]) == ("Alice", "1001", "1002")
    assert (row["source_line_identity"], row["destination_line_identity"]) == ("pjsip/alice", "pjsip/bob")
    assert (row["answered"], row["disposition"], row["duration_s"], row["total_s"]) == (True, "ANSWERED", 65.0, 70.0)


def test_master_csv_of_cdr_custom(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "Master.csv", CUSTOM)
    assert (row["source_name"], row["source_exten"], row["destination_exten"]) == (None, "client1", "6789")
    assert (row["answered"], row["disposition"], row["date"]) == (False, "NO ANSWER", 1690325492.0)


def test_a_record_and_its_channel_events_are_tied(tmp_path: Path) -> None:
    cel = ROOT / "sample_logs" / "clean-call" / "cel.csv"
    (tmp_path / "Master.csv").write_text(
        CDR.replace(f"{NOON}.0", "1795420309.0").replace("2026-11-23 13:00:00", "2026-11-23 07:51:49")
    )
    case = xivolab.open(tmp_path / "Master.csv", cel)
    assert [(row["source"], row["call"]) for row in case.table("journal").records()] == [
        ("cdr", case.call(0).id),
        ("cel", case.call(0).id),
    ]


def test_the_journal_in_postgresql(postgres: Cluster) -> None:
    fill(postgres, "cel_of_journal")
    with connect(postgres) as connection:
        connection.execute("DROP TABLE IF EXISTS journal_there")
        connection.execute(
            "CREATE TABLE journal_there (id int, date timestamp, source_name text, source_exten text, source_line_identity text,"
            " destination_name text, destination_exten text, destination_line_identity text, duration interval, user_field text,"
            " answered boolean)"
        )
        connection.execute(
            "INSERT INTO journal_there VALUES (65, '2026-11-23 07:47:30.854569', 'Alice', '1001', 'pjsip/alice', null, '1002',"
            " 'pjsip/bob', '00:00:07', '', true), (66, '2025-01-01', '', '9', '', '', '8', '', '0', '', false)"
        )
    address = (
        f"{postgres.dsn}&cel=cel_of_journal&call_log=journal_there&since=2026-11-23T07:47:00&until=2026-11-23T07:48:00"
    )
    case = xivolab.open(address, tz="UTC")
    table, rebuilt = sorted(case.table("journal").records(), key=lambda row: row["source"])
    assert (table["number"], table["duration_s"], table["answered"]) == (65, 7.0, True)
    assert table["call"] == rebuilt["call"] == case.call(0).id


def test_a_database_without_a_journal(postgres: Cluster) -> None:
    fill(postgres, "cel_of_journal")
    case = xivolab.open(f"{postgres.dsn}&cel=cel_of_journal&since=2026-11-25")
    assert {row["source"] for row in case.table("journal").records()} == {"cel"}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:01:05", 65.0),
        ("1 day 00:00:05", 86405.0),
        ("65", 65.0),
        ("1:05", 65.0),
        ("4s", 4.0),
        ("", None),
        ("x", None),
    ],
)
def test_lengths(text: str, seconds: float | None) -> None:
    assert _interval(text) == seconds
    assert _interval(timedelta(seconds=3)) == 3.0
