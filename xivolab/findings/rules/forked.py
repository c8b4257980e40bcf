"""forked: several phones rang for one call: one answered, or none (RFC 3261, 16.7; Dial and queues)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.calls.leg import Leg
from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words


def _overlap(one: Leg, other: Leg) -> bool:
    return one.alive_at(other.start) or other.alive_at(one.start)


def _find(evidence: Evidence) -> Iterator[Finding]:
    for row, legs in enumerate(evidence.legs):
        outer = [
            leg for leg in legs[1:] if not leg.children and leg.role != "transfer" and leg.session.invite is not None
        ]
        together = [leg for leg in outer if any(leg is not other and _overlap(leg, other) for other in outer)]
        if len(together) < 2:
            continue
        invites = [leg.session.invite for leg in together if leg.session.invite is not None]
        fields = {"count": len(together), "who": ", ".join(dict.fromkeys(evidence.name(leg.dst) for leg in together))}
        yield Finding(
            "forked", row, tuple(evidence.message_proof(one) for one in invites[:4]), fields, time=together[0].start
        )


RULE = Rule(
    "forked",
    _find,
    {
        "": Words(
            summary=Both(
                "{count} phones rang at once: {who}.",
                "{count} postes ont sonné ensemble : {who}.",
            ),
            cause=Both(
                "The dialplan called them together (a group, a queue, or several contacts of one line).",
                "Le plan de numérotation les a appelés ensemble (groupe, file, ou plusieurs contacts d'une ligne).",
            ),
            remedy=Both(
                "A fact, no fault: `xivolab ladder` shows each leg.",
                "Un fait, pas un défaut : `xivolab ladder` montre chaque branche.",
            ),
        ),
    },
)
