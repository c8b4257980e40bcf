"""message-too-large: a message over UDP larger than a packet carries was not answered: its fragments are lost on the way (RFC 3261, 18.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.sendings import answered, is_over_udp, sent_again

_MTU = 1300
"""Larger requests should go over TCP (RFC 3261, 18.1.1: path MTU 1500 less 200)."""
_LASTED_NS = 3_000_000_000


def _find(evidence: Evidence) -> Iterator[Finding]:
    index = evidence.sip.index
    for sending in sent_again(evidence):
        first, last = sending.first, sending.rows[-1]
        size = len(evidence.sip.raw.data[first])
        if index.status[first] or size <= _MTU or not is_over_udp(evidence, first):
            continue
        if index.time[last] - index.time[first] < _LASTED_NS or answered(evidence, sending):
            continue
        # A server that answers nothing at all has another trouble.
        peer = index.dst[first]
        if not any(index.src[row] == peer for row in range(len(index))):
            continue
        fields = {
            "src": evidence.name(index.place(index.src[first])),
            "dst": evidence.name(index.place(peer)),
            "method": index.method[first],
            "size": size,
        }
        proofs = (evidence.message_proof(first), evidence.message_proof(last))
        yield Finding(
            "message-too-large", sending.call, proofs, fields, about=str(fields["dst"]), time=index.time[first]
        )


RULE = Rule(
    "message-too-large",
    _find,
    {
        "": Words(
            summary=Both(
                "The {method} of {src} to {dst} is {size} bytes long and got no answer, while shorter messages did.",
                "Le {method} de {src} vers {dst} fait {size} octets et n'a pas eu de réponse, contrairement aux messages plus courts.",
            ),
            cause=Both(
                "A UDP packet of that size is cut into fragments, and a firewall or router on the way drops fragments.",
                "Un paquet UDP de cette taille est fragmenté, et un pare-feu ou routeur du chemin jette les fragments.",
            ),
            remedy=Both(
                "Let {src} use TCP towards {dst} (`transport=transport-tcp`), or make the message shorter: fewer codecs, no video, compact headers (`compact_headers=yes` in pjsip.conf).",
                "Passer {src} en TCP vers {dst} (`transport=transport-tcp`), ou raccourcir le message : moins de codecs, pas de vidéo, en-têtes compacts (`compact_headers=yes` dans pjsip.conf).",
            ),
        ),
    },
)
