"""ptime-mismatch: the packets hold more or less time than the SDP asks for (RFC 4566, 6: ptime)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.poor_streams import poor_directions
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    told, real = evidence.streams["ptime_sdp_ms"], evidence.streams["ptime_ms"]
    packets = evidence.streams["packets"]

    def poor(stream: int) -> dict[str, object] | None:
        # Without one in the SDP there is nothing to keep to.
        if not (told[stream] > 0 and real[stream] > 0) or abs(told[stream] - real[stream]) < 1 or packets[stream] < 50:
            return None
        return {"told": float(told[stream]), "real": float(real[stream])}

    yield from poor_directions(evidence, "ptime-mismatch", poor)


RULE = Rule(
    "ptime-mismatch",
    _find,
    {
        "": Words(
            summary=Both(
                "{src} sends packets of {real:.0f} ms to {dst}, which asks for {told:.0f} ms.",
                "{src} envoie des paquets de {real:.0f} ms à {dst}, qui demande {told:.0f} ms.",
            ),
            cause=Both(
                "The ptime in the SDP is a wish; {src} does not keep to it. Most receivers take any, some stutter.",
                "Le ptime du SDP est un souhait que {src} ne respecte pas. La plupart des récepteurs s'en accommodent, certains hachent.",
            ),
            remedy=Both(
                "If {dst} stutters, set the packet time of {src} to {told:.0f} ms (on Asterisk `allow=alaw:20` and `use_ptime=yes` of the endpoint).",
                "Si {dst} hache, régler la durée de paquet de {src} à {told:.0f} ms (sur Asterisk `allow=alaw:20` et `use_ptime=yes` de l'endpoint).",
            ),
        ),
    },
)
