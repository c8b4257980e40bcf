"""Nobody answers, the voicemail takes the call."""

from __future__ import annotations

from xivolab.bench.lines import Setup
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Words, answered


def _play(stage: Stage) -> Truth:
    alice = stage.phones["alice"]
    alice.dial("2002")
    alice.wait("CALL_ESTABLISHED", timeout=20)
    stage.talk(12)
    alice.hang_up()
    return Truth(calls=(answered("alice", "2002", legs=2, streams=2),))


SCENARIO = Scenario(
    name="voicemail",
    title=Words(
        en="Voicemail: bob's phone rings 8 s, then his voicemail answers alice",
        fr="Messagerie : le poste de bob sonne 8 s, puis sa messagerie répond à alice",
    ),
    play=_play,
    setup=Setup(numbers={"2002": "Gosub(mailbox,s,1(bob,1002))"}),
)
