"""A caller is parked and retrieved by another; a second one is forgotten there."""

from __future__ import annotations

from xivolab.bench.capture import Tap
from xivolab.bench.lines import ACCOUNTING, ALICE, BOB, CAROL, RECORDS, RECORDS_MODULE, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Turn, Words, answered

_FORGOTTEN_S = 10
_PARKING = f"""[general]
[default]
parkext = 700
parkpos = 701-705
context = parkedcalls
parkingtime = {_FORGOTTEN_S}
comebacktoorigin = yes
comebackdialtime = 20
"""


def _play(stage: Stage) -> Truth:
    alice, bob, carol = (stage.phones[name] for name in ("alice", "bob", "carol"))
    stage.connect("alice", "1002", "bob")
    stage.wait(2)
    bob.transfer("700")
    stage.wait(4)
    carol.dial("701")
    carol.wait("CALL_ESTABLISHED")
    stage.talk(3)
    alice.hang_up()
    stage.settle()
    stage.connect("alice", "1002", "bob")
    stage.wait(2)
    bob.transfer("700")
    # The PBX calls bob back.
    bob.ring(1)
    bob.answer()
    stage.wait(3)
    alice.hang_up()
    return Truth(
        calls=(
            answered("alice", "1002", legs=3, streams=0),
            answered("alice", "1002", legs=3, streams=0),
        ),
        turns=(
            Turn("park", "bob", "alice"),
            Turn("unpark", "carol", "alice"),
            Turn("park", "bob", "alice"),
            Turn("unpark", "", "alice"),
        ),
    )


SCENARIO = Scenario(
    name="parking",
    title=Words(
        en="Parking: bob parks alice at 701, carol retrieves her; then nobody does, and the PBX calls bob back",
        fr="Parking : bob gare alice au 701, carol la reprend ; puis personne, et l'IPBX rappelle bob",
    ),
    play=_play,
    setup=Setup(
        lines=(ALICE, BOB, CAROL),
        numbers={"700": "Park()", "_70[1-5]": "ParkedCall(default,${EXTEN})"},
        files={**ACCOUNTING, "res_parking.conf": _PARKING},
        modules=(RECORDS_MODULE,),
        kept=RECORDS,
    ),
    phones=(Phone(ALICE), Phone(BOB), Phone(CAROL)),
    tap=Tap(media=False),
    max_jitter_ms=None,
)
