"""The phones talk past the PBX: it sees the signalling and not the sound."""

from __future__ import annotations

from xivolab.bench.lines import Setup
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Words, answered


def _play(stage: Stage) -> Truth:
    stage.connect("alice", "1002", "bob")
    stage.talk(12)
    stage.phones["alice"].hang_up()
    return Truth(calls=(answered("alice", "1002", streams=0),))


SCENARIO = Scenario(
    name="direct-media",
    title=Words(
        en="Direct media: the phones send their RTP to each other, the capture does not see the sound",
        fr="Média direct : les postes s'envoient leur RTP, la capture ne voit pas le son",
    ),
    play=_play,
    setup=Setup(endpoint={"direct_media": "yes"}, native_bridge=True),
)
