"""The calls and registrations of the sample captures are those that were really made (`truth.toml` beside each)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.captures import CORPUS, CORPUS_VARIABLE, ROOT, each_of_corpus, each_sample
from xivolab.schema import STATES

COUNTED = ("legs", "streams")
"""Fields of which the truth has only how many there are."""


JOINED_BY = {"parking": [ROOT / "sample_logs/parking/full"]}
"""What tells that calls are one where SIP does not."""


def told(truth: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """The fields of `record` that the truth has too, as it has them."""
    return {name: len(record[name]) if name in COUNTED else record[name] for name in truth if name in record}


def points(folder: Path) -> int:
    """How many captures a sample has, all of the same calls."""
    return len(list(folder.glob("*.pcap*")))


@each_sample
def test_what_really_happened(capture: Path) -> None:
    truth = tomllib.loads((capture.parent / "truth.toml").read_text())
    case = xivolab.open(capture.parent, *JOINED_BY.get(capture.parent.name, ()))
    calls = list(case.table("calls").records())
    expected = truth.get("calls", [])
    if points(capture.parent) > 1:
        # The truth counts the streams at the PBX; each point adds those that it saw.
        at_pbx = list(xivolab.open(capture.with_name("pbx.pcap")).table("calls").records())
        assert [len(call["streams"]) for call in at_pbx] == [one["streams"] for one in expected]
        expected = [{name: value for name, value in one.items() if name != "streams"} for one in expected]
    assert [told(t, call) for t, call in zip(expected, calls, strict=True)] == expected
    phones = {row["aor"]: row for row in case.table("registrations").records()}
    for registration in truth.get("registrations", []):
        assert told(registration, phones[registration["aor"]]) == registration


@each_sample
def test_every_stream_of_a_sample_belongs_to_a_call(capture: Path) -> None:
    assert None not in xivolab.open(capture.parent).table("streams")["call"].tolist()


@each_sample
def test_without_the_case_file_the_calls_are_the_same(capture: Path) -> None:
    """Nobody told the roles of the hosts: the PBX is recognised by what it does."""
    fields = ("state", "status", "answered", "answered_by", "released_by", "legs", "caller", "callee")
    if points(capture.parent) > 1:  # one of them saw one leg only
        capture = capture.with_name("pbx.pcap")
    alone, within = (list(xivolab.open(place).table("calls").records()) for place in (capture, capture.parent))
    assert [[call[name] for name in fields] for call in alone] == [[call[name] for name in fields] for call in within]


@each_of_corpus
def test_calls_of_others_hold_together(capture: Path) -> None:
    case = xivolab.open(capture)
    calls = list(case.table("calls").records())
    dialogs = {row["call_id"]: row for row in case.table("dialogs").records()}
    assert len({call["id"] for call in calls}) == len(calls)
    for call in calls:
        assert call["state"] in STATES
        assert all(leg in dialogs for leg in call["legs"])
        assert call["talk_s"] is None or call["talk_s"] >= 0
        assert call["setup_s"] is None or call["setup_s"] >= 0
        if len(call["legs"]) == 1 and not call["partial"]:
            assert call["status"] == dialogs[call["legs"][0]]["status"]


@pytest.mark.skipif(not CORPUS, reason=f"{CORPUS_VARIABLE} is not set")
def test_the_legs_that_others_recorded_across_their_pbx() -> None:
    """B2BUAs of several makers, told by what is known of each capture."""
    known = {
        "sip-2phones-B2BUA-Asterisk.pcapng": 2,
        "FAX-Call-t38-CA-TDM-SIP-FB-1.pcap": 2,
        "SIP-Call-with-Proxy-Server.pcap": 1,
        "voip-extension2downata.pcap": 1,
    }
    legs = {
        path.name: [len(call) for call in xivolab.open(path).table("calls")["legs"]]
        for path in CORPUS
        if path.name in known
    }
    assert {name: max(found) for name, found in legs.items()} == {name: known[name] for name in legs}
