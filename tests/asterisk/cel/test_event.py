from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.asterisk.cel.rows import event
from xivolab.asterisk.cel.event import CelEvent, epoch_of, order_key, read_extra, uniqueid_key


def test_unique_ids_are_sorted_as_numbers() -> None:
    ids = ["1700000000.10", "1700000000.9", "default-1700000000.2", "1699999999.100", "mds1-1700000001.0"]
    assert sorted(ids, key=uniqueid_key) == [
        "1699999999.100",
        "default-1700000000.2",
        "1700000000.9",
        "1700000000.10",
        "mds1-1700000001.0",
    ]


@given(st.lists(st.text(max_size=20)))
def test_anything_can_be_sorted(ids: list[str]) -> None:
    turned = list(reversed(ids))
    assert sorted(ids, key=uniqueid_key) == sorted(turned, key=uniqueid_key)


def test_events_of_one_instant_are_ranked() -> None:
    names = ["CHAN_START", "APP_START", "ANSWER", "BRIDGE_ENTER", "BRIDGE_EXIT", "HANGUP", "CHAN_END", "LINKEDID_END"]
    made = [event(1, name, 1) for name in names]
    for seed in range(20):
        shuffled = random.Random(seed).sample(made, len(made))
        assert [one.eventtype for one in sorted(shuffled, key=order_key)] == names


def test_equal_events_keep_the_order_of_their_ids() -> None:
    made = [CelEvent(time=1, eventtype="APP_START", number=n) for n in (10, 9, 11)]
    assert [one.number for one in sorted(made, key=order_key)] == [9, 10, 11]


def test_events_without_a_time_come_last() -> None:
    assert [one.eventtype for one in sorted([CelEvent(eventtype="A"), event(0, "B", 1)], key=order_key)] == ["B", "A"]


def test_the_epoch_of_a_unique_id() -> None:
    assert epoch_of("1756309232.14") == epoch_of("mds1-1756309232.14") == 1756309232
    assert epoch_of("12.4") is epoch_of("") is epoch_of("abc") is None


def test_the_name_of_a_users_event_is_its_own() -> None:
    assert CelEvent(eventtype="USER_DEFINED", userdeftype="XIVO_OUTCALL").name == "XIVO_OUTCALL"
    assert CelEvent(eventtype="XIVO_OUTCALL").user_defined
    assert not CelEvent(eventtype="HANGUP").user_defined


def test_what_extra_holds() -> None:
    assert read_extra('{"hangupcause":16,"dialstatus":""}') == {"hangupcause": 16, "dialstatus": ""}
    assert read_extra('{"bridge_id":"4db4","bridge_technology":"simple_bri')["bridge_id"] == "4db4"
    assert read_extra("") == read_extra("x") == read_extra("[1]") == {}


@given(st.text(max_size=80))
def test_any_extra_is_read(text: str) -> None:
    assert isinstance(read_extra("{" + text), dict)
