"""Asterisk is started anew during a call: call ids begin again."""

from __future__ import annotations

from xivolab.bench.capture import Tap
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Call, Fault, Truth, Words, answered


def _play(stage: Stage) -> Truth:
    stage.connect("alice", "1002", "bob")
    stage.talk(2)
    stage.phones["alice"].hang_up()
    stage.settle()
    stage.connect("alice", "1002", "bob")
    stage.wait(2)
    stage.pbx.restart()
    stage.wait(1)
    stage.phones["bob"].dial("1001")
    stage.phones["alice"].ring(1)
    stage.phones["alice"].refuse()
    stage.wait(2)
    return Truth(
        calls=(
            answered("alice", "1002", streams=0),
            answered("alice", "1002", "server", streams=0),
            Call("bob", "1001", "busy", 486, False, "callee", 2),
        ),
        faults=(
            Fault(
                "callee-busy",
                Words("alice's phone refuses the third call", "le poste d'alice refuse le troisième appel"),
            ),
        ),
    )


SCENARIO = Scenario(
    name="restart",
    title=Words(
        en="A restart: Asterisk is started anew during the second of three calls, call ids begin again",
        fr="Un redémarrage : Asterisk est relancé pendant le deuxième de trois appels, les ids recommencent",
    ),
    play=_play,
    tap=Tap(media=False),
    max_jitter_ms=None,
)
