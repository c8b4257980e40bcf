"""The called phone has no codec in common with the PBX."""

from __future__ import annotations

from xivolab.bench.lines import ALICE, BOB
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Call, Fault, Truth, Words


def _play(stage: Stage) -> Truth:
    stage.call_in_vain("alice", "1002")
    detail = Words(
        "bob's phone takes G.722 only, the PBX offers alaw only",
        "le poste de bob n'accepte que G.722, le PBX n'offre que alaw",
    )
    return Truth(
        calls=(Call("alice", "1002", "rejected", 488, answered=False, released_by="callee", legs=2),),
        faults=(Fault("codec-not-acceptable", detail),),
    )


SCENARIO = Scenario(
    name="codec-refused-by-callee",
    title=Words(
        en="Codec refused by the callee: bob's phone takes G.722 only and answers 488",
        fr="Codec refusé par l'appelé : le poste de bob n'accepte que G.722 et répond 488",
    ),
    play=_play,
    phones=(Phone(ALICE), Phone(BOB, codecs="G722/16000/1")),
)
