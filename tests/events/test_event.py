"""The table of events: order and identity."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from xivolab.events import Event, event_table
from xivolab.schema import NULL_INT

ONE = Event(time=5_000_000_000, source="rtp", kind="dtmf", text="5", call="c", stream="s", digit="5", frame=7)


def test_events_are_in_order_of_time_and_those_without_come_last() -> None:
    unknown = replace(ONE, time=NULL_INT, source="cli")
    earlier = replace(ONE, time=1, source="sip")
    table = event_table([unknown, ONE, earlier])
    assert [row["source"] for row in table.records()] == ["sip", "rtp", "cli"]
    assert next(reversed(list(table.records())))["time"] is None


@given(st.permutations([ONE, ONE, replace(ONE, frame=8), replace(ONE, digit="6", text="6"), replace(ONE, call=None)]))
def test_the_same_events_in_any_order_make_the_same_table(events: list[Event]) -> None:
    table = event_table(events)
    assert len(set(table["id"].tolist())) == 5
    assert table.to_json() == event_table([*reversed(events)]).to_json()


def test_no_events_are_an_empty_table() -> None:
    assert event_table([]).to_json() == "[]"
