"""How often each message was sent: what a sender that gets no answer repeats (RFC 3261, 17.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from xivolab.findings.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Sending:
    """One message and its repetitions: rows of the messages, the first one first. `call` is a row of the calls or None."""

    rows: tuple[int, ...]
    call: int | None

    @property
    def first(self) -> int:
        """The row of the first one."""
        return self.rows[0]

    @property
    def times(self) -> int:
        """How often it was sent."""
        return len(self.rows)


def sent_again(evidence: Evidence) -> Iterator[Sending]:
    """The messages that were sent more than once, captured duplicates apart, by their first one."""
    sip = evidence.sip
    index = sip.index
    again = np.flatnonzero(sip.retransmission & ~sip.duplicate)
    if not len(again):
        return
    calls = {index.call_id[row] for row in again.tolist()}
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in (row for call_id in calls for row in sip.groups.get(call_id or "", ())):
        if sip.duplicate[row]:
            continue
        key = (
            index.call_id[row],
            index.method[row],
            index.status[row],
            index.cseq[row],
            index.from_tag[row],
            index.to_tag[row],
            index.branch[row],
            index.src[row],
            index.dst[row],
        )
        found[key].append(row)
    for rows in sorted(found.values()):
        if len(rows) > 1:
            call = int(evidence.call_of_message[rows[0]])
            yield Sending(tuple(rows), None if call < 0 else call)


def answered(evidence: Evidence, sending: Sending) -> bool:
    """Whether anything came back: for a request a response, for a final response to INVITE an ACK."""
    index = evidence.sip.index
    first = sending.first
    for row in evidence.sip.groups.get(index.call_id[first] or "", ()):
        same = index.cseq[row] == index.cseq[first] and index.from_tag[row] == index.from_tag[first]
        if not same or index.src[row] != index.dst[first]:
            continue
        if index.status[first]:
            if not index.status[row] and index.method[row] == "ACK":
                return True
        elif index.status[row] and index.method[row] == index.method[first]:
            return True
    return False


def is_over_udp(evidence: Evidence, row: int) -> bool:
    """Whether a message went over UDP, where it is repeated until it is answered."""
    from xivolab.sip.store import TRANSPORTS

    return TRANSPORTS[int(evidence.sip.raw.transport[row])] == "UDP"
