"""Calls that CEL alone tells: against the captures of the same calls, and made ones."""

from __future__ import annotations

import json
from typing import Any

import pytest

import xivolab
from tests.asterisk.cel.rows import NOON, ROOT, SAMPLES, event, events
from xivolab.asterisk.cel.channels import build
from xivolab.asterisk.cel.event import CelEvent
from xivolab.asterisk.cel.groups import group
from xivolab.calls.channels import channel_record, told_calls

WITH_CALLS = [folder.name for folder in SAMPLES if (folder / "cel.csv").stat().st_size]

# Where the channels honestly say something else than the wire.
OTHERS = {
    # The timer's expiry is put down to the channel that vanished.
    ("caller-vanishes-session-timer", "released_by"): "caller",
    # chan_pjsip gives a cause to what the wire ended without one.
    ("direct-media", "cause"): 16,
    # On the wire: the SIP user where nobody else names her number, and the number shown to the operator.
    ("dtmf-menu", "caller"): "1001",
    ("parking", "cause"): 16,
    ("conference", "cause"): 16,
    ("phone-not-registered", "caller"): "1001",
    ("trunk-call", "caller"): "1001",
    ("trunk-congested", "caller"): "1001",
}
JOINED = ("pick-up", "parking", "attended-transfer")  # by somebody whose channel began a call of its own
NUMBERS = {"alice": "1001", "bob": "1002", "carol": "1003"}
SEVERAL = ("console",)  # calls at once, not all of them on the wire that was captured
FIELDS = ("caller", "callee", "answered", "answered_by", "state", "cause", "released_by", "partial")


def records(*made: CelEvent) -> list[dict[str, Any]]:
    return [channel_record(one, build(one.events)) for one in group(events(*made))]


@pytest.mark.parametrize("name", WITH_CALLS)
def test_the_channels_say_what_the_wire_said(name: str) -> None:
    if name in SEVERAL:
        return
    wires = list(xivolab.open(ROOT / "captures" / name).table("calls").records())
    found = list(xivolab.open(ROOT / "sample_logs" / name / "cel.csv").table("calls").records())
    # Who retrieves a parked call is a call of its own on the wire, which does not tell why.
    wires = [wire for wire in wires if wire["to_user"] != "701"]
    assert len(wires) == len(found) > 0
    for wire, told in zip(wires, found, strict=True):
        _same(name, wire, told)


def _same(name: str, wire: dict[str, Any], told: dict[str, Any]) -> None:
    for field in FIELDS:
        expected = OTHERS.get((name, field), wire[field])
        # Nobody was called: SIP has no number of who enters a room.
        expected = NUMBERS[expected] if name == "conference" and field == "caller" else expected
        assert told[field] == expected, field
    for field in ("start", "end", "answered_at", "connected_at"):
        assert (told[field] is None) == (wire[field] is None), field
        if wire[field] is not None:
            assert told[field] == pytest.approx(wire[field], abs=0.6), field
    # A channel that leaves a conference lives on while the others hear of it.
    assert told["talk_s"] == pytest.approx(wire["talk_s"], abs=0.5 if name == "conference" else 0.1)
    assert told["status"] is told["setup_s"] is told["from_user"] is None
    assert len(told["linkedids"]) == (2 if name in JOINED and told["leg_details"][-1]["number"] == "1003" else 1)


@pytest.mark.parametrize("name", WITH_CALLS)
def test_psql_says_what_the_csv_says(name: str) -> None:
    folder = ROOT / "sample_logs" / name
    one, other = (list(xivolab.open(folder / file).table("calls").records()) for file in ("cel.csv", "cel.txt"))
    assert one == other


def bridge(name: str) -> str:
    return json.dumps({"bridge_id": name, "bridge_technology": "simple_bridge"})


def hangup(source: str, cause: int = 16, dialstatus: str = "") -> str:
    return json.dumps({"hangupcause": cause, "hangupsource": source, "dialstatus": dialstatus})


