"""The called party sends the caller on to a third (REFER)."""

from __future__ import annotations

from xivolab.bench.lines import ALICE, BOB, CAROL, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Words, answered


def _play(stage: Stage) -> Truth:
    bob, carol = stage.phones["bob"], stage.phones["carol"]
    stage.connect("alice", "1002", "bob")
    stage.wait(5)
    bob.transfer("1003")
    carol.ring(2)
    carol.answer()
    stage.talk(6)
    stage.phones["alice"].hang_up()
    # Two streams for each of the three phones, and one more: towards alice the PBX changes its SSRC.
    return Truth(calls=(answered("alice", "1002", legs=3, streams=7),))


SCENARIO = Scenario(
    name="blind-transfer",
    title=Words(
        en="Blind transfer: alice calls bob, bob transfers her to carol without asking",
        fr="Transfert aveugle : alice appelle bob, bob la transfère à carol sans la prévenir",
    ),
    play=_play,
    setup=Setup(lines=(ALICE, BOB, CAROL)),
    phones=(Phone(ALICE), Phone(BOB), Phone(CAROL)),
)
