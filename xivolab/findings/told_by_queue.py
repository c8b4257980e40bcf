"""Findings that queue_log tells: what became of calls in a queue."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding, Proof


def told_by_queue(evidence: Evidence, code: str, events: Collection[str]) -> Iterator[Finding]:
    """A finding for each call in a queue that ended with one of these outcomes (`xivolab.schema.QUEUE_CALL`)."""
    if "queues" not in evidence.kinds:
        return
    row_of = {key: row for row, keys in enumerate(evidence.calls["linkedids"].tolist()) for key in keys}
    for call in evidence.queue_calls:
        if call.outcome not in events:
            continue
        row = row_of.get(call.callid)
        told = "?" if row is None else evidence.caller(row)
        fields = {
            "queue": call.queue,
            "caller": call.caller or told,
            "callee": call.queue,
            "waited_s": call.wait_s or 0.0,
            "about": call.outcome,
        }
        proof = Proof(call.file, call.callid, line=call.line)
        yield Finding(
            code, row, (proof,), fields, about=f"{call.queue} {call.callid} {call.entered}", time=call.entered
        )
