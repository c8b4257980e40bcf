from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asterisk.cel.queue_sample import LOG
from xivolab.asterisk.cel.queue_log import QueueEvent, agent_times, queue_calls, read_file, read_rows
from xivolab.asterisk.cel.queue_tables import Queues

S = 10**9


def events(text: str = LOG) -> list[QueueEvent]:
    found, bad = read_file(text, "queue_log")
    assert bad == []
    return found


def test_what_became_of_each_call() -> None:
    assert [
        (c.queue, c.caller, c.outcome, c.wait_s, c.talk_s, c.agent, c.ended_by, c.tries) for c in queue_calls(events())
    ] == [
        ("support", "1001", "answered", 12.0, 60.0, "PJSIP/bob", "caller", 1),
        ("support", "0199001234", "abandoned", 30.0, None, None, None, 0),
        ("sales", None, "full", 0.0, None, None, None, 0),
        ("support", "1003", "answered", 25.0, 100.0, "PJSIP/carol", "transfer", 0),
        ("support", "1005", None, None, None, None, None, 0),
    ]


@pytest.mark.parametrize(
    ("end", "outcome", "wait", "talk"),
    [
        ("EXITWITHTIMEOUT|1|2|45", "timeout", 45.0, None),
        ("EXITWITHKEY|9|1|2|17", "exit-key", 17.0, None),
        ("EXITEMPTY|1|1|8", "leave-empty", 8.0, None),
        ("LEAVEEMPTY", "leave-empty", 10.0, None),
        ("WITHDRAW|1|1|6|sorry", "withdrawn", 6.0, None),
    ],
)
def test_other_ways_out(end: str, outcome: str, wait: float, talk: float | None) -> None:
    (call,) = queue_calls(events(f"1795420050|1.1|q|NONE|ENTERQUEUE||1001|1\n1795420060|1.1|q|NONE|{end}\n"))
    assert (call.outcome, call.wait_s, call.talk_s) == (outcome, wait, talk)


@pytest.mark.parametrize(
    ("end", "talk"),
    [
        ("COMPLETEAGENT|4|30|1", 30.0),
        ("TRANSFER|1004|default|4|31|1", 31.0),
        ("ATTENDEDTRANSFER|BRIDGE|4db4dad6|4|32|1", 32.0),
        ("ATTENDEDTRANSFER|LINK|PJSIP/a-1|PJSIP/b-2|4|33|1", 33.0),
        ("ATTENDEDTRANSFER|APP|Voicemail|4|34|1", 34.0),
    ],
)
def test_the_length_of_the_conversation(end: str, talk: float) -> None:
    head = "1795420050|1.1|q|NONE|ENTERQUEUE||1001|1\n1795420054|1.1|q|SIP/a|CONNECT|4|2.2|1\n"
    (call,) = queue_calls(events(f"{head}1795420090|1.1|q|SIP/a|{end}\n"))
    assert call.talk_s == talk


def test_a_call_that_comes_back_counts_again() -> None:
    once = "1795420050|1.1|q|NONE|ENTERQUEUE||1001|1\n1795420060|1.1|q|NONE|EXITWITHTIMEOUT|1|1|10\n"
    assert len(queue_calls(events(once + once))) == 2


def test_the_sessions_and_pauses_of_agents() -> None:
    bob, carol = agent_times(events())
    assert bob.sessions == [(1795420010 * S, 1795424400 * S)]
    assert bob.pauses == [(1795424200 * S, 1795424300 * S)]
    assert (carol.missed, carol.sessions) == (1, [(1795420012 * S, None)])


def test_a_pause_in_several_queues_is_one() -> None:
    text = "10|NONE|a|X|PAUSE|\n10|NONE|b|X|PAUSE|\n20|NONE|a|X|UNPAUSE|\n30|NONE|b|X|UNPAUSE|\n".replace(
        "10|", "1795420010|", 1
    )
    lines = [f"17954200{line}" if len(line.partition("|")[0]) == 2 else line for line in text.split("\n") if line]
    (agent,) = agent_times(events("\n".join(lines)))
    assert agent.pauses == [(1795420010 * S, 1795420030 * S)]


def test_rows_of_a_table() -> None:
    row = {"time": "2026-11-23 08:47:30.5", "callid": "1.1", "queuename": "q", "agent": "NONE", "event": "ABANDON"}
    (event,) = read_rows([(3, {**row, "data1": "1", "data2": "1", "data3": "30"})], ZoneInfo("Europe/Paris"), "x")
    assert (event.time, event.agent, event.data[2]) == (1795420050 * S + S // 2, "", "30")
    moment = datetime(2026, 11, 23, 7, 47, 30, tzinfo=ZoneInfo("UTC"))
    (event,) = read_rows([(None, {**row, "time": moment, "data": "1|1|30"})], None, "x")
    assert (event.time, event.data) == (1795420050 * S, ["1", "1", "30"])


def test_lines_that_are_none_are_told() -> None:
    assert read_file("rubbish\n" + LOG, "x")[1] == [1]


@given(st.text(alphabet="0123456789|NOEQCT\n", max_size=300))
def test_any_text_is_read(text: str) -> None:
    found, _ = read_file(text, "x")
    queue_calls(found)
    agent_times(found)


@given(st.permutations(LOG.splitlines()))
def test_events_in_any_order_are_taken(lines: list[str]) -> None:
    found, _ = read_file("\n".join(lines), "x")
    assert sum(call.outcome == "full" for call in queue_calls(found)) == 1
    agent_times(found)


def test_numbers_that_are_too_large_are_none() -> None:
    """Found by fuzzing."""
    late = "99999999999|1.1|sales|NONE|ENTERQUEUE||1001|1\n"
    events, bad = read_file(late + "1763456789|1.1|sales|NONE|ENTERQUEUE||1001|" + "9" * 30 + "\n", "queue_log")
    assert (len(events), bad) == (1, [1])
    assert len(Queues(events, {}, None, 20.0).table("calls")) == 1
