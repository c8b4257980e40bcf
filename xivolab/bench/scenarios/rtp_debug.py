"""Every packet of RTP and RTCP is told in the log, and captured as well."""

from __future__ import annotations

from xivolab.bench.lines import BOB, Setup
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Fault, Truth, Words, answered

_PERCENT = 10


def _play(stage: Stage) -> Truth:
    stage.pbx.ask("rtp set debug on")
    stage.pbx.ask("rtcp set debug on")
    stage.lose_sent_rtp(BOB, _PERCENT)
    stage.connect("alice", "1002", "bob")
    stage.wait(1)
    stage.phones["alice"].press("5")
    stage.talk(5)
    stage.phones["alice"].hang_up()
    detail = Words(
        f"{_PERCENT} % of bob's packets are dropped on their way to the PBX",
        f"{_PERCENT} % des paquets de bob se perdent avant le PBX",
    )
    return Truth(calls=(answered("alice", "1002"),), faults=(Fault("packet-loss", detail),))


SCENARIO = Scenario(
    name="rtp-debug",
    title=Words(
        en=f"RTP and RTCP told by the log: alice presses 5, {_PERCENT} % of bob's packets are lost",
        fr=f"RTP et RTCP dans le journal : alice compose 5, {_PERCENT} % des paquets de bob se perdent",
    ),
    play=_play,
    setup=Setup(date_format="%F %T.%3q"),
    media=lambda streams: None,
    max_jitter_ms=None,
)
