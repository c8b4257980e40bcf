"""The called party asks a third on a second line, then joins the two (REFER with Replaces)."""

from __future__ import annotations

from xivolab.bench.capture import Tap
from xivolab.bench.lines import ACCOUNTING, ALICE, BOB, CAROL, RECORDS, RECORDS_MODULE, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Turn, Words, answered


def _play(stage: Stage) -> Truth:
    bob, carol = stage.phones["bob"], stage.phones["carol"]
    stage.connect("alice", "1002", "bob")
    stage.wait(2)
    first = bob.call_id
    bob.command("hold")
    stage.wait(1)
    bob.dial("1003")
    carol.ring(1)
    carol.answer()
    bob.wait("CALL_ESTABLISHED")
    stage.talk(2)
    bob.join(first, stage.pbx.log())
    stage.wait(4)
    stage.phones["alice"].hang_up()
    # A call for each of bob's two lines; they are one once he joins them.
    return Truth(
        calls=(answered("alice", "1002", legs=4, streams=0),),
        turns=(Turn("attended-transfer", "bob", "alice", "carol"),),
    )


SCENARIO = Scenario(
    name="attended-transfer",
    title=Words(
        en="Attended transfer: bob puts alice on hold, asks carol, then joins the two (REFER with Replaces)",
        fr="Transfert supervisé : bob met alice en garde, prévient carol, puis réunit les deux (REFER, Replaces)",
    ),
    play=_play,
    setup=Setup(
        lines=(ALICE, BOB, CAROL),
        files=ACCOUNTING,
        modules=(RECORDS_MODULE,),
        kept=RECORDS,
    ),
    phones=(Phone(ALICE), Phone(BOB), Phone(CAROL)),
    tap=Tap(media=False),
    max_jitter_ms=None,
)
