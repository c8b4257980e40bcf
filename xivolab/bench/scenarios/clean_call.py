"""A healthy call: the measure of all others."""

from __future__ import annotations

from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Registration, Truth, Words, answered


def _play(stage: Stage) -> Truth:
    stage.connect("alice", "1002", "bob")
    stage.talk(12)
    stage.phones["alice"].hang_up()
    return Truth(
        calls=(answered("alice", "1002"),),
        registrations=(Registration("sip:alice@10.77.0.10"), Registration("sip:bob@10.77.0.10")),
    )


SCENARIO = Scenario(
    name="clean-call",
    title=Words(
        en="Clean call: alice calls bob, both hear each other, alice hangs up",
        fr="Appel sain : alice appelle bob, chacun entend l'autre, alice raccroche",
    ),
    play=_play,
)
