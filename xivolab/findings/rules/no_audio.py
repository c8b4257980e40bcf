"""no-audio: an answered call without a packet of media either way, though the evidence could hold them."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.missing_media import silent_calls
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    for row, answer in silent_calls(evidence, could_be_seen=True):
        fields = {
            "caller": evidence.caller(row),
            "callee": evidence.callee(row),
            "for_s": evidence.call_value(row, "talk_s"),
        }
        yield Finding(
            "no-audio", row, (evidence.message_proof(answer),), fields, time=evidence.call_value(row, "answered_at")
        )


RULE = Rule(
    "no-audio",
    _find,
    {
        "": Words(
            summary=Both(
                "{caller} and {callee} heard nothing of each other in {for_s:.0f} s.",
                "{caller} et {callee} ne se sont pas entendus du tout pendant {for_s:.0f} s.",
            ),
            cause=Both(
                "The call was answered and no RTP packet of it passed the capture point, where other calls have theirs.",
                "L'appel a été décroché et aucun paquet RTP n'est passé au point de capture, où d'autres appels ont les leurs.",
            ),
            remedy=Both(
                "Compare the addresses in the SDP of {caller} and {callee} with where they really are, and look at the firewall between "
                "them (UDP 10000–20000).",
                "Comparer les adresses dans les SDP de {caller} et {callee} avec leur emplacement réel, et regarder le pare-feu entre eux "
                "(UDP 10000–20000).",
            ),
        ),
    },
)
