"""The called party sends the caller on to a third with the keys of the PBX, once it has asked."""

from __future__ import annotations

from xivolab.bench.capture import Tap
from xivolab.bench.lines import ACCOUNTING, ALICE, BOB, CAROL, RECORDS, RECORDS_MODULE, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Turn, Words, answered

_FEATURES = """[general]
featuredigittimeout = 2000
transferdigittimeout = 3
[featuremap]
atxfer => *2
blindxfer => #1
"""


def _play(stage: Stage) -> Truth:
    bob, carol = stage.phones["bob"], stage.phones["carol"]
    stage.connect("alice", "2001", "bob")
    stage.wait(2)
    bob.press("*2")
    stage.wait(2.5)
    bob.press("1003")
    carol.ring(1)
    carol.answer()
    stage.talk(2)
    bob.hang_up()
    stage.wait(3)
    stage.phones["alice"].hang_up()
    return Truth(
        calls=(answered("alice", "2001", legs=3, streams=0),),
        turns=(Turn("attended-transfer", "bob", "alice", "carol"),),
    )


SCENARIO = Scenario(
    name="attended-transfer-keys",
    title=Words(
        en="Attended transfer by keys: bob presses *2 and 1003, asks carol, then hangs up",
        fr="Transfert supervisé par touches : bob compose *2 et 1003, prévient carol, puis raccroche",
    ),
    play=_play,
    setup=Setup(
        lines=(ALICE, BOB, CAROL),
        numbers={"2001": "Dial(PJSIP/bob,20,tT)"},
        files={**ACCOUNTING, "features.conf": _FEATURES},
        modules=(RECORDS_MODULE,),
        kept=RECORDS,
    ),
    phones=(Phone(ALICE), Phone(BOB), Phone(CAROL)),
    tap=Tap(media=False),
    max_jitter_ms=None,
)
