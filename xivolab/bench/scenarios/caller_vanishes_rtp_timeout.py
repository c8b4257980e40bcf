"""The caller disappears; the PBX misses its RTP and ends the call."""

from __future__ import annotations

from xivolab.bench.lines import ALICE, Setup
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Fault, Truth, Words, answered


def _play(stage: Stage) -> Truth:
    stage.connect("alice", "1002", "bob")
    stage.talk(8)
    stage.vanish(ALICE)
    stage.settle()
    # The PBX repeats its BYE to a phone that is not there.
    stage.wait(8)
    detail = Words(
        "alice's phone is cut off; after 10 s without RTP the PBX hangs up",
        "le poste d'alice est coupé ; après 10 s sans RTP le PBX raccroche",
    )
    return Truth(calls=(answered("alice", "1002", "server"),), faults=(Fault("rtp-timeout", detail),))


SCENARIO = Scenario(
    name="caller-vanishes-rtp-timeout",
    title=Words(
        en="Caller vanishes without BYE: the PBX ends the call after 10 s without RTP (rtp_timeout=10)",
        fr="L'appelant disparaît sans BYE : le PBX raccroche après 10 s sans RTP (rtp_timeout=10)",
    ),
    play=_play,
    setup=Setup(endpoint={"rtp_timeout": "10"}),
)
