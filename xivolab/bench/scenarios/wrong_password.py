"""A phone whose password is wrong, beside one that registers."""

from __future__ import annotations

from xivolab.bench import sipp
from xivolab.bench.lines import ALICE, BOB
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Fault, Registration, Truth, Words

_TRIES = 3


def _play(stage: Stage) -> Truth:
    sipp.play(stage, ALICE, "register_refused", times=_TRIES, interval_s=5)
    stage.snapshot()
    detail = Words("alice's phone has a wrong password", "le poste d'alice a un mauvais mot de passe")
    return Truth(
        registrations=(
            Registration("sip:alice@10.77.0.10", accepted=0, rejected=_TRIES),
            Registration("sip:bob@10.77.0.10"),
        ),
        faults=(Fault("register-auth-failed", detail),),
    )


SCENARIO = Scenario(
    name="wrong-password",
    title=Words(
        en="Wrong password: alice's phone tries to register three times in vain, bob's succeeds",
        fr="Mauvais mot de passe : le poste d'alice s'enregistre trois fois en vain, celui de bob y parvient",
    ),
    play=_play,
    phones=(Phone(BOB),),
)
