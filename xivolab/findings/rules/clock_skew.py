"""clock-skew: the sender's clock runs faster or slower than the capture's (RFC 3550, 5.1: timestamps)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.poor_streams import poor_directions
from xivolab.findings.rule import Both, Rule, Words

_LASTED_NS = 60_000_000_000


def _find(evidence: Evidence) -> Iterator[Finding]:
    streams = evidence.streams
    skew, start, end = streams["clock_skew_ppm"], streams["start"], streams["end"]
    limit = evidence.limits["clock-skew"]

    def poor(stream: int) -> dict[str, object] | None:
        if not abs(skew[stream]) >= limit or end[stream] - start[stream] < _LASTED_NS:
            return None
        return {"ppm": abs(float(skew[stream])), "variant": "" if skew[stream] > 0 else "slow"}

    yield from poor_directions(evidence, "clock-skew", poor)


RULE = Rule(
    "clock-skew",
    _find,
    {
        "": Words(
            summary=Both(
                "The clock of {src} runs {ppm:.0f} ppm too fast in what it sends to {dst}.",
                "L'horloge de {src} avance de {ppm:.0f} ppm dans ce qu'elle envoie à {dst}.",
            ),
            cause=Both(
                "{dst} has to drop or repeat a packet now and then, which is heard as a click; half an hour makes {ppm:.0f} × 1.8 ms.",
                "{dst} doit jeter ou répéter un paquet de temps en temps, ce qui s'entend comme un clic ; une demi-heure fait {ppm:.0f} × 1,8 ms.",
            ),
            remedy=Both(
                "If clicks are heard, look at the sound card or virtual machine of {src} (its timer source); a capture on {src} itself tells whether the capture's clock is to blame.",
                "Si l'on entend des clics, regarder la carte son ou la machine virtuelle de {src} (sa source de temps) ; une capture sur {src} même dit si l'horloge de capture est en cause.",
            ),
        ),
        "slow": Words(
            summary=Both(
                "The clock of {src} runs {ppm:.0f} ppm too slow in what it sends to {dst}.",
                "L'horloge de {src} retarde de {ppm:.0f} ppm dans ce qu'elle envoie à {dst}.",
            ),
            cause=Both(
                "{dst} has to drop or repeat a packet now and then, which is heard as a click; half an hour makes {ppm:.0f} × 1.8 ms.",
                "{dst} doit jeter ou répéter un paquet de temps en temps, ce qui s'entend comme un clic ; une demi-heure fait {ppm:.0f} × 1,8 ms.",
            ),
            remedy=Both(
                "If clicks are heard, look at the sound card or virtual machine of {src} (its timer source); a capture on {src} itself tells whether the capture's clock is to blame.",
                "Si l'on entend des clics, regarder la carte son ou la machine virtuelle de {src} (sa source de temps) ; une capture sur {src} même dit si l'horloge de capture est en cause.",
            ),
        ),
    },
)
