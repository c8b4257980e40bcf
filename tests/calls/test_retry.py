"""A challenge answered under a new Call-ID."""

from __future__ import annotations

from tests.calls.pbx import calls, dialled, dialling, one_call
from tests.sip.flow import at


def test_the_same_attempt() -> None:
    challenged = dialling(call_id="first").invite(0).reply(0.1, 407).ack(0.1)
    retry = dialling(call_id="second").invite(0.5).reply(1, 180).reply(2, 486)
    call = one_call(challenged, retry, dialled().invite(0.6).reply(2, 486))
    assert call["legs"] == ["first", "second", "callee"]
    assert [leg["role"] for leg in call["leg_details"]] == ["caller", "caller", "callee"]
    assert (call["state"], call["status"], call["start"], call["setup_s"]) == ("busy", 486, at(0) / 1e9, 1.0)


def test_the_id_is_that_of_the_first() -> None:
    challenged = dialling(call_id="first").invite(0).reply(0.1, 407).ack(0.1)
    assert one_call(challenged)["id"] == one_call(challenged, dialling(call_id="second").invite(0.5))["id"]


def test_later_or_to_somebody_else_it_is_another_call() -> None:
    challenged = dialling(call_id="first").invite(0).reply(0.1, 401).ack(0.1)
    assert len(calls(challenged, dialling(call_id="second").invite(2.2))) == 2
    assert len(calls(challenged, dialling("1003", call_id="second").invite(0.5))) == 2
