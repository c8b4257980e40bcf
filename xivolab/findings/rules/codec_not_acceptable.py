"""codec-not-acceptable: the two ends have no codec in common, or one refuses the media (RFC 3261, 21.4.26: 488; 606, 415)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.refused import refusals
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    for finding in refusals(evidence, "codec-not-acceptable", {415, 488, 606}):
        offered = finding.fields["offered"]
        yield (
            finding
            if offered
            else Finding(
                finding.code, finding.call, finding.proofs, finding.fields, "no-offer", finding.about, finding.time
            )
        )


_REMEDY = Both(
    "Give {from_} and {by} one codec in common (alaw is what all have): `allow=` of their endpoints, on a XiVO the codecs of the line "
    "or trunk, on the phone its audio codecs.",
    "Donner à {from_} et {by} un codec commun (alaw convient à tous) : `allow=` de leurs endpoints, sur un XiVO les codecs de la "
    "ligne ou du trunk, sur le poste ses codecs audio.",
)

RULE = Rule(
    "codec-not-acceptable",
    _find,
    {
        "": Words(
            summary=Both(
                "{by} refused the media of the call from {caller} to {callee}: {status} {reason}.",
                "{by} a refusé le média de l'appel de {caller} vers {callee} : {status} {reason}.",
            ),
            cause=Both(
                "{from_} offered {offered}, and {by} takes none of these.",
                "{from_} a proposé {offered}, et {by} n'accepte aucun de ces codecs.",
            ),
            remedy=_REMEDY,
        ),
        "no-offer": Words(
            summary=Both(
                "{by} refused the media of the call from {caller} to {callee}: {status} {reason}.",
                "{by} a refusé le média de l'appel de {caller} vers {callee} : {status} {reason}.",
            ),
            cause=Both(
                "What {from_} offered is not in the evidence; {by} took none of it.",
                "Ce que {from_} a proposé n'est pas dans les preuves ; {by} n'en a rien accepté.",
            ),
            remedy=_REMEDY,
        ),
    },
)
