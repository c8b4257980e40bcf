"""no-answer: the called phone rang, and nobody took the call."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    index = evidence.sip.index
    for row in evidence.in_state("no-answer"):
        rang = [
            message
            for leg in evidence.legs[row][1:] or evidence.legs[row]
            for message in leg.messages
            if index.method[message] == "INVITE" and index.status[message] in (180, 183)
        ]
        fields = {
            "caller": evidence.caller(row),
            "callee": evidence.callee(row),
            "rang_s": _rang_s(evidence, row, rang),
        }
        proofs = tuple(evidence.message_proof(message) for message in rang[:1])
        yield Finding(
            "no-answer",
            row,
            proofs or evidence.call_proofs(row),
            fields,
            variant="" if fields["rang_s"] else "unknown",
            time=evidence.call_value(row, "end"),
        )


def _rang_s(evidence: Evidence, row: int, rang: list[int]) -> float | None:
    end = evidence.call_value(row, "end")
    if not rang or end is None:
        return None
    return float(max(end - evidence.sip.index.time[rang[0]], 0)) / 1e9


_REMEDY = Both(
    "Nothing to mend. To catch such calls, set what happens on no answer for {callee} (XiVO: Services > IPBX > Users > {callee} > "
    "No answer), or let it ring longer.",
    "Rien à corriger. Pour ne plus perdre ces appels, définir la non-réponse de {callee} (XiVO : Services > IPBX > Utilisateurs > "
    "{callee} > Non-réponse), ou laisser sonner plus longtemps.",
)

RULE = Rule(
    "no-answer",
    _find,
    {
        "": Words(
            summary=Both(
                "{callee} rang for {rang_s:.0f} s and nobody answered {caller}.",
                "{callee} a sonné {rang_s:.0f} s et personne n'a répondu à {caller}.",
            ),
            cause=Both(
                "The phone rang and the ringing time ran out, or the caller's side gave up.",
                "Le poste a sonné et la durée de sonnerie est écoulée, ou l'appel a été abandonné.",
            ),
            remedy=_REMEDY,
        ),
        "unknown": Words(
            summary=Both("{callee} did not answer {caller}.", "{callee} n'a pas répondu à {caller}."),
            cause=Both(
                "The call was given up without an answer; how long it rang is not in the evidence.",
                "L'appel a été abandonné sans réponse ; la durée de sonnerie n'est pas dans les preuves.",
            ),
            remedy=_REMEDY,
        ),
    },
)
