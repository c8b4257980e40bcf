"""retransmissions: a message over UDP was sent three times or more before it was answered (RFC 3261, 17.1)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.sendings import is_over_udp, sent_again

_METHODS = ("INVITE", "BYE", "CANCEL", "REFER", "UPDATE", "INFO", "PRACK")


def _find(evidence: Evidence) -> Iterator[Finding]:
    index = evidence.sip.index
    limit = evidence.limits["retransmissions"]
    worst: dict[int, Finding] = {}
    for sending in sent_again(evidence):
        first = sending.first
        if sending.call is None or sending.times < limit or index.method[first] not in _METHODS:
            continue
        if not is_over_udp(evidence, first):
            continue
        fields = {
            "what": str(index.status[first] or index.method[first]),
            "src": evidence.name(index.place(index.src[first])),
            "dst": evidence.name(index.place(index.dst[first])),
            "times": sending.times,
        }
        proofs = tuple(evidence.message_proof(row) for row in sending.rows[:3])
        found = Finding("retransmissions", sending.call, proofs, fields, time=index.time[first])
        before = worst.get(sending.call)
        if before is None or before.fields["times"] < sending.times:
            worst[sending.call] = found
    yield from worst.values()


RULE = Rule(
    "retransmissions",
    _find,
    {
        "": Words(
            summary=Both(
                "{src} had to send its {what} to {dst} {times} times.",
                "{src} a dû envoyer {times} fois son {what} à {dst}.",
            ),
            cause=Both(
                "What {src} sent to {dst}, or the answer to it, was lost on the way, or {dst} was too slow to answer within half a second.",
                "L'envoi de {src} vers {dst}, ou sa réponse, s'est perdu en route, ou {dst} n'a pas répondu en une demi-seconde.",
            ),
            remedy=Both(
                "Compare captures of {src} and {dst} to see which direction loses packets; on an overloaded {dst} look at its processor.",
                "Comparer des captures de {src} et {dst} pour voir quel sens perd des paquets ; si {dst} est surchargé, regarder son "
                "processeur.",
            ),
        ),
    },
)
