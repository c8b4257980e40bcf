"""The caller disappears; the session timer notices."""

from __future__ import annotations

from xivolab.bench.lines import ALICE, Setup
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Fault, Truth, Words, answered


def _play(stage: Stage) -> Truth:
    stage.connect("alice", "1002", "bob")
    stage.talk(8)
    stage.vanish(ALICE)
    stage.settle(timeout=120)
    stage.wait(4)
    detail = Words(
        "alice's phone is cut off; it does not answer when the PBX refreshes the session",
        "le poste d'alice est coupé ; il ne répond pas quand le PBX rafraîchit la session",
    )
    return Truth(calls=(answered("alice", "1002", "server"),), faults=(Fault("session-timer-expired", detail),))


SCENARIO = Scenario(
    name="caller-vanishes-session-timer",
    title=Words(
        en="Caller vanishes without BYE: the PBX notices when it refreshes the session (timer of 90 s)",
        fr="L'appelant disparaît sans BYE : le PBX s'en aperçoit en rafraîchissant la session (90 s)",
    ),
    play=_play,
    setup=Setup(endpoint={"timers": "always", "timers_sess_expires": "90", "timers_min_se": "90"}),
)
