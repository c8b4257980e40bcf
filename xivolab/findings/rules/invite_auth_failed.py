"""invite-auth-failed: a call was challenged, and its credentials were missing or refused (RFC 3261, 22.2, 22.3)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.refused import has_credentials, refused_calls
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    index = evidence.sip.index
    for row, leg in refused_calls(evidence):
        if leg.status not in (401, 403, 407) or leg.session.final is None or leg.session.last_invite is None:
            continue
        tried = has_credentials(evidence, leg.session.last_invite)
        if leg.status not in (401, 407) and not (tried and leg.status == 403):
            continue
        final = leg.session.final
        fields = {
            "caller": evidence.caller(row),
            "callee": evidence.callee(row),
            "by": evidence.name(index.place(index.src[final])),
            "from_": evidence.name(index.place(index.dst[final])),
            "user": leg.from_user or "?",
            "status": leg.status,
        }
        proofs = (evidence.message_proof(leg.session.last_invite), evidence.message_proof(final))
        yield Finding(
            "invite-auth-failed", row, proofs, fields, variant="" if tried else "none", time=index.time[final]
        )


_REMEDY = Both(
    "Compare user name and password of {user} on {from_} with those on {by} (XiVO: Services > IPBX > Lines, or Trunk management > SIP; "
    "`pjsip show auths`).",
    "Comparer l'identifiant et le mot de passe de {user} sur {from_} avec ceux de {by} (XiVO : Services > IPBX > Lignes, ou Gestion des "
    "trunks > SIP ; `pjsip show auths`).",
)

RULE = Rule(
    "invite-auth-failed",
    _find,
    {
        "": Words(
            summary=Both(
                "The call from {caller} to {callee} was refused by {by}: the credentials of {from_} are not accepted ({status}).",
                "L'appel de {caller} vers {callee} a été refusé par {by} : les identifiants de {from_} ne sont pas acceptés ({status}).",
            ),
            cause=Both(
                "{from_} answered the challenge, and {by} refused the answer: wrong password, user name or realm.",
                "{from_} a répondu au défi, et {by} a refusé la réponse : mot de passe, identifiant ou domaine erroné.",
            ),
            remedy=_REMEDY,
        ),
        "none": Words(
            summary=Both(
                "The call from {caller} to {callee} got no further than the challenge of {by} ({status}).",
                "L'appel de {caller} vers {callee} n'a pas dépassé le défi d'authentification de {by} ({status}).",
            ),
            cause=Both(
                "{by} asked for credentials and {from_} sent none: it has no password for {by}, or {by} does not recognise its address.",
                "{by} a demandé des identifiants et {from_} n'en a pas envoyé : il n'a pas de mot de passe pour {by}, ou {by} ne reconnaît "
                "pas son adresse.",
            ),
            remedy=_REMEDY,
        ),
    },
)
