"""The seconds of streams."""

from __future__ import annotations

import pytest

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, scanned, talk
from xivolab.testing import trtp, tudp

ANNOUNCED = tudp(BOB_SIP, ALICE_SIP, invite(BOB), -1.0)


def test_streams_one_after_another_second_by_second() -> None:
    packets = [*talk(range(150), ssrc=1), *talk(range(120), ssrc=2, start=0.5)]
    result = scanned([ANNOUNCED, *sorted(packets, key=lambda packet: packet.time_ns)])
    first, second = result.streams["id"].tolist()
    rows = [(row["stream"], row["second"], row["packets"]) for row in result.quality.records()]
    assert rows == [(first, 0, 50), (first, 1, 50), (first, 2, 50), (second, 0, 50), (second, 1, 50), (second, 2, 20)]
    assert result.quality["id"].tolist() == [f"{stream}/{second}" for stream, second, _ in rows]


def test_a_flow_that_is_no_stream_has_no_seconds() -> None:
    assert len(scanned(talk([1, 2, 3])).quality) == 0


def test_late_packets_and_both_scores() -> None:
    late = {60, 70, 80, 90}
    packets = [trtp(ALICE, BOB, n, 160 * n, 0.02 * n + 0.08 * (n in late)) for n in range(150)]
    result = scanned([ANNOUNCED, *sorted(packets, key=lambda packet: packet.time_ns)])
    rows = list(result.quality.records())
    assert [row["late"] for row in rows] == [0, 4, 0]
    assert rows[1]["mos"] == pytest.approx(3.55, abs=0.2)
    assert [row["mos_cq"] <= row["mos"] for row in rows] == [True] * 3


def test_what_is_assumed_has_no_mos_of_its_seconds() -> None:
    offer = tudp(BOB_SIP, ALICE_SIP, invite(BOB, "3"), -1.0)
    (row,) = scanned([offer, *talk(range(40), pt=3)]).quality.records()
    assert (row["mos"], row["mos_cq"]) == (None, None)
