"""Where the rules are: by code, the module, and the evidence without which it can find nothing. Nothing is imported here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xivolab.findings.rule import Rule

SIP, RTP, LOG, CEL, CLI, ANY = "sip", "rtp", "log", "cel", "cli", "any"
"""Kinds of evidence: SIP messages, RTP streams, Asterisk's log, channel events, output of its command line, whatever."""

NEEDS: dict[str, tuple[str, ...]] = {
    "ack-missing": (SIP,),
    "agi-failed": (LOG,),
    "bye-missing": (SIP,),
    "call-forbidden": (SIP,),
    "call-forwarded": (LOG,),
    "call-right-denied": (LOG,),
    "callee-busy": (SIP, LOG, CEL),
    "callee-unavailable": (SIP,),
    "codec-not-acceptable": (SIP,),
    "dialplan-no-extension": (LOG,),
    "dnd-active": (LOG,),
    "dns-failed": (LOG,),
    "endpoint-unavailable": (LOG,),
    "forward-loop": (LOG,),
    "high-jitter": (RTP,),
    "icmp-unreachable": (SIP,),
    "invite-auth-failed": (SIP,),
    "log-messages-lost": (LOG,),
    "low-mos": (RTP,),
    "media-not-captured": (SIP,),
    "no-answer": (SIP, LOG, CEL),
    "no-audio": (SIP,),
    "no-translation-path": (LOG,),
    "number-not-found": (SIP,),
    "one-way-audio": (RTP,),
    "packet-loss": (RTP,),
    "private-address-in-sdp": (SIP,),
    "queue-full": (LOG,),
    "queue-no-agent": (LOG,),
    "queue-timeout": (LOG,),
    "register-auth-failed": (SIP,),
    "registration-lost": (LOG,),
    "registration-rejected": (SIP,),
    "request-unanswered": (SIP,),
    "retransmissions": (SIP,),
    "rtp-timeout": (SIP, LOG),
    "schedule-closed": (LOG,),
    "server-resource": (LOG,),
    "service-unavailable": (SIP,),
    "session-timer-expired": (SIP,),
    "sip-alg": (SIP,),
    "sip-scan": (SIP, LOG),
    "tls-failed": (LOG,),
    "trunk-limit": (LOG,),
    "user-limit": (LOG,),
}
"""The rules there are, and which kinds of evidence each can use (one is enough)."""


@cache
def rule_of(code: str) -> Rule:
    """The rule of a code: `RULE` in the module named after it. Raises KeyError for a code without one."""
    if code not in NEEDS:
        raise KeyError(code)
    rule: Rule = import_module(f"xivolab.findings.rules.{code.replace('-', '_')}").RULE
    return rule
