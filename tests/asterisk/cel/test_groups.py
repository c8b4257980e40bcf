from __future__ import annotations

from tests.asterisk.cel.rows import NOON, event, events
from xivolab.asterisk.cel.event import CelEvent
from xivolab.asterisk.cel.groups import Grouper, call_id_of, group


def test_a_call_is_what_shares_a_linked_id() -> None:
    found = group(events(event(0, "CHAN_START", 1), event(1, "CHAN_START", 2), event(2, "CHAN_START", 3, linked=3)))
    assert [len(one.events) for one in found] == [2, 1]
    assert found[0].id == call_id_of(f"{NOON}.1")


def test_a_channel_that_changes_its_linked_id_joins_two_calls() -> None:
    made = events(
        event(0, "CHAN_START", 9, linked=9),
        event(1, "CHAN_START", 10, linked=10),
        event(2, "BRIDGE_ENTER", 10, linked=9),
        event(3, "LINKEDID_END", 9, linked=9),
    )
    (found,) = group(made)
    assert found.linkedids == [f"{NOON}.9", f"{NOON}.10"]
    assert [one.position for one in found.events] == [0, 1, 2, 3]


def test_a_pick_up_and_a_transfer_join_by_what_they_name() -> None:
    for fact in ("pickup_channel_uniqueid", "transfer_target_channel_uniqueid"):
        made = events(
            event(0, "CHAN_START", 1),
            event(1, "CHAN_START", 5, linked=5),
            event(2, "PICKUP", 1, extra=f'{{"{fact}":"{NOON}.5"}}'),
        )
        assert len(group(made)) == 1


def test_one_bridge_joins_but_not_the_one_where_callers_are_held() -> None:
    for technology, count in (("simple_bridge", 1), ("holding_bridge", 2)):
        extra = f'{{"bridge_id":"b","bridge_technology":"{technology}"}}'
        made = events(event(0, "BRIDGE_ENTER", 1, extra=extra), event(1, "BRIDGE_ENTER", 5, linked=5, extra=extra))
        assert len(group(made)) == count


def test_an_extract_without_ids_is_one_call() -> None:
    made = events(*(CelEvent(time=n, eventtype="APP_START", channame=f"SIP/{n}") for n in range(3)))
    assert len(group(made)) == 1


def test_a_finished_call_is_let_go_and_forgotten() -> None:
    grouper = Grouper()
    for one in events(event(0, "CHAN_START", 1), event(5, "HANGUP", 1), event(5, "CHAN_END", 1)):
        grouper.add(one)
    assert list(grouper.finished((NOON + 30) * 10**9)) == []
    (done,) = grouper.finished((NOON + 100) * 10**9)
    assert len(done.events) == 3
    grouper.add(event(200, "CHAN_START", 2, linked=2))
    assert list(grouper.finished((NOON + 10_000) * 10**9)) == []  # it lasts
    assert len(list(grouper.rest())) == 1
    assert list(grouper.rest()) == []
