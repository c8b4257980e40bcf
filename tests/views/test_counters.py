"""Counters over time as a picture."""

from __future__ import annotations

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.asterisk.cli.series import CounterTrack, counter_tracks
from xivolab.errors import UsageError
from xivolab.views.counters import Counters, counters

POLLED = ROOT / "sample_logs" / "console" / "polled.txt"


@pytest.fixture(scope="module")
def tracks() -> list[CounterTrack]:
    return counter_tracks(xivolab.open(POLLED).cli.table("channelstats"))


def test_a_row_for_each_channel_and_a_plot_for_each_measure(tracks: list[CounterTrack]) -> None:
    scene = counters(tracks).scene()
    groups = list(scene.groups())

    assert [group.title.splitlines()[0] for group in groups] == ["alice-00000000", "bob-00000001"]
    assert scene.title.startswith("Media counters over time · 20")


def test_what_is_bad_has_a_cross_in_every_form(tracks: list[CounterTrack]) -> None:
    drawn = counters(tracks)

    assert "✖ worst" in drawn.text(80)
    assert "✖ worst" in drawn.svg()
    assert max(map(len, drawn.text(80).splitlines())) <= 80
    assert repr(drawn) == "<Counters of 2 channels>"


def test_in_french(tracks: list[CounterTrack]) -> None:
    assert "Perte depuis le poste, %" in counters(tracks, lang="fr", tz="Europe/Paris").text(80)


def test_nothing_to_draw_is_a_sentence() -> None:
    empty = counters([])

    assert "holds counters" in empty.svg()
    assert "holds counters" in empty.text(80)
    assert isinstance(empty, Counters)


def test_an_unknown_language_is_told() -> None:
    with pytest.raises(UsageError):
        counters([], lang="xx")
