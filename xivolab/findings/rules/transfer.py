"""transfer: the call was transferred (RFC 3515, RFC 5589; CEL: BLINDTRANSFER, ATTENDEDTRANSFER)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.calls.transfer import find_transfers
from xivolab.findings.evidence import Evidence
from xivolab.findings.facts import told_by_cel
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    index = evidence.sip.index
    told = set()
    for row, legs in enumerate(evidence.legs):
        for transfer in find_transfers(index, [leg for leg in legs if leg.session.refers]):
            if not transfer.completed or row in told:
                continue
            told.add(row)
            refer = next(one for one in transfer.leg.messages if index.method[one] == "REFER")
            fields = {"who": evidence.name(transfer.sender), "target": transfer.target or "?"}
            yield Finding("transfer", row, (evidence.message_proof(refer),), fields, time=transfer.time)
    for finding in told_by_cel(evidence, "transfer", ("BLINDTRANSFER", "ATTENDEDTRANSFER")):
        if finding.call not in told:
            yield finding


RULE = Rule(
    "transfer",
    _find,
    {
        "": Words(
            summary=Both(
                "{who} transferred the call to {target}.",
                "{who} a transféré l'appel vers {target}.",
            ),
            cause=Both(
                "A REFER asked for it, and it was done.",
                "Un REFER l'a demandé, et cela a été fait.",
            ),
            remedy=Both(
                "A fact, no fault: `xivolab ladder` shows it.",
                "Un fait, pas un défaut : `xivolab ladder` le montre.",
            ),
        ),
        "cel": Words(
            summary=Both(
                "{who} transferred the call.",
                "{who} a transféré l'appel.",
            ),
            cause=Both(
                "CEL has the event {event}.",
                "Le CEL contient l'événement {event}.",
            ),
            remedy=Both(
                "A fact, no fault: `xivolab channels` shows it.",
                "Un fait, pas un défaut : `xivolab channels` le montre.",
            ),
        ),
    },
)
