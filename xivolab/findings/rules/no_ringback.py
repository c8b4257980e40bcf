"""no-ringback: the callee rang, and the caller was told nothing of it: neither 180 nor 183 (RFC 3261, 21.1.2; RFC 3960)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words

_RANG_NS = 3_000_000_000


def _find(evidence: Evidence) -> Iterator[Finding]:
    index = evidence.sip.index
    for row, legs in enumerate(evidence.legs):
        if len(legs) < 2 or legs[0].partial or legs[0].ringing_at is not None:
            continue
        rang = [leg for leg in legs[1:] if leg.ringing_at is not None and leg.session.ringing is not None]
        if not rang:
            continue
        first = min(rang, key=lambda leg: leg.ringing_at or 0)
        until = legs[0].answered_at or legs[0].end
        # A queue or a menu answers first: its caller hears music.
        if first.ringing_at is None or until is None or until - first.ringing_at < _RANG_NS:
            continue
        told = any(
            index.method[message] == "INVITE" and 101 <= index.status[message] < 200 and index.status[message] != 181
            for message in legs[0].messages
        )
        if told or first.session.ringing is None:
            continue
        fields = {
            "caller": evidence.caller(row),
            "callee": evidence.callee(row),
            "pbx": evidence.name(legs[0].dst),
            "for_s": (until - first.ringing_at) / 1e9,
        }
        yield Finding(
            "no-ringback", row, (evidence.message_proof(first.session.ringing),), fields, time=first.ringing_at
        )


RULE = Rule(
    "no-ringback",
    _find,
    {
        "": Words(
            summary=Both(
                "{caller} heard nothing while {callee} rang for {for_s:.0f} s.",
                "{caller} n'a rien entendu pendant que {callee} sonnait {for_s:.0f} s.",
            ),
            cause=Both(
                "{pbx} got 180 Ringing from {callee} and passed neither 180 nor early media on to {caller}.",
                "{pbx} a reçu 180 Ringing de {callee} et n'a transmis à {caller} ni 180 ni média précoce.",
            ),
            remedy=Both(
                "On {pbx}: option `r` of Dial for that call, or `inband_progress` of the endpoint of {caller} (XiVO: In-band ring of the line or trunk).",
                "Sur {pbx} : option `r` du Dial de cet appel, ou `inband_progress` de l'endpoint de {caller} (XiVO : Sonnerie in-band de la ligne ou du trunk).",
            ),
        ),
    },
)
