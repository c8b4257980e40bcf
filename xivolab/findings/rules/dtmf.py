"""dtmf: digits were typed during the call (RFC 4733, RFC 6086)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.facts import told_by_events
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_events(evidence, "dtmf", "dtmf")


RULE = Rule(
    "dtmf",
    _find,
    {
        "": Words(
            summary=Both(
                "These keys were pressed during the call: {digits}.",
                "Ces touches ont été pressées pendant l'appel : {digits}.",
            ),
            cause=Both(
                "They were sent as events in RTP, or as SIP INFO: {text}.",
                "Elles ont été envoyées en RTP ou en SIP INFO : {text}.",
            ),
            remedy=Both(
                "A fact, no fault: `xivolab ladder` shows it.",
                "Un fait, pas un défaut : `xivolab ladder` le montre.",
            ),
        ),
    },
)
