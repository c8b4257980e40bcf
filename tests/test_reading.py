"""What some files say: every table from one scan, each made when it is first asked for."""

from __future__ import annotations

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.reading import Reading
from xivolab.schema import RECORDS


@pytest.fixture
def reading() -> Reading:
    return xivolab.open(ROOT / "captures" / "clean-call").reading


@pytest.mark.parametrize("name", RECORDS)
def test_every_table_has_its_record_and_is_made_once(reading: Reading, name: str) -> None:
    table = reading.table(name)
    assert table.record is RECORDS[name]
    assert reading.table(name) is table


def test_calls_and_streams_name_each_other(reading: Reading) -> None:
    streams = reading.table("streams")
    for call in reading.table("calls").records():
        assert call["stream_ids"] == [streams["id"][row] for row in call["streams"]]
        assert all(streams["call"][row] == call["id"] for row in call["streams"])


def test_what_is_known_of_each_capture(reading: Reading) -> None:
    (facts,) = reading.facts
    assert (facts.format, facts.link_names, facts.foreign) == ("pcap", ["Ethernet"], 0)
    assert facts.packets > len(reading.table("messages"))


def test_problems_are_numbered() -> None:
    problems = xivolab.open(ROOT / "sample_logs" / "clean-call").reading.table("problems")
    assert list(problems["id"]) == [f"problem-{number}" for number in range(1, len(problems) + 1)]


@pytest.mark.parametrize("name", ["hold-resume", "blind-transfer", "two-points-loss", "dtmf-menu"])
def test_the_events_of_one_call_are_those_of_the_table(name: str) -> None:
    alone, whole = (xivolab.open(ROOT / "captures" / name).reading for _ in range(2))
    events = list(whole.table("events").records())
    for row, call in enumerate(whole.table("calls").records()):
        assert list(alone.call_events(row).records()) == [event for event in events if event["call"] == call["id"]]
        assert list(whole.call_events(row).records()) == list(alone.call_events(row).records())
