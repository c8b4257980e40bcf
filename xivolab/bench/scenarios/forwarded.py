"""Calls that go on through Local channels: kept, optimised away, and because of a 302."""

from __future__ import annotations

from xivolab.bench.capture import Tap
from xivolab.bench.lines import ACCOUNTING, ALICE, CAROL, RECORDS, RECORDS_MODULE, REDIRECTED_NUMBER, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Turn, Words, answered


def _play(stage: Stage) -> Truth:
    for number in ("2003", "2004", REDIRECTED_NUMBER):
        stage.connect("alice", number, "carol")
        stage.talk(3)
        stage.phones["alice"].hang_up()
        stage.settle()
    return Truth(
        calls=(
            answered("alice", "2003", streams=0),
            answered("alice", "2004", streams=0),
            answered("alice", REDIRECTED_NUMBER, legs=3, streams=0),
        ),
        turns=(
            Turn("forward", "", "2003", "carol"),
            Turn("forward", "", "2004", "carol"),
            Turn("forward", "operator", REDIRECTED_NUMBER, "carol"),
        ),
    )


SCENARIO = Scenario(
    name="forwarded",
    title=Words(
        en="Forwarded: three calls of alice to carol, by a Local channel kept, one optimised away, and a 302",
        fr="Renvois : trois appels d'alice à carol, par un canal Local gardé, un optimisé, et un 302",
    ),
    play=_play,
    setup=Setup(
        lines=(ALICE, CAROL),
        trunk=True,
        numbers={"2003": "Dial(Local/1003@default/n,20)", "2004": "Dial(Local/1003@default,20)"},
        files=ACCOUNTING,
        modules=(RECORDS_MODULE,),
        kept=RECORDS,
    ),
    phones=(Phone(ALICE), Phone(CAROL)),
    tap=Tap(media=False),
    max_jitter_ms=None,
)
