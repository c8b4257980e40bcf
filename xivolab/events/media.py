"""What RTP tells: media that begins and ends, and senders that change their SSRC on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from xivolab.events.event import Event
from xivolab.table import Table

_TAKEN_OVER_NS = 5_000_000_000
"""A stream between the same two ports of one call that begins within this time of the other's end continues it."""

Row = dict[str, Any]


def media_events(streams: Table) -> list[Event]:
    """The events of the streams (with their calls)."""
    columns = ("id", "ssrc", "src", "dst", "codec", "payload_type", "start", "end", "call", "packets")
    rows: list[Row] = [
        dict(zip(columns, values, strict=True)) for values in zip(*(streams[c].tolist() for c in columns), strict=True)
    ]
    found: list[Event] = []
    for chain in _chains(rows):
        first, last = chain[0], chain[-1]
        found.append(_event(first, first["start"], "media-start", f"{_codec(first)} · {_way(first)}"))
        found.append(_event(last, last["end"], "media-stop", f"{_codec(last)} · {_way(last)}"))
        for before, after in pairwise(chain):
            text = f"{before['ssrc']} → {after['ssrc']} · {_way(after)}"
            found.append(_event(after, after["start"], "ssrc-change", text))
    return found


def _chains(rows: list[Row]) -> Iterator[list[Row]]:
    """The streams one after another between the same two ports of one call: a sender that changed its SSRC."""
    between: dict[tuple[str, str, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        between[row["src"], row["dst"], row["call"]].append(row)
    for group in between.values():
        chains: list[list[Row]] = []
        for row in sorted(group, key=lambda row: (row["start"], row["ssrc"])):
            # The first packets of the new one may pass the last of the old.
            ended = (
                c for c in chains if abs(row["start"] - c[-1]["end"]) <= _TAKEN_OVER_NS and row["end"] > c[-1]["end"]
            )
            chain = min(ended, key=lambda c: abs(row["start"] - c[-1]["end"]), default=None)
            if chain is None:
                chains.append([row])
            else:
                chain.append(row)
        yield from chains


def _event(row: Row, time: int, kind: str, text: str) -> Event:
    return Event(time=time, source="rtp", kind=kind, text=text, call=row["call"], stream=row["id"])


def _codec(row: Row) -> str:
    return row["codec"] or f"PT {row['payload_type']}"


def _way(row: Row) -> str:
    return f"{row['src']} → {row['dst']}"
