"""parking: the call was parked (CEL: PARK_START)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.facts import told_by_cel
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_cel(evidence, "parking", ("PARK_START",))


RULE = Rule(
    "parking",
    _find,
    {
        "cel": Words(
            summary=Both(
                "{who} was parked.",
                "{who} a été mis en parking.",
            ),
            cause=Both(
                "CEL has the event {event}.",
                "Le CEL contient l'événement {event}.",
            ),
            remedy=Both(
                "A fact, no fault: `xivolab channels` shows it.",
                "Un fait, pas un défaut : `xivolab channels` le montre.",
            ),
        ),
    },
)
