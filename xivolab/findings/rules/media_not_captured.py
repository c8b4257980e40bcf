"""media-not-captured: an answered call whose media the evidence cannot hold: nothing can be said of its sound."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.missing_media import silent_calls
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    for row, answer in silent_calls(evidence, could_be_seen=False):
        fields = {"caller": evidence.caller(row), "callee": evidence.callee(row)}
        yield Finding(
            "media-not-captured",
            row,
            (evidence.message_proof(answer),),
            fields,
            time=evidence.call_value(row, "answered_at"),
        )


RULE = Rule(
    "media-not-captured",
    _find,
    {
        "": Words(
            summary=Both(
                "The sound of the call from {caller} to {callee} is not in the evidence.",
                "Le son de l'appel de {caller} vers {callee} n'est pas dans les preuves.",
            ),
            cause=Both(
                "No RTP of these hosts was captured: a capture filter (port 5060), direct media between the phones, or a log alone.",
                "Aucun RTP de ces machines n'a été capturé : filtre de capture (port 5060), média direct entre les postes, ou journal "
                "seul.",
            ),
            remedy=Both(
                "To judge the sound of {caller}, capture again with `tcpdump -i any -s 0 -w call.pcap udp`, at the PBX or at the phone.",
                "Pour juger le son de {caller}, capturer de nouveau avec `tcpdump -i any -s 0 -w appel.pcap udp`, sur le PBX ou le poste.",
            ),
        ),
    },
)
