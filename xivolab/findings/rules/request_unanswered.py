"""request-unanswered: a request was sent again and again and nothing came back (RFC 3261, 17.1.1.2, timers B and F)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.sendings import answered, sent_again

_LASTED_NS = 3_000_000_000
"""Timers A and E send at 0.5, 1.5, 3.5 s: so long without any answer is no packet lost."""
_METHODS = ("INVITE", "REGISTER", "MESSAGE", "UPDATE", "REFER")
"""BYE without an answer is bye-missing; OPTIONS and SUBSCRIBE concern no call."""


def _find(evidence: Evidence) -> Iterator[Finding]:
    index = evidence.sip.index
    seen = set()
    for sending in sent_again(evidence):
        first, last = sending.first, sending.rows[-1]
        if index.status[first] or index.method[first] not in _METHODS or index.to_tag[first] is not None:
            continue
        if index.time[last] - index.time[first] < _LASTED_NS or answered(evidence, sending):
            continue
        ends = index.place(index.src[first]), index.place(index.dst[first])
        about = f"{index.method[first]} {ends[0]} → {ends[1]}"
        # A registration is tried for ever: one finding tells it.
        if sending.call is None and about in seen:
            continue
        seen.add(about)
        fields = {
            "method": index.method[first],
            "src": evidence.name(ends[0]),
            "dst": evidence.name(ends[1]),
            "place": ends[1],
            "times": sending.times,
            "for_s": (index.time[last] - index.time[first]) / 1e9,
        }
        proofs = (evidence.message_proof(first), evidence.message_proof(last))
        yield Finding("request-unanswered", sending.call, proofs, fields, about=about, time=index.time[first])


RULE = Rule(
    "request-unanswered",
    _find,
    {
        "": Words(
            summary=Both(
                "{dst} did not answer the {method} of {src}: sent {times} times in {for_s:.0f} s.",
                "{dst} n'a pas répondu au {method} de {src} : envoyé {times} fois en {for_s:.0f} s.",
            ),
            cause=Both(
                "Nothing came back from {place}: it is down, the address is wrong, or something on the way drops what goes there or comes "
                "back.",
                "Rien n'est revenu de {place} : machine arrêtée, adresse erronée, ou filtrage sur le chemin, à l'aller ou au retour.",
            ),
            remedy=Both(
                "Capture at {dst} for the same moment: if the {method} arrives there, its answer is lost; else look for a firewall between "
                "{src} and {place} (UDP), and at what the address should be.",
                "Capturer sur {dst} au même instant : si le {method} y arrive, c'est sa réponse qui se perd ; sinon, chercher un pare-feu "
                "entre {src} et {place} (UDP), et vérifier l'adresse.",
            ),
        ),
    },
)
