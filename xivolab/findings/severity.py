"""How bad each finding is: one list for all codes."""

from __future__ import annotations

from typing import Literal

Severity = Literal["info", "warning", "error"]

_ERRORS = [
    "register-auth-failed",
    "registration-rejected",
    "invite-auth-failed",
    "request-unanswered",
    "codec-not-acceptable",
    "service-unavailable",
    "loop-detected",
    "forward-loop",
    "ack-missing",
    "no-audio",
    "one-way-audio",
    "call-dropped",
    "no-translation-path",
    "reinvite-failed",
    "transfer-failed",
    "agi-failed",
    "trunk-unreachable",
    "session-timer-expired",
    "rtp-timeout",
    "tls-failed",
    "dns-failed",
    "srtp-mismatch",
    "server-resource",
]
_INFOS = [
    "callee-busy",
    "no-answer",
    "call-forwarded",
    "dnd-active",
    "schedule-closed",
    "call-right-denied",
    "transcoding",
    "silent-stream",
    "dscp-unmarked",
    "ptime-mismatch",
    "counter-wrapped",
    "queue-abandoned",
    "media-not-captured",
    "evidence-incomplete",
    "hold",
    "transfer",
    "pickup",
    "parking",
    "dtmf",
    "early-media",
    "forked",
]
_WARNINGS = [
    "registration-lost",
    "number-not-found",
    "call-forbidden",
    "callee-unavailable",
    "bye-missing",
    "private-address-in-sdp",
    "nat-contact",
    "sip-alg",
    "retransmissions",
    "message-too-large",
    "no-ringback",
    "sip-scan",
    "icmp-unreachable",
    "packet-loss",
    "high-jitter",
    "low-mos",
    "rtp-unexpected-source",
    "payload-type-mismatch",
    "dtmf-mismatch",
    "clock-skew",
    "endpoint-unavailable",
    "user-limit",
    "dialplan-no-extension",
    "trunk-limit",
    "queue-no-agent",
    "queue-full",
    "queue-timeout",
    "log-messages-lost",
    "clock-offset",
]

SEVERITY: dict[str, Severity] = {
    **dict.fromkeys(_ERRORS, "error"),
    **dict.fromkeys(_WARNINGS, "warning"),
    **dict.fromkeys(_INFOS, "info"),
}
"""Every finding code there is, and its severity."""

ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}
"""The worst first."""
