"""call-forbidden: the call was refused by a policy (RFC 3261, 21.4.4: 403; 21.6.4: 606; RFC 5079: 433; RFC 8197: 607)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.refused import refusals, sent_credentials
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    for finding in refusals(evidence, "call-forbidden", {403, 433, 607}):
        # 403 in answer to credentials is about them: invite-auth-failed.
        if finding.call is not None and not sent_credentials(evidence, finding.call, 403):
            yield finding


RULE = Rule(
    "call-forbidden",
    _find,
    {
        "": Words(
            summary=Both(
                "{by} forbade the call from {caller} to {callee}: {status} {reason}.",
                "{by} a interdit l'appel de {caller} vers {callee} : {status} {reason}.",
            ),
            cause=Both(
                "{by} knows the number and does not let {caller} call it: a right, a caller number that it does not accept, or an "
                "address that may not call.",
                "{by} connaît le numéro et ne laisse pas {caller} l'appeler : un droit d'appel, un numéro d'appelant refusé, ou une "
                "adresse non autorisée.",
            ),
            remedy=Both(
                "Ask whoever runs {by} why {asked} is forbidden to {caller}; on a XiVO: Services > IPBX > Call management > Call "
                "permissions.",
                "Demander à qui gère {by} pourquoi {asked} est interdit à {caller} ; sur un XiVO : Services > IPBX > Gestion des appels > "
                "Permissions d'appels.",
            ),
        ),
    },
)
