"""One fault, one code: which findings are echoes of another one of the same call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xivolab.findings.finding import Finding

ECHOES: dict[str, tuple[str, ...]] = {
    "call-right-denied": ("call-forbidden",),
    "schedule-closed": ("call-forbidden",),
    "dialplan-no-extension": ("number-not-found",),
    "endpoint-unavailable": ("callee-unavailable", "number-not-found"),
    "dnd-active": ("callee-busy",),
    "user-limit": ("callee-busy", "callee-unavailable"),
    "trunk-unreachable": ("request-unanswered", "service-unavailable", "callee-unavailable"),
    "trunk-limit": ("service-unavailable",),
    "forward-loop": ("loop-detected", "call-forwarded"),
    "ack-missing": ("retransmissions", "call-dropped"),
    "request-unanswered": ("retransmissions", "callee-unavailable", "call-dropped"),
    "session-timer-expired": (
        "bye-missing",
        "request-unanswered",
        "reinvite-failed",
        "retransmissions",
        "call-dropped",
    ),
    "rtp-timeout": ("bye-missing", "one-way-audio", "call-dropped", "request-unanswered", "retransmissions"),
    "packet-loss": ("low-mos",),
    "high-jitter": ("low-mos",),
    "sip-alg": ("private-address-in-sdp", "nat-contact"),
    "private-address-in-sdp": ("one-way-audio", "no-audio"),
    "srtp-mismatch": ("codec-not-acceptable", "no-audio", "one-way-audio"),
    "no-translation-path": ("codec-not-acceptable",),
    "message-too-large": ("request-unanswered", "retransmissions"),
    "bye-missing": ("retransmissions",),
    "queue-no-agent": ("callee-unavailable",),
    "tls-failed": ("request-unanswered", "registration-lost"),
    "dns-failed": ("request-unanswered", "trunk-unreachable", "registration-lost"),
    "server-resource": ("service-unavailable", "agi-failed"),
}
"""By the code that wins: the codes that are its consequences."""

PROVED_BY_ICMP = (
    "trunk-unreachable",
    "request-unanswered",
    "one-way-audio",
    "no-audio",
    "bye-missing",
    "callee-unavailable",
)
"""An ICMP error is evidence of these; primary only when alone."""


def with_roles(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one call (or of none), each a cause or the consequence of another one among them."""
    winners = [_winner(finding, findings) for finding in findings]
    return [
        finding if winner is None else replace(finding, role="consequence", cause=winner)
        for finding, winner in zip(findings, winners, strict=True)
    ]


def _winner(finding: Finding, findings: Sequence[Finding]) -> Finding | None:
    """The cause that a finding follows from, through any number of steps; None where it is one itself."""
    step, seen = finding, {finding.code}
    while True:
        above = next((other for other in findings if other.code not in seen and _is_echo(step.code, other.code)), None)
        if above is None:
            return None if step is finding else step
        seen.add(above.code)
        step = above


def _is_echo(code: str, of: str) -> bool:
    return code in ECHOES.get(of, ()) or (code == "icmp-unreachable" and of in PROVED_BY_ICMP)
