"""The caller gives up while the other phone rings."""

from __future__ import annotations

from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Call, Truth, Words


def _play(stage: Stage) -> Truth:
    alice, bob = stage.phones["alice"], stage.phones["bob"]
    alice.dial("1002")
    bob.ring(4)
    stage.snapshot()
    alice.hang_up()
    return Truth(calls=(Call("alice", "1002", "cancelled", 487, answered=False, released_by="caller", legs=2),))


SCENARIO = Scenario(
    name="cancelled",
    title=Words(
        en="Cancelled: alice hangs up while bob's phone rings",
        fr="Abandonné : alice raccroche pendant que le poste de bob sonne",
    ),
    play=_play,
)
