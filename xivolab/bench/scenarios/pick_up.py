"""A third picks up the call that rings at a neighbour's."""

from __future__ import annotations

from xivolab.bench.capture import Tap
from xivolab.bench.lines import ACCOUNTING, ALICE, BOB, CAROL, RECORDS, RECORDS_MODULE, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Turn, Words, answered


def _play(stage: Stage) -> Truth:
    carol = stage.phones["carol"]
    stage.phones["alice"].dial("1002")
    stage.phones["bob"].ring(3)
    carol.dial("*8")
    carol.wait("CALL_ESTABLISHED")
    stage.talk(4)
    stage.phones["alice"].hang_up()
    return Truth(
        calls=(answered("alice", "1002", legs=3, streams=0),),
        turns=(Turn("pickup", "carol", "bob"),),
    )


SCENARIO = Scenario(
    name="pick-up",
    title=Words(
        en="Pick-up: alice calls bob, carol takes the call with *8 while bob's phone rings",
        fr="Interception : alice appelle bob, carol prend l'appel par *8 pendant que le poste de bob sonne",
    ),
    play=_play,
    setup=Setup(
        lines=(ALICE, BOB, CAROL),
        endpoint={"call_group": "1", "pickup_group": "1"},
        numbers={"*8": "Pickup()"},
        files=ACCOUNTING,
        modules=(RECORDS_MODULE,),
        kept=RECORDS,
    ),
    phones=(Phone(ALICE), Phone(BOB), Phone(CAROL)),
    tap=Tap(media=False),
    max_jitter_ms=None,
)