def test_click_to_call_the_caller_is_who_rang_first() -> None:
    (record,) = records(
        event(0, "CHAN_START", 1, channame="Local/1002@default-00000001;1", exten="s"),
        event(0.1, "CHAN_START", 2, channame="Local/1002@default-00000001;2", exten="1002"),
        event(0.2, "CHAN_START", 3, cid_num="1001", exten="s"),
        event(2, "ANSWER", 3, cid_num="1001"),
        event(2.1, "BRIDGE_ENTER", 3, extra=bridge("x")),
        event(2.1, "BRIDGE_ENTER", 1, channame="Local/1002@default-00000001;1", extra=bridge("x")),
        event(2.2, "CHAN_START", 4, cid_num="1002", exten="s"),
        event(4, "ANSWER", 4),
        event(4.1, "BRIDGE_ENTER", 4, extra=bridge("y")),
        event(4.1, "BRIDGE_ENTER", 2, channame="Local/1002@default-00000001;2", extra=bridge("y")),
        event(9, "HANGUP", 4, extra=hangup("PJSIP/phone4-00000004")),
        event(9, "HANGUP", 3, extra=hangup("PJSIP/phone4-00000004")),
    )
    assert (record["caller"], record["callee"], record["state"]) == ("1001", "1002", "completed")
    assert record["connected_at"] == int((NOON + 4.1) * 10**9)  # through both halves of the Local channel
    assert record["released_by"] == "callee"


def test_a_call_that_lasts_has_no_end() -> None:
    (record,) = records(event(0, "CHAN_START", 1, exten="1002"), event(1, "ANSWER", 1))
    assert (record["state"], record["end"], record["talk_s"], record["answered_by"]) == (
        "in-call",
        None,
        None,
        "server",
    )


def test_a_call_begun_before_the_evidence_is_partial() -> None:
    (record,) = records(event(5, "HANGUP", 1, extra=hangup("")), event(5, "CHAN_END", 1))
    assert (record["partial"], record["start"], record["answered"], record["talk_s"]) == (True, None, None, None)


def test_in_one_ring_a_phone_that_rang_in_vain_comes_before_a_busy_one() -> None:
    (record,) = records(
        event(0, "CHAN_START", 1, exten="2000"),
        event(1, "CHAN_START", 2),
        event(1, "CHAN_START", 3),
        event(2, "HANGUP", 2, extra=hangup("PJSIP/phone2-00000002", 17)),
        event(20, "HANGUP", 3, extra=hangup("", 0)),
        event(20, "HANGUP", 1, extra=hangup("dialplan/builtin", 16, "NOANSWER")),
    )
    assert (record["state"], record["released_by"]) == ("no-answer", "server")


def test_one_after_another_the_last_attempt_counts() -> None:
    (record,) = records(
        event(0, "CHAN_START", 1, exten="1002"),
        event(1, "CHAN_START", 2),
        event(10, "HANGUP", 2, extra=hangup("", 0)),
        event(11, "CHAN_START", 3),
        event(12, "HANGUP", 3, extra=hangup("PJSIP/phone3-00000003", 17)),
        event(12, "HANGUP", 1, extra=hangup("dialplan/builtin", 17, "BUSY")),
    )
    assert record["state"] == "busy"


def test_call_ids_that_the_dialplan_wrote_are_keys() -> None:
    made = events(
        event(0, "CHAN_START", 1),
        event(1, "SIPCALLID", 1, extra='{"extra":"f81d4fae-7dec-11d0-a765@10.77.0.11"}'),
        event(1, "APP_START", 1, appdata="PJSIP/bob,20,something-else-altogether-long"),
    )
    (told,) = told_calls(group(made))
    assert told.keys == {"f81d4fae-7dec-11d0-a765@10.77.0.11"}


def test_a_conference_joins_nobody_and_its_announcer_is_no_call() -> None:
    calls = list(xivolab.open(ROOT / "sample_logs" / "conference" / "cel.csv").table("calls").records())
    assert [(call["caller"], call["answered_by"], call["connected_at"]) for call in calls] == [
        (number, "server", None) for number in NUMBERS.values()
    ]
