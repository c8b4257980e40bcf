"""Whose counters they are."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from xivolab.asterisk.cli import CliText, cli_tables
from xivolab.asterisk.cli.ties import tied

ROW = " 45738474 {:<18.18} 00:00:15 alaw      612       0    0   0.001    614       0    0   0.001   0.000\n"


def read(*names: str) -> list[str]:
    return [ROW.format(name) for name in names]


def test_a_name_that_was_cut_is_found_where_one_alone_begins_like_it() -> None:
    stats = cli_tables([CliText("x", read("alice-00000000", "344022_gesheft-0000123a", "344022_other-trunk-00000001"))])
    names = ["PJSIP/344022_gesheft-0000123a", "PJSIP/344022_other-trunk-00000001", "PJSIP/344022_other-trunk-00000002"]
    found = tied(
        stats["channelstats"], names, {"PJSIP/alice-00000000": {"call"}, "PJSIP/344022_gesheft-0000123a": {"a", "b"}}
    )

    assert found["channel_name"].tolist() == ["PJSIP/alice-00000000", "PJSIP/344022_gesheft-0000123a", None]
    assert found["call"].tolist() == ["call", None, None]


def test_channel_events_tell_the_call() -> None:
    case = xivolab.open(ROOT / "sample_logs" / "clean-call")
    stats = case.cli.table("channelstats")

    assert set(stats["call"]) == {case.table("calls")["id"][0]}
    assert stats["channel_name"].tolist() == ["PJSIP/alice-00000000", "PJSIP/bob-00000001"]


def test_a_paste_with_lines_of_the_log_is_read_as_both(tmp_path: Path) -> None:
    log = (ROOT / "sample_logs" / "clean-call" / "full").read_text().splitlines()[:40]
    shown = (ROOT / "sample_logs" / "clean-call" / "endpoints.txt").read_text().splitlines()
    paste = tmp_path / "paste.txt"
    paste.write_text("\n".join([*log, *shown, *log[:3]]))
    case = xivolab.open(paste)

    assert case.files[0].kind == "asterisk-log"
    assert case.cli["endpoints"]["endpoint"].tolist() == ["alice", "bob"]
