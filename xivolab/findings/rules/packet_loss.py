"""packet-loss: RTP that was lost on its way to the capture point, or behind it as the receiver reports (RFC 3550, 6.4.1)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.poor_streams import poor_directions, worst_window
from xivolab.findings.rule import Both, Rule, Words

_WINDOW_S = 10
_MANY = 100
_FEW = 2
"""One packet is no loss to speak of, however short the stream."""


def _find(evidence: Evidence) -> Iterator[Finding]:
    streams = evidence.streams
    lost_pct, lost, remote = streams["lost_pct"], streams["lost"], streams["remote_lost_pct"]
    limit, burst = evidence.limits["packet-loss"], evidence.limits["packet-loss-burst"]

    def poor(stream: int) -> dict[str, object] | None:
        if lost[stream] < _FEW:
            return None
        if lost_pct[stream] >= limit:
            return {"lost_pct": float(lost_pct[stream]), "lost": int(lost[stream])}
        worst = worst_window(evidence, stream, _WINDOW_S, _share)
        return {"lost_pct": worst, "lost": int(lost[stream]), "variant": "burst"} if worst >= burst else None

    seen_lossy = {streams["ssrc"][row] or streams["id"][row] for row in np.flatnonzero(lost >= _FEW).tolist()}

    def after(stream: int) -> dict[str, object] | None:
        # Captured behind the loss as well: that is told there.
        if (streams["ssrc"][stream] or streams["id"][stream]) in seen_lossy or streams["packets"][stream] < _MANY:
            return None
        share = float(remote[stream])
        # What the receiver misses includes what was lost before the capture.
        behind = share - float(lost_pct[stream])
        return {"lost_pct": behind, "variant": "after"} if behind >= limit else None

    yield from poor_directions(evidence, "packet-loss", poor)
    yield from poor_directions(evidence, "packet-loss", after)


def _share(lost: float, packets: float) -> float:
    return 100.0 * lost / (lost + packets) if lost + packets else 0.0


_REMEDY = Both(
    "Look for the loss between {src} and the capture point: capture at {src} too and `xivolab compare` the two; then look at the "
    "switch ports (duplex, errors), Wi-Fi and the priority (DSCP EF) on that way.",
    "Chercher la perte entre {src} et le point de capture : capturer aussi sur {src} et comparer (`xivolab compare`) ; puis regarder "
    "les ports du commutateur (duplex, erreurs), le Wi-Fi et la priorité (DSCP EF) sur ce chemin.",
)

RULE = Rule(
    "packet-loss",
    _find,
    {
        "": Words(
            summary=Both(
                "{lost_pct:.1f} % of what {src} sent to {dst} was lost ({lost} packets).",
                "{lost_pct:.1f} % de ce que {src} a envoyé à {dst} a été perdu ({lost} paquets).",
            ),
            cause=Both(
                "The packets were lost before the capture point, on the way from {src}.",
                "Les paquets ont été perdus avant le point de capture, sur le chemin depuis {src}.",
            ),
            remedy=_REMEDY,
        ),
        "burst": Words(
            summary=Both(
                "In its worst ten seconds {lost_pct:.1f} % of what {src} sent to {dst} was lost ({lost} packets in all).",
                "Pendant ses dix pires secondes, {lost_pct:.1f} % de ce que {src} a envoyé à {dst} a été perdu ({lost} paquets en tout).",
            ),
            cause=Both(
                "The packets were lost before the capture point, on the way from {src}, in a burst.",
                "Les paquets ont été perdus avant le point de capture, sur le chemin depuis {src}, en rafale.",
            ),
            remedy=_REMEDY,
        ),
        "after": Words(
            summary=Both(
                "{dst} reports that {lost_pct:.1f} % of what {src} sent was lost behind the capture point.",
                "{dst} signale que {lost_pct:.1f} % de ce que {src} a envoyé a été perdu après le point de capture.",
            ),
            cause=Both(
                "The packets passed the capture point and were lost between it and {dst}: RTCP of {dst} says so.",
                "Les paquets sont passés au point de capture et se sont perdus entre lui et {dst} : le RTCP de {dst} le dit.",
            ),
            remedy=Both(
                "Look for the loss between the capture point and {dst}: its access line, Wi-Fi, the switch port; capture at {dst} to "
                "see it.",
                "Chercher la perte entre le point de capture et {dst} : sa ligne d'accès, le Wi-Fi, le port du commutateur ; capturer sur "
                "{dst} pour la voir.",
            ),
        ),
    },
)
