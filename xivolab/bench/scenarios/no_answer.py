"""Nobody answers within the time the PBX lets the phone ring."""

from __future__ import annotations

from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Call, Fault, Truth, Words


def _play(stage: Stage) -> Truth:
    alice, bob = stage.phones["alice"], stage.phones["bob"]
    alice.dial("1002")
    bob.ring(5)
    stage.snapshot()
    alice.wait("CALL_CLOSED", timeout=30)
    return Truth(
        calls=(Call("alice", "1002", "no-answer", 603, answered=False, released_by="server", legs=2),),
        faults=(Fault("no-answer", Words("bob lets his phone ring for 20 s", "bob laisse sonner son poste 20 s")),),
    )


SCENARIO = Scenario(
    name="no-answer",
    title=Words(
        en="No answer: bob's phone rings 20 s, then the PBX gives up; alice gets 603",
        fr="Sans réponse : le poste de bob sonne 20 s, puis le PBX renonce ; alice reçoit 603",
    ),
    play=_play,
)
