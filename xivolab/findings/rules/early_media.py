"""early-media: the caller heard media before the call was answered (RFC 3960)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.facts import told_by_events
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_events(evidence, "early-media", "early-media")


RULE = Rule(
    "early-media",
    _find,
    {
        "": Words(
            summary=Both(
                "Media was announced before the call was answered: {text}.",
                "Du média a été annoncé avant le décrochage : {text}.",
            ),
            cause=Both(
                "A 183 or 180 with an SDP: an announcement or the far end's own ringing tone may be heard.",
                "Un 183 ou 180 avec SDP : une annonce ou la tonalité du réseau distant peut s'entendre.",
            ),
            remedy=Both(
                "A fact, no fault: `xivolab ladder` shows it.",
                "Un fait, pas un défaut : `xivolab ladder` le montre.",
            ),
        ),
    },
)
