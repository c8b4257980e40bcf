"""The called phone says it is busy."""

from __future__ import annotations

from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Call, Fault, Truth, Words


def _play(stage: Stage) -> Truth:
    alice, bob = stage.phones["alice"], stage.phones["bob"]
    alice.dial("1002")
    bob.ring(2)
    stage.snapshot()
    bob.refuse()
    return Truth(
        calls=(Call("alice", "1002", "busy", 486, answered=False, released_by="callee", legs=2),),
        faults=(Fault("callee-busy", Words("bob's phone refuses with 486", "le poste de bob refuse par 486")),),
    )


SCENARIO = Scenario(
    name="busy",
    title=Words(
        en="Busy: bob's phone rings, then refuses the call with 486",
        fr="Occupé : le poste de bob sonne, puis refuse l'appel par 486",
    ),
    play=_play,
)
