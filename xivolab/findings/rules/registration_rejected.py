"""registration-rejected: a REGISTER was refused for another reason than its credentials (RFC 3261, 10.3)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.registering import refused_registrations
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    return refused_registrations(
        evidence,
        "registration-rejected",
        wanted=lambda status, credentials: status not in (401, 407) and not (credentials and status == 403),
    )


RULE = Rule(
    "registration-rejected",
    _find,
    {
        "": Words(
            summary=Both(
                "{registrar} refused to register {who}: {status} {reason} ({times} times).",
                "{registrar} a refusé d'enregistrer {who} : {status} {reason} ({times} fois).",
            ),
            cause=Both(
                "{registrar} refuses before it looks at a password: an unknown line (404), an address or a limit that is not allowed "
                "(403), or a fault of its own (5xx).",
                "{registrar} refuse avant de regarder un mot de passe : ligne inconnue (404), adresse ou limite non autorisée (403), ou "
                "défaut interne (5xx).",
            ),
            remedy=Both(
                "On {registrar}: `pjsip show endpoint {user}` and `pjsip show aor {user}` (max_contacts), and the log at the time of "
                "the attempt.",
                "Sur {registrar} : `pjsip show endpoint {user}` et `pjsip show aor {user}` (max_contacts), et le journal à l'heure de "
                "la tentative.",
            ),
        ),
    },
)
