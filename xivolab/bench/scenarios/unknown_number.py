"""A call to a number that the PBX does not know."""

from __future__ import annotations

from xivolab.bench.lines import ALICE
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Call, Fault, Truth, Words


def _play(stage: Stage) -> Truth:
    stage.call_in_vain("alice", "1999")
    detail = Words("1999 is nobody's number", "le 1999 n'est attribué à personne")
    return Truth(
        calls=(Call("alice", "1999", "failed", 404, answered=False, released_by="server", legs=1),),
        faults=(Fault("dialplan-no-extension", detail),),
    )


SCENARIO = Scenario(
    name="unknown-number",
    title=Words(
        en="Unknown number: alice calls 1999, which does not exist; the PBX answers 404",
        fr="Numéro inconnu : alice appelle le 1999, qui n'existe pas ; le PBX répond 404",
    ),
    play=_play,
    phones=(Phone(ALICE),),
)
