"""SIP messages in a TCP flow: several in a segment, one over several, in any order (RFC 3261, 18.3)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.net.tcp import Mark, Segment, in_order
from xivolab.sip.framing import holds_start_line, looks_like_sip, split_messages


def messages_of(segments: list[Segment]) -> Iterator[tuple[bytes, Mark]]:
    """Each message of one direction of a flow, with the packet that completed it (as tshark attributes it)."""
    pending = b""
    ends: list[tuple[int, Mark]] = []  # offset in `pending` where the bytes of a packet end
    for piece in in_order(segments):
        if piece is not None:
            data, mark = piece
            pending += data
            ends.append((len(pending), mark))
        spans, rest = split_messages(pending, final=piece is None)
        for start, end in spans:
            yield pending[start:end], _completed_by(ends, start, end)
        pending = b"" if piece is None else pending[rest:]
        ends = [] if piece is None else [(end - rest, mark) for end, mark in ends if end > rest]
    spans, _ = split_messages(pending, final=True)
    for start, end in spans:
        if looks_like_sip(pending[start:end]):
            yield pending[start:end], _completed_by(ends, start, end)


def begins_with_sip(segments: list[Segment]) -> bool:
    """Whether a flow begins with a SIP start line that lies over several segments, or in the middle of a message."""
    pieces = (piece[0] if piece else b"\n" for piece in in_order(segments))
    first = next(pieces, b"")
    if b"\n" in first:
        return holds_start_line(first)
    return looks_like_sip(first + b"".join(pieces))


def _completed_by(ends: list[tuple[int, Mark]], start: int, end: int) -> Mark:
    """The latest packet among those that carry the bytes start..end."""
    first = next(n for n, (stop, _) in enumerate(ends) if stop > start)
    last = next((n for n, (stop, _) in enumerate(ends) if stop >= end), len(ends) - 1)
    return max((mark for _, mark in ends[first : last + 1]), key=lambda m: (m.file, m.frame))
