"""A call put on hold with music, and taken back; captured as pcapng."""

from __future__ import annotations

from xivolab.bench.capture import Tap
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Words, answered


def _play(stage: Stage) -> Truth:
    alice = stage.phones["alice"]
    stage.connect("alice", "1002", "bob")
    stage.wait(5)
    alice.command("hold")
    stage.talk(6)
    alice.command("resume")
    stage.wait(5)
    alice.hang_up()
    return Truth(calls=(answered("alice", "1002"),))


SCENARIO = Scenario(
    name="hold-resume",
    title=Words(
        en="Hold and resume: alice puts bob on hold for 6 s, he hears music, they go on",
        fr="Garde et reprise : alice met bob en attente 6 s, il entend la musique, ils reprennent",
    ),
    play=_play,
    tap=Tap(format="pcapng"),
    max_jitter_ms=None,
)
