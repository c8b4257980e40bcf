"""hold: a party put the other on hold (RFC 3264, 8.4)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.facts import told_by_events
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_events(evidence, "hold", "hold")


RULE = Rule(
    "hold",
    _find,
    {
        "": Words(
            summary=Both(
                "{who} put the other party on hold.",
                "{who} a mis son correspondant en garde.",
            ),
            cause=Both(
                "Its SDP said {text}.",
                "Son SDP disait {text}.",
            ),
            remedy=Both(
                "A fact, no fault: `xivolab ladder` shows it.",
                "Un fait, pas un défaut : `xivolab ladder` le montre.",
            ),
        ),
    },
)
