"""Where the rules are: by code, the module, and the evidence without which it can find nothing. Nothing is imported here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xivolab.findings.rule import Rule

SIP, RTP, LOG, CEL, CLI, QUEUES, ANY = "sip", "rtp", "log", "cel", "cli", "queues", "any"
"""Kinds of evidence: SIP messages, RTP streams, Asterisk's log, channel events, output of its command line, queue_log,
whatever."""

NEEDS: dict[str, tuple[str, ...]] = {
    "ack-missing": (SIP,),
    "agi-failed": (LOG,),
    "bye-missing": (SIP,),
    "call-forbidden": (SIP,),
    "call-forwarded": (LOG,),
    "call-right-denied": (LOG,),
    "callee-busy": (SIP, LOG, CEL),
    "callee-unavailable": (SIP,),
    "clock-skew": (RTP,),
    "codec-not-acceptable": (SIP,),
    "counter-wrapped": (CLI,),
    "dialplan-no-extension": (LOG,),
    "dnd-active": (LOG,),
    "dns-failed": (LOG,),
    "dtmf": (SIP, RTP),
    "early-media": (SIP,),
    "endpoint-unavailable": (LOG,),
    "evidence-incomplete": (ANY,),
    "forked": (SIP,),
    "forward-loop": (LOG,),
    "high-jitter": (RTP,),
    "hold": (SIP,),
    "icmp-unreachable": (SIP,),
    "invite-auth-failed": (SIP,),
    "log-messages-lost": (LOG,),
    "loop-detected": (SIP,),
    "low-mos": (RTP,),
    "media-not-captured": (SIP,),
    "message-too-large": (SIP,),
    "no-answer": (SIP, LOG, CEL),
    "no-audio": (SIP,),
    "no-ringback": (SIP,),
    "no-translation-path": (LOG,),
    "number-not-found": (SIP,),
    "one-way-audio": (RTP,),
    "packet-loss": (RTP,),
    "parking": (CEL,),
    "payload-type-mismatch": (RTP,),
    "pickup": (CEL,),
    "private-address-in-sdp": (SIP,),
    "ptime-mismatch": (RTP,),
    "queue-abandoned": (QUEUES,),
    "queue-full": (LOG, QUEUES),
    "queue-no-agent": (LOG, QUEUES),
    "queue-timeout": (LOG, QUEUES),
    "register-auth-failed": (SIP,),
    "registration-lost": (LOG,),
    "registration-rejected": (SIP,),
    "reinvite-failed": (SIP,),
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
    "transcoding": (SIP,),
    "transfer": (SIP, CEL),
    "transfer-failed": (SIP,),
    "trunk-limit": (LOG,),
    "trunk-unreachable": (SIP, LOG),
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
