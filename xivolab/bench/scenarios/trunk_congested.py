"""The operator refuses: its lines are full."""

from __future__ import annotations

from xivolab.bench.lines import ALICE, CONGESTED_NUMBER, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Call, Fault, Truth, Words


def _play(stage: Stage) -> Truth:
    stage.call_in_vain("alice", CONGESTED_NUMBER)
    detail = Words("the operator answers 503, its lines are full", "l'opérateur répond 503, ses lignes sont pleines")
    return Truth(
        calls=(Call("alice", CONGESTED_NUMBER, "failed", 503, answered=False, released_by="callee", legs=2),),
        faults=(Fault("service-unavailable", detail),),
    )


SCENARIO = Scenario(
    name="trunk-congested",
    title=Words(
        en="Trunk congested: the operator refuses alice's call with 503",
        fr="Trunk saturé : l'opérateur refuse l'appel d'alice par 503",
    ),
    play=_play,
    setup=Setup(trunk=True),
    phones=(Phone(ALICE),),
)
