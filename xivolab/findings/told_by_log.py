"""Findings that a record of Asterisk's log tells in so many words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.log_signals import Signal


def told_by_log(
    evidence: Evidence, code: str, needles: Sequence[bytes], pattern: re.Pattern[str], *, per_call: bool = True
) -> Iterator[Finding]:
    """A finding for each call (or thing that `about` names) with a record that has a needle and the pattern.

    The named groups of the pattern are its fields; the group `about` tells things apart. Records of the same are proofs
    of one finding, four at most.
    """
    found: dict[tuple[int | None, str], list[tuple[dict[str, str | None], Signal]]] = {}
    order = [signal for needle in needles for signal in evidence.said(needle)]
    for signal in sorted(order, key=lambda one: (one.file, one.line)):
        match = pattern.search(signal.text)
        if match is None:
            continue
        fields = match.groupdict()
        call = signal.call
        if call is None and fields.get("channel"):
            call = evidence.call_of_channel(str(fields["channel"]), signal.time)
        if call is None and per_call:
            continue
        found.setdefault((call, fields.get("about") or ""), []).append((fields, signal))
    for (call, about), told in found.items():
        fields, first = told[0]
        proofs = tuple(dict.fromkeys(evidence.signal_proof(signal) for _, signal in told))[:4]
        parties = {} if call is None else {"caller": evidence.caller(call), "callee": evidence.callee(call)}
        yield Finding(
            code,
            call,
            proofs,
            {"caller": "?", "callee": "?", **parties, **fields, "times": len(told)},
            variant="" if call is not None or not per_call else "no-call",
            about=about,
            time=first.time,
        )
