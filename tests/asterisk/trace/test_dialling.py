"""What came of a Dial."""

from __future__ import annotations

from typing import Any

import pytest

from tests.asterisk.trace.dialplan import ALICE, Log
from xivolab.asterisk.trace.dialling import interfaces, ring_seconds


def dial(log: Log) -> dict[str, Any]:
    """The fields of the one Dial of a log."""
    found = [one.fields for one in log.decisions() if one.code == "dial"]
    assert len(found) == 1
    return found[0]


def started(args: str = "PJSIP/bob,30") -> Log:
    return Log().run("s@user:48", "Dial", args).say("Called PJSIP/bob")


def test_answered() -> None:
    found = dial(started().say("PJSIP/bob-00000002 is ringing").say(f"PJSIP/bob-00000002 answered {ALICE}"))
    assert (found["outcome"], found["by"], found["rang"]) == ("answered", "PJSIP/bob", ["PJSIP/bob"])
    assert found["after"] == pytest.approx(0.08)


def test_nobody_in_time() -> None:
    found = dial(
        started()
        .say("Nobody picked up in 30000 ms")
        .run("s@user:49", "Goto", "user,NOANSWER,1")
        .goto("user", "NOANSWER", 1)
    )
    assert (found["outcome"], found["after"], found["status"]) == ("no-answer", 30.0, "NOANSWER")


@pytest.mark.parametrize(
    ("counts", "outcome"), [("1:1/0/0", "busy"), ("1:0/1/0", "congestion"), ("1:0/0/1", "refused"), ("2:1/0/1", "busy")]
)
def test_everyone_is_busy_is_three_things(counts: str, outcome: str) -> None:
    assert (
        dial(started().say(f"Everyone is busy/congested at this time ({counts})").run("s@user:49", "Hangup"))["outcome"]
        == outcome
    )


def test_not_registered_is_only_said_when_no_channel_could_be_made() -> None:
    log = Log().run("s@user:48", "Dial", "PJSIP/bob,30")
    log.say(
        "Endpoint 'bob': Could not create dialog to invalid URI 'bob'.  Is endpoint registered and reachable?", "ERROR"
    )
    log.say("Unable to create channel of type 'PJSIP' (cause 3 - No route to destination)", "NOTICE")
    log.say("No one is available to answer at this time (1:0/0/0)").run("s@user:49", "Hangup")
    found = dial(log)
    assert (found["outcome"], found["cause"]) == ("not-registered", 3)


def test_chanunavail_alone_is_not_unregistered() -> None:
    log = (
        started()
        .say("Everyone is busy/congested at this time (1:0/0/1)")
        .run("s@user:49", "Goto", "user,CHANUNAVAIL,1")
    )
    log.goto("user", "CHANUNAVAIL", 1)
    assert dial(log)["outcome"] == "refused"
    assert "no phone is registered" not in "\n".join(log.told())


def test_the_caller_gave_up() -> None:
    assert dial(started().say("PJSIP/bob-00000002 is ringing").spawn())["outcome"] == "cancelled"


def test_the_log_ends_in_the_middle() -> None:
    assert dial(started())["outcome"] == "unfinished"


def test_the_phone_forwards() -> None:
    log = started().say("Now forwarding PJSIP/alice-00000001 to 'Local/1003@default' (thanks to PJSIP/bob-00000002)")
    assert "the phone forwards to Local/1003@default" in "\n".join(log.told())


def test_arguments_of_a_dial() -> None:
    assert interfaces("PJSIP/a&PJSIP/b,30,tT") == ["PJSIP/a", "PJSIP/b"]
    assert interfaces(",30") == []
    assert [ring_seconds(args) for args in ("PJSIP/a,30", "PJSIP/a", "PJSIP/a,,b(x)", "PJSIP/a,9000")] == [
        30,
        None,
        None,
        9000,
    ]
