"""rtp-timeout: Asterisk ended a call because no RTP came for too long (rtp_timeout; res/res_pjsip_sdp_rtp.c, rtp_check_timeout)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xivolab.findings.ended import byes_with
from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words

_NEEDLE = b"for lack of "
_LINE = re.compile(
    r"Disconnecting channel '(?P<channel>[^']*)' for lack of (?:(?P<kind>\w+) )?RTP activity in (?P<for_s>\d+) seconds"
)
_RECOVERY_ON_TIMER = re.compile(r"q\.850 *;.*cause *= *44\b")
"""The cause that Asterisk gives such a call (requested circuit not available): nothing else of Asterisk's does so in a BYE."""


def _find(evidence: Evidence) -> Iterator[Finding]:
    told = set()
    for signal in evidence.said(_NEEDLE):
        if found := _LINE.search(signal.text):
            call = evidence.call_of_channel(found["channel"], signal.time) if signal.call is None else signal.call
            told.add(call)
            fields = {
                "channel": found["channel"],
                "for_s": int(found["for_s"]),
                "caller": "?" if call is None else evidence.caller(call),
                "callee": "?" if call is None else evidence.callee(call),
            }
            yield Finding(
                "rtp-timeout",
                call,
                (evidence.signal_proof(signal),),
                fields,
                about=found["channel"],
                time=signal.time,
            )
    for finding in byes_with(evidence, "rtp-timeout", lambda reason: bool(_RECOVERY_ON_TIMER.search(reason))):
        if finding.call not in told:
            yield Finding(
                finding.code, finding.call, finding.proofs, finding.fields, "sip", finding.about, finding.time
            )


_REMEDY = Both(
    "Find out why {who} stopped sending: it went away, its line was cut, or it sends nothing while muted or on hold; in the last case "
    "raise rtp_timeout (and rtp_timeout_hold) of its endpoint.",
    "Chercher pourquoi {who} n'émettait plus : poste parti, ligne coupée, ou silence total en mode muet ou en attente ; dans ce dernier "
    "cas, augmenter rtp_timeout (et rtp_timeout_hold) de son endpoint.",
)


def _of(who: str) -> Both:
    return Both(_REMEDY.en.replace("{who}", who), _REMEDY.fr.replace("{who}", who))


RULE = Rule(
    "rtp-timeout",
    _find,
    {
        "": Words(
            summary=Both(
                "Asterisk ended the call between {caller} and {callee}: no RTP came from {channel} for {for_s} s.",
                "Asterisk a mis fin à l'appel entre {caller} et {callee} : aucun RTP n'est venu de {channel} pendant {for_s} s.",
            ),
            cause=Both(
                "The party on {channel} sent nothing any more, and rtp_timeout of its endpoint is {for_s} s.",
                "Le correspondant sur {channel} n'envoyait plus rien, et rtp_timeout de son endpoint vaut {for_s} s.",
            ),
            remedy=_of("{channel}"),
        ),
        "sip": Words(
            summary=Both(
                "{src} ended the call between {caller} and {callee} because no RTP came from {dst} any more.",
                "{src} a mis fin à l'appel entre {caller} et {callee} : plus aucun RTP ne venait de {dst}.",
            ),
            cause=Both(
                "The BYE to {dst} says cause 44, which Asterisk gives a call that rtp_timeout ends.",
                "Le BYE vers {dst} indique la cause 44, qu'Asterisk donne à un appel interrompu par rtp_timeout.",
            ),
            remedy=_of("{dst}"),
        ),
    },
    needles=(_NEEDLE,),
)
