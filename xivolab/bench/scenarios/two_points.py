"""The same call captured at the phone, behind NAT, and at the PBX."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xivolab.bench.capture import Tap
from xivolab.bench.lines import ALICE_AT_HOME, BOB, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Words, answered

NAT_HELP = {"force_rport": "yes", "rewrite_contact": "yes", "rtp_symmetric": "yes"}
"""What a PBX does for phones behind NAT: it answers to where packets come from."""
STREAMS = 5
"""Until the first packet comes out of the NAT, the PBX sends to the private address of the SDP: a stream of its own."""


def _play(stage: Stage) -> Truth:
    stage.connect("alice", "1002", "bob")
    stage.talk(6)
    stage.phones["alice"].hang_up()
    return Truth(calls=(answered("alice", "1002", streams=STREAMS),))


def from_home(name: str, en: str, fr: str, play: Callable[[Stage], Truth], **setup: Any) -> Scenario:
    """Alice calls bob from home, captured at her phone and at the PBX; `setup` is that of the PBX and of the router."""
    return Scenario(
        name=name,
        title=Words(en=f"Two capture points: {en}", fr=f"Deux points de capture : {fr}"),
        play=play,
        setup=Setup(lines=(ALICE_AT_HOME, BOB), **setup),
        phones=(Phone(ALICE_AT_HOME), Phone(BOB)),
        tap=Tap(name="pbx"),
        second=Tap(host="alice", name="phone"),
    )


SCENARIO = from_home(
    "two-points",
    en="a call through NAT, captured at alice's phone and at the PBX",
    fr="un appel à travers un NAT, capturé au poste d'alice et au PBX",
    play=_play,
    endpoint=NAT_HELP,
)
