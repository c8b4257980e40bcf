"""ack-missing: the answer to a call was repeated because no ACK came (RFC 3261, 13.3.1.4)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.sendings import answered, sent_again

_LASTED_NS = 3_000_000_000


def _find(evidence: Evidence) -> Iterator[Finding]:
    index = evidence.sip.index
    for sending in sent_again(evidence):
        first, last = sending.first, sending.rows[-1]
        if index.method[first] != "INVITE" or not 200 <= index.status[first] < 300:
            continue
        if index.time[last] - index.time[first] < _LASTED_NS or answered(evidence, sending):
            continue
        fields = {
            "src": evidence.name(index.place(index.src[first])),
            "dst": evidence.name(index.place(index.dst[first])),
            "times": sending.times,
            "for_s": (index.time[last] - index.time[first]) / 1e9,
        }
        proofs = (evidence.message_proof(first), evidence.message_proof(last))
        yield Finding("ack-missing", sending.call, proofs, fields, about=str(fields["dst"]), time=index.time[first])


RULE = Rule(
    "ack-missing",
    _find,
    {
        "": Words(
            summary=Both(
                "{src} sent its 200 OK {times} times: {dst} never confirmed it with an ACK.",
                "{src} a envoyé son 200 OK {times} fois : {dst} ne l'a jamais confirmé par un ACK.",
            ),
            cause=Both(
                "The ACK goes to the address in the Contact of the 200 OK; it was lost, or that address is not where {src} is (NAT, a "
                "private address). After 32 s such a call is cut.",
                "L'ACK va à l'adresse du Contact du 200 OK ; il s'est perdu, ou cette adresse n'est pas celle de {src} (NAT, adresse "
                "privée). Après 32 s, un tel appel est coupé.",
            ),
            remedy=Both(
                "Look at the Contact in the 200 OK of {src}: if it is private, set external_signaling_address and local_net on the PBX "
                "transport; else capture at {dst} to see where its ACK goes.",
                "Regarder le Contact du 200 OK de {src} : s'il est privé, régler external_signaling_address et local_net sur le transport "
                "du PBX ; sinon capturer sur {dst} pour voir où part son ACK.",
            ),
        ),
    },
)
