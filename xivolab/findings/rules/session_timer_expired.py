"""session-timer-expired: a call was ended because its session was not refreshed (RFC 4028, 10; RFC 3326 for Reason)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.ended import byes_with
from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    return byes_with(
        evidence, "session-timer-expired", lambda reason: "session refresh" in reason or "session timer" in reason
    )


RULE = Rule(
    "session-timer-expired",
    _find,
    {
        "": Words(
            summary=Both(
                "{src} ended the call between {caller} and {callee}: the session was not refreshed in time.",
                "{src} a mis fin à l'appel entre {caller} et {callee} : la session n'a pas été rafraîchie à temps.",
            ),
            cause=Both(
                "A session timer had been agreed on ({expires} s), and no re-INVITE or UPDATE that renews it was answered: the other side "
                "had gone, or does not keep to the timer.",
                "Un temporisateur de session avait été convenu ({expires} s), et aucun re-INVITE ni UPDATE de renouvellement n'a abouti : "
                "l'autre côté avait disparu, ou ne respecte pas le temporisateur.",
            ),
            remedy=Both(
                "Find out what became of the party that stopped answering; if it was there all the time, set `timers=no` on its endpoint (XiVO: "
                "Session timers of the line or trunk).",
                "Chercher ce qu'est devenu le correspondant qui ne répondait plus ; s'il était là tout le temps, mettre `timers=no` sur son "
                "endpoint (XiVO : Session timers de la ligne ou du trunk).",
            ),
        ),
    },
)
