from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asterisk.cel.rows import NOON, ROOT, event, events
from xivolab.asterisk.cel.channels import Channel, Model, build, device_of
from xivolab.asterisk.cel.event import EVENT_NAMES, CelEvent
from xivolab.asterisk.cel.read import CelFile, read_files
from xivolab.evidence.source import Source


def bridge(name: str, technology: str = "simple_bridge") -> str:
    return json.dumps({"bridge_id": name, "bridge_technology": technology})


def sample(name: str) -> Model:
    path = ROOT / "sample_logs" / name / "cel.csv"
    return build(read_files([CelFile(str(path), "cel-csv", Source(path), 0)]).events)


def one(model: Model, name: str) -> Channel:
    found = model.named(name)
    assert found is not None
    return found


def test_the_channels_and_bridges_of_a_blind_transfer() -> None:
    model = sample("blind-transfer")
    assert [(c.name, c.number, c.person) for c in model.channels] == [
        ("PJSIP/alice-00000000", "1001", "Alice"),
        ("PJSIP/bob-00000001", "1002", "Bob"),
        ("PJSIP/carol-00000002", "1003", "Carol"),
    ]
    alice, bob, carol = model.channels
    assert [len(c.stays) for c in model.channels] == [2, 1, 1]
    assert (alice.stays[0].bridge, alice.stays[1].bridge) == (bob.stays[0].bridge, carol.stays[0].bridge)
    assert alice.cause == 16
    assert alice.source == "PJSIP/alice-00000000"
    assert [(f.kind, f.channel, f.other, f.text) for f in model.facts] == [
        ("blind-transfer", "PJSIP/bob-00000001", "PJSIP/alice-00000000", "1003@default")
    ]


def test_a_channel_that_leaves_without_saying_leaves_at_its_end() -> None:
    model = build(events(event(0, "CHAN_START", 1), event(1, "BRIDGE_ENTER", 1), event(4, "CHAN_END", 1)))
    assert model.channels[0].stays[0].exit == (NOON + 4) * 10**9


def test_bridges_of_asterisk_11_hold_both_channels() -> None:
    model = build(
        events(
            event(0, "CHAN_START", 1),
            event(1, "CHAN_START", 2),
            event(2, "ANSWER", 2),
            event(3, "BRIDGE_START", 1, peer="PJSIP/phone2-00000002"),
            event(9, "BRIDGE_END", 1, peer="PJSIP/phone2-00000002"),
        )
    )
    first, second = model.channels
    assert first.stays[0].bridge == second.stays[0].bridge
    assert second.stays[0].exit == (NOON + 9) * 10**9


def test_without_extra_the_peers_tell_which_bridge() -> None:
    model = build(
        events(
            event(1, "BRIDGE_ENTER", 1),
            event(2, "BRIDGE_ENTER", 2, peer="PJSIP/phone1-00000001"),
        )
    )
    assert model.channels[0].stays[0].bridge == model.channels[1].stays[0].bridge


def test_a_caller_waits_in_a_queue_until_an_agent_talks() -> None:
    model = build(
        events(
            event(0, "CHAN_START", 1),
            event(1, "APP_START", 1, appname="Queue", appdata="support,t"),
            event(2, "BRIDGE_ENTER", 1, extra=bridge("moh", "holding_bridge")),
            event(5, "BRIDGE_ENTER", 1, extra=bridge("b")),
        )
    )
    (channel,) = model.channels
    assert channel.waits == [("queue", (NOON + 1) * 10**9, (NOON + 5) * 10**9)]
    assert [stay.bridge for stay in channel.talks] == ["b"]
    assert [(fact.kind, fact.other) for fact in model.facts] == [("queue", "support")]


