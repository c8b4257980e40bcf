"""A bad network on one side."""

from __future__ import annotations

from xivolab.bench.lines import BOB
from xivolab.bench.oracle import Stream
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Fault, Truth, Words, answered

_PERCENT = 5


def _play(stage: Stage) -> Truth:
    stage.lose_sent_rtp(BOB, _PERCENT)
    stage.connect("alice", "1002", "bob")
    stage.talk(28)
    stage.phones["alice"].hang_up()
    detail = Words(
        f"{_PERCENT} % of bob's packets are dropped on their way to the PBX",
        f"{_PERCENT} % des paquets de bob se perdent avant le PBX",
    )
    return Truth(calls=(answered("alice", "1002"),), faults=(Fault("packet-loss", detail),))


def _media(streams: list[Stream]) -> str | None:
    for stream in streams:
        percent = 100 * stream.lost / (stream.packets + stream.lost)
        if stream.src.startswith(BOB.address):
            if abs(percent - _PERCENT) > 2:
                return f"{percent:.1f} % lost from bob"
        elif stream.dst.startswith(BOB.address) and stream.lost:
            return f"{stream.lost} packets lost towards bob"
    return None


SCENARIO = Scenario(
    name="packet-loss",
    title=Words(
        en=f"Packet loss: {_PERCENT} % of what bob says is lost on its way to the PBX",
        fr=f"Perte de paquets : {_PERCENT} % de ce que dit bob se perd avant le PBX",
    ),
    play=_play,
    media=_media,
)
