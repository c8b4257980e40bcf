"""What is read of SIP messages against what tshark reads of them, on recordings."""

from __future__ import annotations

from pathlib import Path

from tests.captures import each_of_corpus, each_sample
from xivolab.evidence.source import Source
from xivolab.net.tshark import oracle_fields
from xivolab.scan import scan
from xivolab.sip import analyse
from xivolab.sip import scan as fields

TSHARK_FIELDS = (
    "frame.number",
    "sip.Call-ID",
    "sip.Method",
    "sip.Status-Code",
    "sip.CSeq.seq",
    "sip.from.tag",
    "sip.to.tag",
    "sip.from.user",
    "sip.r-uri.user",
)


def differences(capture: Path) -> list[str]:
    """Where a field of a message is not what tshark says, for frames that hold one message."""
    messages = scan([Source(capture)]).messages
    index = analyse(messages).index
    frames = messages.frame.tolist()
    row_of = {frame: row for row, frame in enumerate(frames) if frames.count(frame) == 1}
    found = []
    for line in oracle_fields(capture, "sip && !icmp", TSHARK_FIELDS):
        frame, call_id, method, status, cseq, from_tag, to_tag, from_user, uri_user = (value or None for value in line)
        row = row_of.get(int(frame or 0))
        if row is None:
            continue
        theirs = (call_id, method, status, cseq, from_tag, to_tag, from_user, uri_user)
        ours = (
            index.call_id[row],
            index.method[row] if index.is_request(row) else None,
            str(index.status[row]) if index.status[row] else None,
            str(index.cseq[row]) if index.cseq[row] >= 0 else None,
            index.from_tag[row],
            index.to_tag[row],
            index.user(row, fields.FROM),
            index.user(row, fields.URI),
        )
        if theirs[-2] is None or theirs[-1] is None:  # tshark gives no user of a tel URI, nor one of a single letter
            ours = tuple(None if b is None else a for a, b in zip(ours, theirs, strict=True))
        names = TSHARK_FIELDS[1:]
        found += [
            f"frame {frame}: {n}: {a!r} here, {b!r} in tshark"
            for n, a, b in zip(names, ours, theirs, strict=True)
            if a != b
        ]
    return found


@each_sample
def test_the_fields_of_the_samples(capture: Path) -> None:
    assert differences(capture) == []


@each_of_corpus
def test_the_fields_of_captures_made_by_others(capture: Path) -> None:
    found = differences(capture)
    if "fuzz" in capture.name:  # of random bytes in the headers there is no right reading: most messages agree
        assert len(found) < 30
    else:
        assert found == []
