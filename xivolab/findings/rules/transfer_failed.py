"""transfer-failed: a transfer by REFER was refused, or its NOTIFY told of a failure (RFC 3515, 2.4)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.calls.transfer import find_transfers
from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    index = evidence.sip.index
    for row, legs in enumerate(evidence.legs):
        for transfer in find_transfers(index, [leg for leg in legs if leg.session.refers]):
            if transfer.completed:
                continue
            refer = [one for one in transfer.leg.messages if index.method[one] == "REFER"]
            told = [
                one
                for one in transfer.leg.messages
                if index.method[one] == "NOTIFY" and not index.status[one] and one > refer[0]
            ]
            fields = {
                "sender": evidence.name(transfer.sender),
                "target": transfer.target,
                "caller": evidence.caller(row),
            }
            proofs = tuple(evidence.message_proof(one) for one in [*refer[:2], *told[-1:]])
            yield Finding("transfer-failed", row, proofs, fields, about=str(transfer.target), time=transfer.time)


RULE = Rule(
    "transfer-failed",
    _find,
    {
        "": Words(
            summary=Both(
                "{sender} tried to transfer the call of {caller} to {target}, and it failed.",
                "{sender} a tenté de transférer l'appel de {caller} vers {target}, sans succès.",
            ),
            cause=Both(
                "The REFER was refused, or the call to {target} that it asked for did not come about.",
                "Le REFER a été refusé, ou l'appel vers {target} qu'il demandait n'a pas abouti.",
            ),
            remedy=Both(
                "Call {target} directly from {sender}: if that works, look at allow_transfer of its endpoint; else mend that call first (`dialplan show {target}@default`).",
                "Appeler {target} directement depuis {sender} : si cela marche, regarder allow_transfer de son endpoint ; sinon réparer d'abord cet appel (`dialplan show {target}@default`).",
            ),
        ),
    },
)
