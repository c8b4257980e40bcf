from __future__ import annotations

from tests.asterisk.cel.rows import NOON, event, events
from xivolab.asterisk.cel.channels import build
from xivolab.schema import NULL_INT
from xivolab.views.channels_span import spans

S = 10**9


def test_the_stretches_of_a_channel() -> None:
    made = [event(0, "CHAN_START", 1), event(2, "ANSWER", 1), event(3, "BRIDGE_ENTER", 1), event(8, "CHAN_END", 1)]
    (channel,) = build(events(*made)).channels
    found = [(one.kind, one.start // S - NOON, one.end // S - NOON) for one in spans(channel, 0)]
    assert found == [("waiting", 0, 2), ("up", 2, 8), ("bridge", 3, 8)]


def test_one_that_lasts_goes_on_to_the_end_of_the_evidence() -> None:
    (channel,) = build(events(event(0, "CHAN_START", 1))).channels
    assert [one.end for one in spans(channel, (NOON + 50) * S)] == [(NOON + 50) * S]


def test_a_bridge_entered_at_no_known_time_is_not_drawn() -> None:
    made = [event(0, "CHAN_START", 1), event(1, "BRIDGE_ENTER", 1), event(2, "CHAN_END", 1)]
    made[1].time = NULL_INT
    (channel,) = build(made).channels
    assert [one.kind for one in spans(channel, (NOON + 5) * S)] == ["waiting"]


def test_one_without_times_has_none() -> None:
    (channel,) = build(events(event(-NOON, "CHAN_START", 1))).channels
    assert spans(channel, 0) == []
