"""The same call captured at the phone, behind NAT, and at the PBX."""

from __future__ import annotations

from xivolab.bench.capture import Tap
from xivolab.bench.lines import ALICE_AT_HOME, BOB, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Words, answered

AT_THE_PHONE = Tap(host="alice", name="phone")
AT_THE_PBX = Tap(name="pbx")
NAT_HELP = {"force_rport": "yes", "rewrite_contact": "yes", "rtp_symmetric": "yes"}
"""What a PBX does for phones behind NAT: it answers to where packets come from."""
STREAMS = 5
"""Until the first packet comes out of the NAT, the PBX sends to the private address of the SDP: a stream of its own."""


def _play(stage: Stage) -> Truth:
    stage.connect("alice", "1002", "bob")
    stage.talk(6)
    stage.phones["alice"].hang_up()
    return Truth(calls=(answered("alice", "1002", streams=STREAMS),))


SCENARIO = Scenario(
    name="two-points",
    title=Words(
        en="Two capture points: a call through NAT, captured at alice's phone and at the PBX",
        fr="Deux points de capture : un appel à travers un NAT, capturé au poste d'alice et au PBX",
    ),
    play=_play,
    setup=Setup(lines=(ALICE_AT_HOME, BOB), endpoint=NAT_HELP),
    phones=(Phone(ALICE_AT_HOME), Phone(BOB)),
    tap=AT_THE_PBX,
    second=AT_THE_PHONE,
)
