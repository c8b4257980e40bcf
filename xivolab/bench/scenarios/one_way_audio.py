"""One party is not heard: its RTP never reaches the PBX."""

from __future__ import annotations

from xivolab.bench.lines import ALICE
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Fault, Truth, Words, answered


def _play(stage: Stage) -> Truth:
    stage.lose_sent_rtp(ALICE, 100)
    stage.connect("alice", "1002", "bob")
    stage.talk(12)
    stage.phones["bob"].hang_up()
    detail = Words(
        "everything alice's phone sends as RTP is lost on its way to the PBX",
        "tout le RTP envoyé par le poste d'alice se perd avant le PBX",
    )
    return Truth(
        calls=(answered("alice", "1002", "callee", streams=2),),
        faults=(Fault("one-way-audio", detail),),
    )


SCENARIO = Scenario(
    name="one-way-audio",
    title=Words(
        en="One-way audio: alice hears bob, bob does not hear alice",
        fr="Audio à sens unique : alice entend bob, bob n'entend pas alice",
    ),
    play=_play,
)
