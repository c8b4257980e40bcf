"""HEP, version 3, over TCP: agents send the same packets one behind the other (sipcapture/HEP: their length stands in each)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.net.hep import Told, read_hep
from xivolab.net.tcp import Mark, Segment, in_order

_MAGIC = b"HEP3"
_HEAD = 6


def is_hep_stream(segments: list[Segment]) -> bool:
    """Whether a segment of a direction begins a packet of HEP, or the first few bytes of it all do."""
    if any(segment.data.startswith(_MAGIC) for segment in segments):
        return True
    begun = b""
    for piece in in_order(segments):
        begun += piece[0] if piece else b"\0"
        if not _MAGIC.startswith(begun):
            break
    return begun.startswith(_MAGIC)


def packets_told(segments: list[Segment]) -> Iterator[tuple[Told, Mark]]:
    """What one direction of a connection tells, each with the TCP packet that completed it.

    Where bytes are missing, it goes on with the next packet of HEP.
    """
    pending = b""
    for piece in in_order(segments):
        if piece is None:
            pending = b""
            continue
        data, mark = piece
        pending += data
        while len(pending) >= _HEAD:
            if not pending.startswith(_MAGIC):
                at = pending.find(_MAGIC)
                pending = pending[at:] if at >= 0 else pending[-len(_MAGIC) + 1 :]
                if at < 0:
                    break
                continue
            size = int.from_bytes(pending[4:_HEAD], "big")
            if size < _HEAD:
                pending = pending[len(_MAGIC) :]
            elif len(pending) < size:
                break
            else:
                told = read_hep(pending[:size], mark.time)
                pending = pending[size:]
                if told:
                    yield told, mark
