"""Our reading of a capture beside tshark's."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIELDS = ("packets", "wireshark_lost", "delta_max_ms", "jitter_mean_ms", "jitter_max_ms")
"""Fields of a stream that are Wireshark's own figures."""

TOLERANCE_MS = 0.01


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not the same: `where` is "frame N" or "source → destination SSRC"; None for what is not there at all."""

    where: str
    field: str
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        return f"{self.where}: {self.field}: {self.ours} here, {self.theirs} in tshark"


def same_as_tshark(capture: Path, *, decode_as: Sequence[str] = ()) -> None:
    """Asserts that the SIP messages and RTP streams of a capture are those that tshark finds, with the same figures."""
    found = differences_from_tshark(capture, decode_as=decode_as)
    assert not found, "\n".join(map(str, [capture, *found]))


def differences_from_tshark(capture: Path, *, decode_as: Sequence[str] = ()) -> list[Difference]:
    """Where our SIP messages per frame and our RTP streams differ from tshark's.

    tshark shows RTP that no SDP announced only when it may guess: such streams of ours are looked up there.
    """
    from xivolab.evidence.source import Source
    from xivolab.net.tshark import oracle_sip, oracle_streams
    from xivolab.scan import scan

    scanned = scan([Source(capture)])
    theirs = {_stream_name(s): s for s in oracle_streams(capture, decode_as=decode_as)}
    ours = {_stream_name(s): s for s in scanned.streams.records()}
    if ours.keys() - theirs.keys():
        guessed = oracle_streams(capture, decode_as=decode_as, heuristic=True)
        theirs = {_stream_name(s): s for s in guessed if _stream_name(s) in ours} | theirs
    messages = Counter(scanned.messages.frame.tolist())
    their_messages = {line["frame"]: len(line["messages"]) for line in oracle_sip(capture, decode_as=decode_as)}
    return [
        *(
            Difference(f"frame {frame}", "messages", messages.get(frame, 0), their_messages.get(frame, 0))
            for frame in sorted(messages.keys() | their_messages.keys())
            if messages.get(frame, 0) != their_messages.get(frame, 0)
        ),
        *(
            difference
            for name in sorted(ours.keys() | theirs.keys())
            for difference in _stream_differences(name, ours.get(name), theirs.get(name))
        ),
    ]


def _stream_name(stream: dict[str, Any]) -> str:
    return f"{stream['src']} → {stream['dst']} {stream['ssrc']}"


def _stream_differences(name: str, ours: dict[str, Any] | None, theirs: dict[str, Any] | None) -> list[Difference]:
    if ours is None or theirs is None:
        packets = [stream and stream["packets"] for stream in (ours, theirs)]
        return [Difference(name, "packets", *packets)]
    return [
        Difference(name, field, ours[field], theirs[field])
        for field in FIELDS
        # Without a clock there is no jitter: null here, 0 in tshark.
        if not math.isclose(ours[field] or 0.0, theirs[field], abs_tol=TOLERANCE_MS, rel_tol=0)
    ]
