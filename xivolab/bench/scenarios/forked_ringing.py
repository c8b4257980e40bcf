"""One number rings two phones; one of them answers."""

from __future__ import annotations

from xivolab.bench.lines import ALICE, BOB, CAROL, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Words, answered


def _play(stage: Stage) -> Truth:
    stage.phones["alice"].dial("2000")
    stage.phones["bob"].ring(1)
    stage.phones["carol"].ring(2)
    stage.phones["carol"].answer()
    stage.talk(8)
    stage.phones["alice"].hang_up()
    return Truth(calls=(answered("alice", "2000", legs=3),))


SCENARIO = Scenario(
    name="forked-ringing",
    title=Words(
        en="Two phones ring: alice calls 2000, bob's and carol's phones ring, carol answers",
        fr="Deux postes sonnent : alice appelle le 2000, les postes de bob et carol sonnent, carol répond",
    ),
    play=_play,
    setup=Setup(lines=(ALICE, BOB, CAROL), numbers={"2000": "Dial(PJSIP/bob&PJSIP/carol,20)"}),
    phones=(Phone(ALICE), Phone(BOB), Phone(CAROL)),
)
