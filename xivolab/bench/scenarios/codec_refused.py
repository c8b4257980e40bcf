"""The PBX and the caller have no codec in common."""

from __future__ import annotations

from xivolab.bench.lines import ALICE
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Call, Fault, Truth, Words


def _play(stage: Stage) -> Truth:
    stage.call_in_vain("alice", "1002")
    detail = Words(
        "alice's phone offers G.722 only, the PBX takes alaw only",
        "le poste d'alice n'offre que G.722, le PBX n'accepte que alaw",
    )
    return Truth(
        calls=(Call("alice", "1002", "rejected", 488, answered=False, released_by="server", legs=1),),
        faults=(Fault("codec-not-acceptable", detail),),
    )


SCENARIO = Scenario(
    name="codec-refused",
    title=Words(
        en="Codec refused: alice's phone offers G.722 only, the PBX answers 488",
        fr="Codec refusé : le poste d'alice n'offre que G.722, le PBX répond 488",
    ),
    play=_play,
    phones=(Phone(ALICE, codecs="G722/16000/1"),),
)
