"""What the network between two capture points loses."""

from __future__ import annotations

from dataclasses import replace

from xivolab.bench.lines import BOB
from xivolab.bench.oracle import Stream
from xivolab.bench.scenarios.two_points import NAT_HELP, STREAMS, from_home
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Fault, Truth, Words, answered

_PERCENT = 2


def _play(stage: Stage) -> Truth:
    stage.lose_passing_rtp(_PERCENT)
    stage.connect("alice", "1002", "bob")
    stage.talk(14)
    stage.phones["alice"].hang_up()
    stage.wait(1)
    detail = Words(
        f"{_PERCENT} % of the RTP between alice's phone and the PBX is dropped, both ways",
        f"{_PERCENT} % du RTP entre le poste d'alice et le PBX se perdent, dans les deux sens",
    )
    faults = (Fault("packet-loss", detail),)
    return Truth(calls=(answered("alice", "1002", streams=STREAMS),), faults=faults, between=stage.lost_at_router())


def _media(streams: list[Stream]) -> str | None:
    """At the PBX what came from the home is missing, and from what it hands on to bob; nothing else."""
    for stream in streams:
        percent = 100 * stream.lost / (stream.packets + stream.lost)
        if stream.src.startswith("10.77.0.60:"):
            if not 1 <= percent <= 4:
                return f"{percent:.1f} % lost from home"
        elif stream.lost and not stream.dst.startswith(BOB.address):
            return f"{stream.lost} packets lost from {stream.src} to {stream.dst}"
    return None


SCENARIO = replace(
    from_home(
        "two-points-loss",
        en=f"{_PERCENT} % of the RTP is lost between alice's phone and the PBX",
        fr=f"{_PERCENT} % du RTP se perdent entre le poste d'alice et le PBX",
        play=_play,
        endpoint=NAT_HELP,
    ),
    media=_media,
)
