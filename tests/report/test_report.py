"""A report is a case with a language: its parts are there when asked for, one by one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import xivolab
from tests.report.made_case import MadeCase, MadeFile, call
from xivolab.errors import UsageError
from xivolab.evidence.folder import HostInfo
from xivolab.report import Report


def test_an_address_is_called_by_its_hosts_name() -> None:
    hosts = {"10.77.0.11": HostInfo("alice", "phone"), "fd77::11": HostInfo("alice", "phone")}
    report = Report(MadeCase(told_hosts=hosts))  # type: ignore[arg-type]
    assert report.end("10.77.0.11:5060") == "alice"
    assert report.end("[fd77::11]:5060") == "alice"
    assert report.end("10.77.0.11") == "alice"
    assert report.end("10.77.0.99:5060") == "10.77.0.99:5060"
    assert report.end(None) == "Asterisk"


def test_an_unknown_threshold() -> None:
    with pytest.raises(UsageError, match="there is no such threshold"):
        Report(MadeCase(), thresholds={"loss": 1})  # type: ignore[arg-type]


def test_the_result_goes_where_it_is_told(tmp_path: Path) -> None:
    report = Report(MadeCase([call()], files=[MadeFile("trace.pcap")]))  # type: ignore[arg-type]
    report.write_result("")
    report.write_result(tmp_path / "result.json")
    assert [file.name for file in tmp_path.iterdir()] == ["result.json"]
    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["title"] == "trace.pcap"


def test_one_call_by_its_number(sample: Path) -> None:
    report = Report(xivolab.open(sample), "fr")
    assert report.call(0).text == report.call("1002").text
    with pytest.raises(UsageError, match="no call"):
        report.call("nobody")
