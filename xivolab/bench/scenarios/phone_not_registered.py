"""A call to a phone that never registered."""

from __future__ import annotations

from xivolab.bench.lines import ALICE
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Call, Fault, Truth, Words


def _play(stage: Stage) -> Truth:
    stage.call_in_vain("alice", "1002")
    return Truth(
        calls=(Call("alice", "1002", "failed", 404, answered=False, released_by="server", legs=1),),
        faults=(Fault("endpoint-unavailable", Words("bob has no phone", "bob n'a pas de poste enregistré")),),
    )


SCENARIO = Scenario(
    name="phone-not-registered",
    title=Words(
        en="Phone not registered: alice calls bob, who has no phone; the PBX answers 404",
        fr="Poste non enregistré : alice appelle bob, qui n'a pas de poste ; le PBX répond 404",
    ),
    play=_play,
    phones=(Phone(ALICE),),
)
