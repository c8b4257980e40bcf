"""Lines of RTP out of the blocks of logs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.asterisk.log.made import written
from xivolab.asterisk.log import LogReader
from xivolab.asterisk.rtp_log.collect import RtpLines, place_of
from xivolab.evidence.source import Source


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("10.0.0.1:4000", "10.0.0.1:4000"),
        ("[fd77::11]:10072", "[fd77::11]:10072"),
        ("[fe80::1%eth0]:4000", "[fe80::1]:4000"),
        ("[::ffff:10.0.0.1]:4000", "10.0.0.1:4000"),
        ("10.0.0.1", None),
        ("10.0.0.1:99999", None),
        ("phone.example:4000", None),
        ("", None),
    ],
)
def test_places(text: str, place: str | None) -> None:
    assert place_of(text) == place


def test_blocks_of_any_size_tell_the_same(tmp_path: Path) -> None:
    head = "[2026-11-23 08:14:10.771] VERBOSE[130][C-00000001] res_rtp_asterisk.c: "
    told = [
        f"{head}Got  RTP packet from    10.0.0.1:{4000 + n % 3} (type 08, seq {n:06d}, ts 1, len 000160)\n"
        for n in range(500)
    ]
    told.insert(250, f"{head}RTCP from 10.0.0.1:4001\n")
    path = written(tmp_path, "".join(told))
    seen = []
    for size in (4 << 20, 4096):
        lines = RtpLines()
        for block in LogReader(Source(path), size).blocks():
            lines.take(0, block)
        packets = [row for part in lines.files[0].packets for row in part]
        seen.append(([int(row["sequence"]) for row in packets], lines.files[0].texts, sorted(lines.places.values())))  # type: ignore[type-var]
    assert seen[0] == seen[1]
    assert seen[0][0] == list(range(500))
    assert seen[0][1] == ["RTCP from 10.0.0.1:4001"]
    assert seen[0][2] == ["10.0.0.1:4000", "10.0.0.1:4001", "10.0.0.1:4002"]


def test_a_log_without_rtp_is_empty(tmp_path: Path) -> None:
    lines = RtpLines()
    for block in LogReader(Source(written(tmp_path, "[Nov 23 07:51:49] NOTICE[1] a.c: nothing\n"))).blocks():
        lines.take(0, block)
    assert not lines
