"""All rules together: order, ids, roles, and what the calls say of it."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from tests.findings.kit import case_of, dialling, talk
from xivolab.findings.find import find, finding_table
from xivolab.findings.thresholds import DEFAULTS


def test_the_worst_first_and_consequences_last() -> None:
    case = xivolab.open(ROOT / "captures/caller-vanishes-rtp-timeout")
    found = list(case.table("findings").records())

    assert [row["role"] for row in found] == ["cause", "consequence", "consequence"]
    assert {row["follows_from"] for row in found[1:]} == {found[0]["id"]}
    assert case.table("calls")["findings"].tolist() == [["rtp-timeout"]]


def test_ids_do_not_depend_on_where_the_files_lie(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    leg = dialling().invite(0).reply(0.1, 503).ack(0.2)

    ids = [case_of(tmp_path / name, leg).table("findings")["id"].tolist() for name in ("a", "b")]

    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0]) == 1


def test_thresholds_can_be_others(tmp_path: Path) -> None:
    one, other, sound = talk()
    lossy = [packet for n, packet in enumerate(sound) if n % 20]
    case = case_of(tmp_path, one, other, packets=lossy)

    assert {found.code for found in find(case.reading)} == {"packet-loss"}
    assert find(case.reading, DEFAULTS | {"packet-loss": 50.0, "packet-loss-burst": 50.0}) == []


def test_french(tmp_path: Path) -> None:
    case = case_of(tmp_path, dialling().invite(0).reply(0.1, 486).ack(0.2))

    french = finding_table(case.reading.found, case.reading.bare_calls, "fr")

    assert french["summary"].tolist() == ["1002 était occupé quand alice a appelé."]
    assert list(case.findings.columns) == [field.name for field in french.record.fields]


def test_evidence_without_calls() -> None:
    assert len(xivolab.open(ROOT / "sample_logs/console/endpoints.txt").table("findings")) == 0
