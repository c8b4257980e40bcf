"""transcoding: the PBX converts between two codecs: it costs processor time and quality, and is no fault."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    for row, legs in enumerate(evidence.legs):
        if not legs or not evidence.call_value(row, "connected_at"):
            continue
        one = legs[0].codecs[:1]
        other = next(
            (leg.codecs[:1] for leg in legs[1:] if leg.role == "callee" and leg.answered_at and leg.codecs), []
        )
        if not one or not other or one == other or "T38" in (*one, *other):
            continue
        answers = [leg.session.answer for leg in legs if leg.session.answer is not None]
        fields = {"caller": evidence.caller(row), "callee": evidence.callee(row), "one": one[0], "other": other[0]}
        proofs = tuple(evidence.message_proof(answer) for answer in answers[:2])
        yield Finding("transcoding", row, proofs, fields, time=legs[0].answered_at)


RULE = Rule(
    "transcoding",
    _find,
    {
        "": Words(
            summary=Both(
                "The PBX converted between {one} of {caller} and {other} of {callee}.",
                "L'IPBX a converti entre {one} de {caller} et {other} de {callee}.",
            ),
            cause=Both(
                "The two legs agreed on different codecs.",
                "Les deux branches se sont accordées sur des codecs différents.",
            ),
            remedy=Both(
                "To spare it, put one codec first on both endpoints (`allow=!all,alaw`); `core show channel` shows WriteTranscode.",
                "Pour l'éviter, placer le même codec en premier sur les deux endpoints (`allow=!all,alaw`) ; `core show channel` montre WriteTranscode.",
            ),
        ),
    },
)
