"""A call to the outside, through the operator's trunk; captured on all interfaces (Linux cooked frames)."""

from __future__ import annotations

from xivolab.bench.capture import Tap
from xivolab.bench.lines import ALICE, OUTSIDE_NUMBER, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Registration, Truth, Words, answered


def _play(stage: Stage) -> Truth:
    alice = stage.phones["alice"]
    alice.dial(OUTSIDE_NUMBER)
    alice.wait("CALL_ESTABLISHED")
    stage.talk(12)
    alice.hang_up()
    return Truth(
        calls=(answered("alice", OUTSIDE_NUMBER),),
        registrations=(Registration("sip:alice@10.77.0.10"), Registration("sip:xivo@10.77.0.50")),
    )


SCENARIO = Scenario(
    name="trunk-call",
    title=Words(
        en="Trunk call: alice calls a number outside through the operator's trunk",
        fr="Appel sortant : alice appelle un numéro extérieur par le trunk de l'opérateur",
    ),
    play=_play,
    setup=Setup(trunk=True, date_format="%F %T.%3q"),
    phones=(Phone(ALICE),),
    tap=Tap(interface="any"),
)
