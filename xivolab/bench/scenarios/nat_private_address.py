"""A phone behind NAT writes its private address into SDP: it is heard and hears nothing."""

from __future__ import annotations

from xivolab.bench.lines import ALICE_AT_HOME, BOB, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Fault, Truth, Words, answered


def _play(stage: Stage) -> Truth:
    stage.connect("alice", "1002", "bob")
    stage.talk(10)
    stage.phones["alice"].hang_up()
    detail = Words(
        "alice's phone is behind NAT and gives 192.168.77.20 as its address; the PBX sends her RTP there",
        "le poste d'alice est derrière un NAT et donne 192.168.77.20 ; le PBX y envoie le RTP",
    )
    return Truth(calls=(answered("alice", "1002"),), faults=(Fault("private-address-in-sdp", detail),))


SCENARIO = Scenario(
    name="nat-private-address",
    title=Words(
        en="Behind NAT: alice's phone gives its private address, bob hears her, she hears nothing",
        fr="Derrière un NAT : le poste d'alice donne son adresse privée, bob l'entend, elle n'entend rien",
    ),
    play=_play,
    setup=Setup(lines=(ALICE_AT_HOME, BOB)),
    phones=(Phone(ALICE_AT_HOME), Phone(BOB)),
)
