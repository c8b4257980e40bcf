"""register-auth-failed: credentials were sent to register, and refused (RFC 3261, 22.2; RFC 7616, 3.3 for stale)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.registering import refused_registrations
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    return refused_registrations(
        evidence, "register-auth-failed", wanted=lambda status, credentials: credentials and status in (401, 403, 407)
    )


RULE = Rule(
    "register-auth-failed",
    _find,
    {
        "": Words(
            summary=Both(
                "{who} could not register with {registrar}: its credentials were refused {times} times ({status}).",
                "{who} n'a pas pu s'enregistrer auprès de {registrar} : ses identifiants ont été refusés {times} fois ({status}).",
            ),
            cause=Both(
                "{phone} sent a user name and password, and {registrar} does not accept them: wrong password, or a user that it does "
                "not know.",
                "{phone} a envoyé un identifiant et un mot de passe que {registrar} n'accepte pas : mot de passe erroné, ou utilisateur "
                "inconnu.",
            ),
            remedy=Both(
                "Compare the password of {who} on {phone} with the one on {registrar} (XiVO: Services > IPBX > Lines > {user}; "
                "`pjsip show auth {user}`), and synchronise the phone.",
                "Comparer le mot de passe de {who} sur {phone} avec celui de {registrar} (XiVO : Services > IPBX > Lignes > {user} ; "
                "`pjsip show auth {user}`), puis synchroniser le poste.",
            ),
        ),
    },
)
