"""A healthy call from a phone that speaks IPv6 to one that speaks IPv4."""

from __future__ import annotations

from xivolab.bench.lines import ALICE, BOB, PBX6
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Registration, Truth, Words, answered


def _play(stage: Stage) -> Truth:
    stage.connect("alice", "1002", "bob")
    stage.talk(8)
    stage.phones["alice"].hang_up()
    return Truth(
        calls=(answered("alice", "1002"),),
        registrations=(Registration(f"sip:alice@[{PBX6}]"), Registration("sip:bob@10.77.0.10")),
    )


SCENARIO = Scenario(
    name="ipv6-call",
    title=Words(
        en="IPv6: alice's phone uses IPv6, bob's IPv4; the PBX joins them",
        fr="IPv6 : le poste d'alice est en IPv6, celui de bob en IPv4 ; le PBX les relie",
    ),
    play=_play,
    phones=(Phone(ALICE, server=PBX6), Phone(BOB)),
)
