"""high-jitter: RTP that arrives unevenly (RFC 3550, A.8) for seconds on end."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.poor_streams import longest_run, poor_directions
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    worst = evidence.streams["jitter_max_ms"]
    limit, seconds = evidence.limits["high-jitter"], evidence.limits["high-jitter-for"]

    def poor(stream: int) -> dict[str, object] | None:
        # Wireshark's maximum bounds every second's: a stream below it needs no look at its seconds.
        if not worst[stream] >= limit:
            return None
        run = longest_run(evidence, stream, limit)
        return {"jitter_ms": run.mean_ms, "for_s": run.seconds} if run.seconds >= seconds else None

    yield from poor_directions(evidence, "high-jitter", poor)


RULE = Rule(
    "high-jitter",
    _find,
    {
        "": Words(
            summary=Both(
                "What {src} sent to {dst} arrived unevenly for {for_s} s: {jitter_ms:.0f} ms of jitter.",
                "Ce que {src} a envoyé à {dst} est arrivé irrégulièrement pendant {for_s} s : {jitter_ms:.0f} ms de gigue.",
            ),
            cause=Both(
                "The packets waited in queues before the capture point, on the way from {src}; a receiver's buffer drops those that come "
                "too late, and that is heard as choppy sound.",
                "Les paquets ont attendu dans des files avant le point de capture, sur le chemin depuis {src} ; le tampon du récepteur "
                "jette ceux qui arrivent trop tard, et le son est haché.",
            ),
            remedy=Both(
                "Find what fills the line between {src} and the capture point (uploads, Wi-Fi), and give RTP priority there (DSCP EF); "
                "where that cannot be, a larger jitter buffer on {dst} helps.",
                "Trouver ce qui sature la ligne entre {src} et le point de capture (envois, Wi-Fi), et y donner priorité au RTP "
                "(DSCP EF) ; à défaut, un tampon de gigue plus grand sur {dst} aide.",
            ),
        ),
    },
)
