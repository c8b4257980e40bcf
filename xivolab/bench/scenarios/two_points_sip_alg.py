"""A router that rewrites SIP: what the phone said is not what the PBX reads."""

from __future__ import annotations

from xivolab.bench.scenarios.two_points import from_home
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Fault, Truth, Words, answered


def _play(stage: Stage) -> Truth:
    stage.connect("alice", "1002", "bob")
    stage.talk(6)
    stage.phones["alice"].hang_up()
    detail = Words(
        "the router of alice's home replaces 192.168.77.20 by 10.77.0.60 in Via, Contact and SDP",
        "le routeur d'alice remplace 192.168.77.20 par 10.77.0.60 dans Via, Contact et le SDP",
    )
    return Truth(calls=(answered("alice", "1002"),), faults=(Fault("sip-alg", detail),))


SCENARIO = from_home(
    "two-points-sip-alg",
    en="the router between alice's phone and the PBX rewrites SIP (ALG)",
    fr="le routeur entre le poste d'alice et le PBX réécrit le SIP (ALG)",
    play=_play,
    sip_alg=True,
)
