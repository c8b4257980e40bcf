"""A healthy call whose caller speaks SIP over TCP."""

from __future__ import annotations

from xivolab.bench.lines import ALICE, BOB
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Registration, Truth, Words, answered


def _play(stage: Stage) -> Truth:
    stage.connect("alice", "1002", "bob")
    stage.talk(8)
    stage.phones["bob"].hang_up()
    return Truth(
        calls=(answered("alice", "1002", "callee"),),
        registrations=(Registration("sip:alice@10.77.0.10"), Registration("sip:bob@10.77.0.10")),
    )


SCENARIO = Scenario(
    name="tcp-call",
    title=Words(
        en="SIP over TCP: alice's phone uses TCP, bob's UDP; bob hangs up",
        fr="SIP sur TCP : le poste d'alice utilise TCP, celui de bob UDP ; bob raccroche",
    ),
    play=_play,
    phones=(Phone(ALICE, transport="tcp"), Phone(BOB)),
)
