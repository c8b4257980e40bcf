"""Which rows the filters leave, on the record itself and on the one it belongs to."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

import xivolab
from tests.captures import ROOT
from tests.cli.cases import two_calls
from xivolab.cli.filters import Filters
from xivolab.errors import UsageError
from xivolab.schema import RECORDS

CASE: Any = two_calls()


def ids(name: str, **options: str) -> list[str]:
    filters = Filters(**options, place=UTC)  # type: ignore[arg-type]
    return [CASE.table(name)["id"][row] for row in filters.rows(CASE, name)]


@pytest.mark.parametrize(
    ("name", "option", "value", "left"),
    [
        ("calls", "number", "1001", ["aaa"]),
        ("calls", "number", "0470123456", ["bbb"]),
        ("calls", "number", "alice", ["aaa"]),
        ("calls", "state", "completed,busy", ["aaa"]),
        ("calls", "status", "5xx", ["bbb"]),
        ("calls", "status", "200,503", ["aaa", "bbb"]),
        ("calls", "since", "12:30", ["bbb"]),
        ("calls", "until", "12:30", ["aaa"]),
        ("calls", "host", "192.0.2.10", ["bbb"]),
        ("calls", "host", "alice", ["aaa"]),
        ("calls", "host", "10.77.0.10:5060", ["aaa", "bbb"]),
        ("calls", "host", "phone", ["aaa"]),
        ("streams", "host", "alice", ["s1"]),
        ("registrations", "number", "1001", ["r1"]),
        ("registrations", "status", "403", ["r1"]),
        ("messages", "status", "1xx", ["m1"]),
        # through the record it belongs to
        ("streams", "state", "completed", ["s1"]),
        ("streams", "number", "1002", ["s1"]),
        ("quality", "number", "1002", ["q1"]),
        ("quality", "host", "198.51.100.1", ["q2"]),
        ("messages", "number", "1003", ["m2"]),
    ],
)
def test_leaves(name: str, option: str, value: str, left: list[str]) -> None:
    assert ids(name, **{option: value}) == left


def test_all_filters_have_to_pass() -> None:
    assert ids("calls", number="1002", state="completed", where="talk_s > 60") == ["aaa"]
    assert ids("calls", number="1002", state="failed") == []


@pytest.mark.parametrize(
    ("name", "option", "value", "words"),
    [
        ("calls", "state", "complete", "no state 'complete'; it is one of setup"),
        ("calls", "status", "20x", "'20x' is not a SIP status"),
        ("calls", "since", "noon", "'noon' is not a time"),
        ("problems", "number", "1001", "problems have nothing that --number could look at"),
    ],
)
def test_says_what_is_wrong(name: str, option: str, value: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        ids(name, **{option: value})


def test_a_second_of_a_stream_has_a_time_of_its_own() -> None:
    case = xivolab.open(ROOT / "captures" / "clean-call")
    start = case.stream(case.table("quality")["stream"][0]).start
    found = Filters(since=str(start + 4.5), until=str(start + 6.5)).rows(case, "quality")
    seconds = [int(case.table("quality")["second"][row]) for row in found]
    assert 0 < len(found) < len(case.table("quality"))
    assert min(seconds) >= 3


VALUES = {
    "number": "1001",
    "since": "12:30",
    "until": "12:30",
    "state": "completed",
    "status": "200",
    "host": "alice",
    "where": "id != x",
}


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("option", VALUES)
def test_every_filter_works_on_every_table_or_says_why_not(name: str, option: str) -> None:
    filters = Filters(**{option: VALUES[option]}, place=UTC)  # type: ignore[arg-type]
    without = {
        "registrations": ("state",),
        "log": ("number", "state", "status", "host"),
        "refusals": ("state", "status"),
        "hosts": ("since", "until", "state", "status"),
        "problems": ("number", "since", "until", "state", "status", "host"),
    }
    if option in without.get(name, ()):
        with pytest.raises(UsageError, match=f"{name} have nothing that --{option} could look at"):
            filters.rows(CASE, name)
    else:
        assert len(filters.rows(CASE, name)) <= len(CASE.table(name))


@pytest.mark.parametrize("name", ["calls", "dialogs", "messages", "streams", "quality", "events"])
def test_one_call_of_several(name: str) -> None:
    case = xivolab.open(ROOT / "captures" / "clean-call", ROOT / "captures" / "packet-loss")
    key = case.call(0).key
    found = Filters(call=key).rows(case, name)
    assert 0 < len(found) < len(case.table(name))


def test_a_table_that_knows_no_call() -> None:
    case = xivolab.open(ROOT / "captures" / "clean-call")
    with pytest.raises(UsageError, match="hosts have nothing that --call could look at"):
        Filters(call=case.call(0).key).rows(case, "hosts")
