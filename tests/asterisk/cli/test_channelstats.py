"""`pjsip show channelstats`."""

from __future__ import annotations

from typing import Any

import pytest

from xivolab.asterisk.cli.channelstats import channelstats
from xivolab.asterisk.cli.lines import lines_of

HEADING = """
                                             ...........Receive......... .........Transmit..........
 BridgeId ChannelId ........ UpTime.. Codec.   Count    Lost Pct  Jitter   Count    Lost Pct  Jitter RTT....
 ===========================================================================================================
"""


def rows(text: str) -> list[dict[str, Any]]:
    return [found.fields for found in channelstats(list(lines_of(text.splitlines())))]


def test_each_jitter_is_put_back_into_its_own_direction() -> None:
    """The course's: Receive and Transmit jitter are crossed in every Asterisk."""
    first, second = rows(
        HEADING
        + """
 3e3ba5a9 d65cg0gl-0000c6e5  00:00:12 alaw      572       0    0   0.030    357       0    0   0.004   0.047
 3e3ba5a9 knax1wql-0000c6e6  00:00:12 alaw      322       0    0   0.004    572   16777K 2933079   0.032   0.000
"""
    )

    assert (first["rx_jitter_ms"], first["tx_jitter_ms"], first["rtt_ms"]) == (4.0, 30.0, 47.0)
    assert first["printed"][3] == "0.030"
    assert (second["rx_jitter_ms"], second["tx_jitter_ms"], second["rtt_ms"]) == (32.0, 4.0, None)
    assert second["notes"] == ["jitter-swapped", "counter-wrapped", "rounded"]
    assert (second["tx_lost"], second["tx_lost_pct"]) == (-1, 0.0)


def test_no_rtcp_is_unknown_and_not_perfect() -> None:
    [row] = rows(
        " 4975e084 alice-00000000     00:00:15 alaw      612       0    0   0.000    614       0    0   0.001   0.000"
    )

    assert row["rtcp"] is False
    assert (row["tx_lost"], row["tx_lost_pct"], row["tx_jitter_ms"], row["rtt_ms"]) == (None, None, None, None)
    assert (row["rx_lost"], row["rx_jitter_ms"]) == (0, 1.0)


def test_rtcp_of_an_old_version_leaves_only_the_jitter_unknown() -> None:
    """Before 18.17 and 20.2 the phone's jitter is always printed as 0.000."""
    [row] = rows(
        " 4975e084 alice-00000000     00:00:15 alaw      612       0    0   0.000    614       2    0   0.001   0.021"
    )

    assert (row["rtcp"], row["tx_lost"], row["tx_jitter_ms"], row["rtt_ms"]) == (True, 2, None, 21.0)
    assert "jitter-unknown" in row["notes"]


def test_loss_is_a_share_of_what_was_expected() -> None:
    """Asterisk divides by what came: 35 %; of what was expected it is 26 %."""
    [row] = rows(
        " 4ff028de T141_101_1-0000125 00:02:39 opus     5537    1951   35   0.014   7829      68    1   0.007   0.539"
    )

    assert row["channel"] == "T141_101_1-0000125"
    assert row["rx_lost_pct"] == pytest.approx(100 * 1951 / (5537 + 1951), abs=0.001)


@pytest.mark.parametrize(
    ("line", "state"),
    [
        (" PJSIP/T8_106-00001266 not valid", "not-valid"),
        (" PJSIP/T8_106-00001266 no audio streams", "no-audio"),
        (" PJSIP/T8_106-00001266 corrupted default audio session", "not-valid"),
        ("PJSIP/T8_106-00001266 direct media", "direct-media"),
    ],
)
def test_a_channel_without_counters_says_why(line: str, state: str) -> None:
    [row] = rows(HEADING + line)

    assert (row["state"], row["channel"], row["channel_name"]) == (state, "T8_106-00001266", "PJSIP/T8_106-00001266")
    assert row["rx_packets"] is None


def test_columns_that_touch_and_counts_in_thousands() -> None:
    [row] = rows(
        " 4ff028de trunk-0000c6e6     10:02:39 alaw     1805K   4294967K237955   0.014   1805K      0    0   0.007   0.539"
    )

    assert row["uptime_s"] == 36159
    assert row["rx_packets"] == 1_805_000
    assert row["rx_lost"] == -1
    assert "counter-wrapped" in row["notes"]


def test_outside_a_bridge_and_without_a_codec() -> None:
    bare, silent = rows(
        """
          0001-00001267      00:00:15 ulaw      702       0    0   0.000      1       1  100   0.001   0.031
          bob-00000001       00:00:03             0       0    0   0.000      0       0    0   0.000   0.000
"""
    )

    assert (bare["channel"], bare["bridge"], bare["codec"]) == ("0001-00001267", None, "ulaw")
    assert (silent["channel"], silent["codec"], silent["rx_jitter_ms"]) == ("bob-00000001", None, None)
