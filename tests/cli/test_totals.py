"""The line under a table."""

from __future__ import annotations

import pytest

from tests.cli.cases import table
from xivolab.cli.totals import totals
from xivolab.schema import RECORDS


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", RECORDS)
def test_every_table_has_one_even_when_empty(name: str, lang: str) -> None:
    line = totals(table(name), 0, lang)
    assert line.startswith("0 ")
    assert ":" not in line


def test_singular_plural_and_what_was_left_out() -> None:
    assert totals(table("messages", {}), 1, "en") == "1 message"
    assert totals(table("messages", {}, {}), 5, "en") == "2 messages of 5"
    assert totals(table("messages"), 0, "en") == "0 messages"
    assert totals(table("messages"), 0, "fr") == "0 message"


def test_the_figures_one_would_add_up() -> None:
    streams = table("streams", {"packets": 95, "expected": 100, "lost": 5}, {"packets": 100, "expected": 100})
    assert totals(streams, 2, "en") == "2 streams: 195 packets, 5 lost (2.5 %)"
    assert totals(streams, 2, "fr") == "2 flux\u00a0: 195 paquets, 5 perdus (2,5 %)"
    dialogs = table("dialogs", {"messages": 7, "retransmissions": 2})
    assert totals(dialogs, 1, "en") == "1 dialog: 7 messages, 2 sent again"
    calls = table("calls", {"state": "busy", "mos_min": 3.1}, {"state": "busy"}, {"state": "failed"})
    assert totals(calls, 3, "en") == "3 calls: 2 busy, 1 failed; worst MOS 3.1"
    assert totals(calls, 3, "fr") == "3 appels\u00a0: 2 occupés, 1 échoué\u00a0; MOS minimal 3,1"


def test_the_worst_score_is_over_one_scale() -> None:
    narrow, wide = {"mos_min": 3.1, "mos_scale": "nb"}, {"mos_min": 4.2, "mos_scale": "wb"}
    busy = {"state": "busy"}
    assert (
        totals(table("calls", busy | narrow, busy | wide, busy | wide), 3, "en")
        == "3 calls: 3 busy; worst MOS 4.2 (wb)"
    )
    assert (
        totals(table("calls", busy | narrow, busy | narrow, busy | wide), 3, "en") == "3 calls: 3 busy; worst MOS 3.1"
    )
