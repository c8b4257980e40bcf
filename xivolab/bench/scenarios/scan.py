"""Somebody tries accounts that do not exist, beside a phone with a wrong password and one that is right."""

from __future__ import annotations

from xivolab.bench import sipp
from xivolab.bench.lines import ALICE, BOB, CAROL, PBX, Setup
from xivolab.bench.phones import Phone
from xivolab.bench.scenario import Scenario
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Call, Fault, Registration, Truth, Words

_ACCOUNTS, _CALLS = 6, 2
_LOGGER = """[general]
[logfiles]
console => notice,warning,error
full => notice,warning,error,verbose,dtmf
security => security
messages => [plain]notice,warning,error,security
security.json => [json]security
"""


def _play(stage: Stage) -> Truth:
    sipp.play(stage, CAROL, "scan", times=_ACCOUNTS, interval_s=0.3)
    sipp.play(stage, CAROL, "toll_fraud", times=_CALLS, interval_s=0.3)
    sipp.play(stage, ALICE, "register_refused")
    stage.snapshot()
    address = f"@{PBX}"
    strangers = tuple(Registration(f"sip:10{n}{address}", accepted=0, rejected=1) for n in range(1, _ACCOUNTS + 1))
    scan = Words(
        f"{CAROL.address} tries {_ACCOUNTS} accounts that do not exist",
        f"{CAROL.address} essaie {_ACCOUNTS} comptes qui n'existent pas",
    )
    wrong = Words("alice's phone sends a wrong password", "le poste d'alice envoie un mauvais mot de passe")
    return Truth(
        calls=tuple(Call("100", f"900199001234{n}", "rejected", 401, False, "server", 1) for n in range(1, _CALLS + 1)),
        registrations=(
            Registration(f"sip:bob{address}"),
            Registration(f"sip:alice{address}", accepted=0, rejected=1),
            *strangers,
        ),
        faults=(Fault("sip-scan", scan), Fault("register-auth-failed", wrong)),
    )


SCENARIO = Scenario(
    name="scan",
    title=Words(
        en="A scan: accounts that do not exist, a number far away, a phone with a wrong password; security events",
        fr="Un balayage : des comptes inexistants, un numéro lointain, un poste au mauvais mot de passe ; sécurité",
    ),
    play=_play,
    setup=Setup(
        lines=(ALICE, BOB),
        files={"logger.conf": _LOGGER},
        kept={name: f"/var/log/asterisk/{name}" for name in ("security", "messages", "security.json")},
    ),
    phones=(Phone(BOB),),
)
