"""The picture of channels and bridges in all its forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

import xivolab
from tests.asterisk.cel.rows import ROOT, event, events
from xivolab.asterisk.cel.channels import build
from xivolab.errors import UsageError
from xivolab.views.channels import Channels, channels


def recorded(name: str = "blind-transfer", **options: str) -> Channels:
    return xivolab.open(ROOT / "sample_logs" / name / "cel.csv").call(0).channels(**options)


def held() -> Channels:
    holding = json.dumps({"bridge_id": "h", "bridge_technology": "holding_bridge"})
    made = [
        event(0, "CHAN_START", 1, cid_name="<script>alert(1)</script>"),
        event(1, "ANSWER", 1),
        event(2, "APP_START", 1, appname="Queue", appdata="support"),
        event(9, "PARK_START", 1, extra='{"parking_lot":"default"}'),
        event(9, "BRIDGE_ENTER", 1, extra=holding),
        event(30, "CHAN_END", 1),
    ]
    return channels(build(events(*made)), "1001 → 1002")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_all_forms(lang: str, tmp_path: Path) -> None:
    picture = recorded(lang=lang)
    assert etree.fromstring(picture.svg().encode()).tag.endswith("svg")
    assert picture.png(theme="dark").startswith(b"\x89PNG")
    for suffix in (".svg", ".html", ".png", ".pdf", ".txt"):
        assert picture.save(tmp_path / f"channels{suffix}").stat().st_size > 300


def test_nothing_of_the_evidence_gets_out_of_the_text() -> None:
    assert "<script" not in held().html() + held().svg()
    assert max(map(len, held().text(60).splitlines())) <= 60


def test_each_bridge_has_a_letter() -> None:
    picture = recorded()
    assert list(picture.letters.values()) == ["A", "B"]
    rows = picture.text(100).splitlines()
    assert [set(row[40:]) & set("AB") for row in rows[2:5]] == [{"A", "B"}, {"A"}, {"B"}]


def test_waiting_in_a_queue_and_parked_is_shown() -> None:
    lane = held().text(90).splitlines()[2]
    assert "q" in lane[31:]
    assert "A" in lane[31:]  # held in a bridge
    assert "default" in held().text(90)


def test_times_are_those_of_the_zone_and_the_language() -> None:
    assert "08:47:30.854 CET · 16,3 s" in recorded(lang="fr", tz="Europe/Paris").text(100)


def test_a_call_without_channel_events_says_so() -> None:
    picture = xivolab.open(ROOT / "captures" / "busy").call(0).channels()
    assert "no channel events" in picture.text()
    assert "no channel events" in picture.svg()


def test_another_language_or_zone_is_an_error() -> None:
    with pytest.raises(UsageError, match="no such language"):
        recorded(lang="de")
    with pytest.raises(UsageError, match="unknown time zone"):
        recorded(tz="Mars/Olympus")


def test_it_tells_what_it_is() -> None:
    assert repr(recorded()) == "<Channels 1001 → 1002: 3 channels, 2 bridges>"
