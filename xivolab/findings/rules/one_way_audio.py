"""one-way-audio: of an answered call one direction has no packets, though the evidence could hold them."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.missing_media import missing_ways
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    for row, missing in missing_ways(evidence):
        for way in missing:
            fields = {"src": evidence.name(way.src), "dst": evidence.name(way.dst), "for_s": way.heard_s}
            proofs = [evidence.stream_proof(stream) for stream in way.others[:1]]
            if way.answer is not None:
                proofs.insert(0, evidence.message_proof(way.answer))
            yield Finding("one-way-audio", row, tuple(proofs), fields, about=f"{way.src} → {way.dst}", time=way.begins)


RULE = Rule(
    "one-way-audio",
    _find,
    {
        "": Words(
            summary=Both(
                "{dst} heard nothing of {src}: no packet of it in {for_s:.0f} s of talk.",
                "{dst} n'a rien entendu de {src} : aucun paquet en {for_s:.0f} s de conversation.",
            ),
            cause=Both(
                "RTP from {src} to {dst} never reached the capture point, while the other direction flowed: a firewall or NAT on that "
                "way, a wrong address in the SDP, or a phone that sends nothing.",
                "Le RTP de {src} vers {dst} n'est jamais arrivé au point de capture, alors que l'autre sens passait : pare-feu ou NAT sur "
                "ce chemin, adresse erronée dans le SDP, ou poste qui n'envoie rien.",
            ),
            remedy=Both(
                "Capture at {src}: if it sends, open UDP 10000–20000 from {src} to {dst} on the way; if it does not, look at the address "
                "and port that the SDP told it.",
                "Capturer sur {src} : s'il émet, ouvrir UDP 10000–20000 de {src} vers {dst} sur le chemin ; sinon, regarder l'adresse et "
                "le port que le SDP lui a donnés.",
            ),
        ),
    },
)
