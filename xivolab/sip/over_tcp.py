"""SIP messages in a TCP flow: several in a segment, one over several, in any order (RFC 3261, 18.3), or in WebSocket frames."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.net.tcp import Mark, Segment, in_order, latest
from xivolab.sip.framing import holds_start_line, looks_like_sip, split_messages
from xivolab.sip.websocket import Messages, is_websocket


def messages_of(segments: list[Segment]) -> Iterator[tuple[bytes, Mark, bool]]:
    """Each message of one direction of a flow, with the packet that completed it (as tshark attributes it).

    The third value tells whether it came over WebSocket.
    """
    pieces = in_order(segments)
    pending = b""
    ends: list[tuple[int, Mark]] = []  # offset in `pending` where the bytes of a packet end
    for piece in pieces:
        if piece is not None:
            data, mark = piece
            if not pending and is_websocket(data):
                yield from _in_frames(data, mark, pieces)
                return
            pending += data
            ends.append((len(pending), mark))
        spans, rest = split_messages(pending, final=piece is None)
        for start, end in spans:
            yield pending[start:end], _completed_by(ends, start, end), False
        pending = b"" if piece is None else pending[rest:]
        ends = [] if piece is None else [(end - rest, mark) for end, mark in ends if end > rest]
    spans, _ = split_messages(pending, final=True)
    for start, end in spans:
        if looks_like_sip(pending[start:end]):
            yield pending[start:end], _completed_by(ends, start, end), False


def _in_frames(
    data: bytes, mark: Mark, pieces: Iterator[tuple[bytes, Mark] | None]
) -> Iterator[tuple[bytes, Mark, bool]]:
    """The messages of a WebSocket connection from this piece on."""
    frames = Messages()
    piece: tuple[bytes, Mark] | None = (data, mark)
    while True:
        if piece is None:
            frames.lost()
        else:
            for message in frames.feed(piece[0]):
                if looks_like_sip(message):
                    yield message, piece[1], True
        try:
            piece = next(pieces)
        except StopIteration:
            return


def shows_sip(data: bytes) -> bool:
    """Whether a segment begins with SIP, or with SIP in a WebSocket frame, or asks to upgrade to it."""
    return looks_like_sip(data) or is_websocket(data)


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
    return latest(mark for _, mark in ends[first : last + 1])
