"""Digits by RFC 4733 to a voice menu."""

from __future__ import annotations

from xivolab.bench.lines import ALICE
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Words, answered


def _play(stage: Stage) -> Truth:
    alice = stage.phones["alice"]
    alice.dial("3000")
    alice.wait("CALL_ESTABLISHED")
    stage.wait(4)
    alice.press("42")
    stage.talk(6)
    alice.hang_up()
    return Truth(calls=(answered("alice", "3000", legs=1, streams=2),))


SCENARIO = Scenario(
    name="dtmf-menu",
    title=Words(
        en="Digits to a voice menu: alice presses 4 and 2 (RFC 4733)",
        fr="Touches vers un menu vocal : alice compose 4 puis 2 (RFC 4733)",
    ),
    play=_play,
    phones=(Phone(ALICE),),
    max_jitter_ms=None,
)