@pytest.mark.parametrize(
    ("eventtype", "extra", "kind", "other", "text"),
    [
        ("PICKUP", {"pickup_channel": "PJSIP/c-3"}, "pickup", "PJSIP/c-3", ""),
        ("PARK_START", {"parker_dial_string": "PJSIP/b", "parking_lot": "default"}, "park", "PJSIP/b", "default"),
        (
            "PARK_END",
            {"reason": "ParkedCallUnparked", "retriever": "PJSIP/c"},
            "unpark",
            "PJSIP/c",
            "ParkedCallUnparked",
        ),
        ("FORWARD", {"forward": "Local/1003@default"}, "forward", "Local/1003@default", ""),
        ("LOCAL_OPTIMIZE", {"local_two": "Local/1-1;2"}, "local-optimize", "Local/1-1;2", ""),
        (
            "ATTENDEDTRANSFER",
            {"transferee_channel_name": "PJSIP/a", "transfer_target_channel_name": "PJSIP/c", "app": "N/A"},
            "attended-transfer",
            "PJSIP/a",
            "PJSIP/c",
        ),
        ("XIVO_OUTCALL", {"extra": " x"}, "user-event", "", "XIVO_OUTCALL x"),
    ],
)
def test_what_happens_to_a_call(eventtype: str, extra: dict[str, str], kind: str, other: str, text: str) -> None:
    model = build(events(event(0, eventtype, 1, extra=json.dumps(extra))))
    assert [(f.kind, f.other, f.text) for f in model.facts] == [(kind, other, text)]


def test_what_a_channel_is() -> None:
    local = Channel("1", "Local/100@default-0000002a;1", "1", CelEvent())
    assert (local.is_local, local.is_party, local.other_half) == (True, False, "Local/100@default-0000002a;2")
    assert local.device == "Local/100@default"
    assert device_of("PJSIP/alice-0000000a") == "PJSIP/alice"
    assert not Channel("1", "Announcer/ARI-1", "1", CelEvent()).is_party


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*EVENT_NAMES, "BRIDGE_START", "BRIDGE_END", "TRANSFER", "X"]),
            st.integers(1, 3),
            st.sampled_from(["", "{", bridge("a"), '{"hangupcause":"x"}', '{"hangupcause":17}']),
        ),
        max_size=30,
    )
)
def test_any_events_in_any_order_are_taken(rows: list[tuple[str, int, str]]) -> None:
    made = events(*(event(n, name, channel, extra=extra) for n, (name, channel, extra) in enumerate(rows)))
    model = build(made)
    assert len(model.channels) <= 3
    for channel in model.channels:
        assert sum(stay.exit is None for stay in channel.stays) <= 1


def test_what_was_recorded_is_told() -> None:
    """Transfers by keys, a pick-up, a call that was parked, another that was forgotten there, forwards, a conference."""
    told = {
        name: [(fact.kind, device_of(fact.channel), fact.text) for fact in sample(name).facts if fact.kind != "dtmf"]
        for name in ("attended-transfer-keys", "pick-up", "parking", "forwarded", "conference")
    }
    alice, bob = "PJSIP/alice", "PJSIP/bob"
    optimised = ("local-optimize", "Local/1003@default", "")
    assert told == {
        "attended-transfer-keys": [("attended-transfer", bob, "Local/1003@default-00000000;1"), optimised],
        "pick-up": [("pickup", bob, "")],
        "parking": [
            ("blind-transfer", bob, "700@default"),
            ("park", alice, "default"),
            ("unpark", alice, "ParkedCallUnparked"),
            ("blind-transfer", bob, "700@default"),
            ("park", alice, "default"),
            ("unpark", alice, "ParkedCallTimeOut"),
        ],
        "forwarded": [optimised, ("forward", alice, ""), optimised],
        "conference": [],
    }
    rooms = [channel for channel in sample("conference").channels if any(stay.room for stay in channel.stays)]
    assert [device_of(channel.name) for channel in rooms] == ["PJSIP/alice", "PJSIP/bob", "PJSIP/carol"]
    assert all(not channel.talks for channel in rooms)
