"""evidence-incomplete: a file of the evidence is not whole: what is missing cannot be judged."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding, Proof
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    problems = evidence.problems
    for n in range(len(problems)):
        # What Asterisk discarded has a code of its own: log-messages-lost.
        if problems["severity"][n] != "warning" or "discarded" in str(problems["what"][n]):
            continue
        fields = {
            "file": str(problems["file"][n]).rpartition("/")[2],
            "what": problems["what"][n],
            "place": problems["place"][n] or "-",
        }
        proof = Proof(str(problems["file"][n]), "")
        yield Finding(
            "evidence-incomplete", None, (proof,), fields, about=f"{problems['file'][n]} {problems['place'][n]}"
        )


RULE = Rule(
    "evidence-incomplete",
    _find,
    {
        "": Words(
            summary=Both(
                "{file} is not whole: {what}.",
                "{file} est incomplet : {what}.",
            ),
            cause=Both(
                "What is missing there ({place}) cannot be judged; what was read is.",
                "Ce qui manque là ({place}) ne peut être jugé ; ce qui a été lu l'est.",
            ),
            remedy=Both(
                "`xivolab problems` says what to do about {file}; copy or capture it again if that part matters.",
                "`xivolab problems` dit que faire de {file} ; le copier ou le capturer de nouveau si cette partie importe.",
            ),
        ),
    },
)
