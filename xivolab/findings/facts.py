"""Facts worth showing, no faults: what the events of a call and its channel events tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.sip import scan


def told_by_events(evidence: Evidence, code: str, kind: str) -> Iterator[Finding]:
    """A finding for each call with events of that kind; only the calls that can have some are looked at."""
    for row in evidence.once(_eventful, lambda: _eventful(evidence)):
        events = evidence.events(row)
        found = np.flatnonzero(events["kind"] == kind).tolist()
        if not found:
            continue
        texts = [str(events["text"][n]) for n in found]
        fields = {
            "text": texts[0],
            "who": _sender(evidence, texts[0]),
            "digits": " ".join(str(events["digit"][n]) for n in found if events["digit"][n]),
        }
        proofs = tuple(proof for n in found[:4] if (proof := evidence.event_proof(events, n)) is not None)
        yield Finding(code, row, proofs, fields, time=int(events["time"][found[0]]))


def told_by_cel(evidence: Evidence, code: str, events: Sequence[str]) -> Iterator[Finding]:
    """A finding for each call with such a channel event."""
    if "cel" not in evidence.kinds:
        return
    for row in range(len(evidence.calls)):
        found = [event for group in evidence.cel(row) for event in group.events if event.eventtype in events]
        if found:
            first = found[0]
            fields = {"who": first.cid_num or first.channame, "event": first.eventtype}
            yield Finding(code, row, tuple(map(evidence.cel_proof, found[:4])), fields, "cel", time=first.time)


def _eventful(evidence: Evidence) -> list[int]:
    """The calls with a session description in a provisional response or a re-INVITE, with INFO, or with digits in RTP."""
    index = evidence.sip.index
    with_sdp = index.rows_with(scan.SDP)
    rows = [
        row
        for row in range(len(index))
        if index.method[row] == "INFO"
        or (
            row in with_sdp
            and (100 < index.status[row] < 200 or (not index.status[row] and index.to_tag[row] is not None))
        )
    ]
    calls = {int(evidence.call_of_message[row]) for row in rows}
    row_of = {key: row for row, key in enumerate(evidence.calls["id"].tolist())}
    calls |= {row_of.get(evidence.streams["call"][stream], -1) for stream in evidence.reading.marked_streams}
    return sorted(call for call in calls if call >= 0)


def _sender(evidence: Evidence, text: str) -> str:
    """Who is at the first address of an event's facts ("… · ADDRESS → ADDRESS")."""
    return evidence.name(text.rpartition(" · ")[2].partition(" → ")[0].strip())
