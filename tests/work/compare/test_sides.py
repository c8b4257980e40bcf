"""One capture point: what it is called and who is there."""

from __future__ import annotations

from pathlib import Path

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.errors import UsageError
from xivolab.testing import tpcap, trtp
from xivolab.work.compare.sides import Side, two_points_of

CLEAN = ROOT / "captures" / "clean-call"


def test_a_point_is_called_by_its_capture_point_or_its_file(tmp_path: Path) -> None:
    assert Side(CLEAN).name == "pbx:eth0"
    assert Side(CLEAN / "capture.pcap").name == "pbx:eth0"
    assert Side(tpcap(tmp_path / "one.pcap", [])).name == "one.pcap"
    assert Side(xivolab.open(CLEAN)).name == "pbx:eth0"


def test_the_case_beside_a_file_tells_who_is_there() -> None:
    assert Side(CLEAN / "capture.pcap").names["10.77.0.10"].name == "pbx"


def test_the_packets_of_each_stream_are_all_there() -> None:
    side = Side(CLEAN)
    assert [len(packets) for packets in side.packets] == side.streams["packets"].tolist()


def test_what_was_announced_and_when_it_was_watched() -> None:
    side = Side(CLEAN)
    first = side.index.call_id[side.messages["method"].tolist().index("INVITE")]
    assert any(end.startswith("10.77.0.11:") for end in side.announced[first or ""])
    watched = side.watched
    assert watched is not None
    assert watched[0] <= side.messages["time"][0] <= watched[1]


def test_a_capture_without_streams_has_no_packets(tmp_path: Path) -> None:
    assert Side(tpcap(tmp_path / "empty.pcap", [])).packets == []
    assert Side(tpcap(tmp_path / "empty.pcap", [])).watched is None
    one = Side(tpcap(tmp_path / "one.pcap", [trtp("10.0.0.1:4000", "10.0.0.2:4000", n, n) for n in range(9)]))
    assert len(one.packets[0]) == 9


def test_a_case_folder_may_hold_both_points(tmp_path: Path) -> None:
    names = [path.name for path in two_points_of(ROOT / "captures" / "two-points")]
    assert sorted(names) == ["pbx.pcap", "phone.pcap"]
    for folder in (CLEAN, tmp_path, tmp_path / "missing"):
        with pytest.raises(UsageError, match="two captures are expected; give both: compare A B"):
            two_points_of(folder)
