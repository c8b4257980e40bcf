"""Counters taken again and again."""

from __future__ import annotations

import pytest

from xivolab.asterisk.cli import CliText, cli_tables
from xivolab.asterisk.cli.series import counter_tracks

LINE = " 45738474 bob-00000001     00:00:{:02} alaw   {}  {}  0   {}    {}  {}  0   0.004   {}\n"


def text(rows: list[tuple[int, int, int, str, int, int, str]], clock: bool = True) -> str:
    parts = []
    for row in rows:
        parts.append(f"2026-11-25T13:00:{row[0]:02}Z\n" if clock else "")
        parts.append(" BridgeId ChannelId ........ UpTime.. Codec.\n" + LINE.format(*row) + "\nObjects found: 1\n")
    return "".join(parts)


POLL = [
    (2, 100, 0, "0.000", 100, 0, "0.000"),
    (7, 350, 0, "0.000", 350, 0, "0.000"),
    (9, 440, 0, "0.012", 450, 5, "0.021"),
    (12, 575, 40, "0.012", 600, 5, "0.021"),
    (14, 665, 40, "0.000", 700, 5, "0.021"),
]


@pytest.mark.parametrize("clock", [True, False])
def test_loss_is_of_the_packets_since_the_last_report(clock: bool) -> None:
    [track] = counter_tracks(cli_tables([CliText("x", text(POLL, clock).splitlines())])["channelstats"])

    assert [point.at for point in track.points] == [0, 5, 7, 10, 12]
    assert (track.channel, track.codec, track.start) == ("bob-00000001", "alaw", 1795611602.0 if clock else None)
    # The counter stood still for seven seconds: nothing was lost; then 40 of 175; of the last output nothing is known yet.
    assert [point.values["rx_loss"] for point in track.points] == [0.0, 0.0, 0.0, 22.857, None]
    assert [point.values["tx_loss"] for point in track.points] == [
        None,
        None,
        pytest.approx(100 * 5 / 350, abs=0.001),
        None,
        None,
    ]


def test_what_the_phone_reports_is_unknown_until_it_does() -> None:
    [track] = counter_tracks(cli_tables([CliText("x", text(POLL).splitlines())])["channelstats"])

    assert [point.values["tx_jitter"] for point in track.points] == [None, None, 12.0, 12.0, 0.0]
    assert [point.values["rtt"] for point in track.points] == [None, None, 21.0, 21.0, 21.0]
    assert track.worst("rx_jitter") == 4.0


def test_one_output_is_a_point() -> None:
    [track] = counter_tracks(cli_tables([CliText("x", text(POLL[-1:]).splitlines())])["channelstats"])

    assert [point.at for point in track.points] == [0]
    assert track.points[0].values["rx_loss"] == pytest.approx(100 * 40 / 705, abs=0.001)


def test_channels_without_counters_are_no_tracks() -> None:
    assert counter_tracks(cli_tables([CliText("x", [" PJSIP/bob-00000001 not valid"])])["channelstats"]) == []
