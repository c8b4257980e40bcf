"""Asterisk hands RTP on without looking into it, and its log tells less of it."""

from __future__ import annotations

from xivolab.bench.lines import Setup
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Words, answered


def _play(stage: Stage) -> Truth:
    stage.pbx.ask("rtp set debug on")
    stage.pbx.ask("rtcp set debug on")
    stage.connect("alice", "1002", "bob")
    stage.talk(4)
    stage.phones["alice"].hang_up()
    return Truth(calls=(answered("alice", "1002"),))


SCENARIO = Scenario(
    name="rtp-debug-native",
    title=Words(
        en="RTP told by the log, native bridge: the PBX hands it on unseen (P2P)",
        fr="RTP dans le journal, pont natif : le PBX le transmet sans le lire (P2P)",
    ),
    play=_play,
    setup=Setup(native_bridge=True),
)
