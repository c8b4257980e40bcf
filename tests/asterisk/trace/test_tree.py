"""The parts of a tree."""

from __future__ import annotations

import pytest

from tests.asterisk.trace.dialplan import Log, to_user
from xivolab.asterisk.trace.line import Line
from xivolab.asterisk.trace.tree import AgiCall


@pytest.mark.parametrize(
    "script", ["agi://127.0.0.1/getring", "agi://[::1]:4573/getring?x=1", "/usr/share/asterisk/agi-bin/getring"]
)
def test_a_handler_is_the_end_of_its_address(script: str) -> None:
    assert AgiCall(script, Line("")).handler == "getring"


def test_steps_of_a_run_are_in_the_order_in_which_they_ran() -> None:
    run = to_user(Log()).tree().runs[0]
    assert [step.priority for step in run.steps()] == [1, 1, 6, 7, 9, 10]


def test_the_last_phrase_of_a_kind_counts() -> None:
    log = (
        Log().run("1@default:1", "Dial", "PJSIP/bob").say("Nobody picked up in 10 ms").say("Nobody picked up in 20 ms")
    )
    step = log.tree().runs[0].steps()[0]
    assert step.said("nobody") == {"ms": "20"}
    assert step.said("all-busy") is None
