"""What the messages announce about media, for the RTP engine: which payload types are expected where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from xivolab.sip.sdp import parse_sdp
from xivolab.sip.sdp_place import find_sdps
from xivolab.sip.store import RawMessages


@dataclass(frozen=True, slots=True)
class MediaUpdate:
    """One media line of one message: from `time` (ns) on its sender expects media at `address`:`port`.

    `formats` maps each payload type to (encoding name or None, RTP clock in Hz or None); it is empty for media that is
    no RTP, such as T.38 on the port where RTP was before.
    """

    file: int
    frame: int
    time: int
    address: str
    port: int
    formats: dict[int, tuple[str | None, int | None]]


def media_updates(raw: RawMessages, rows: Iterable[int]) -> list[MediaUpdate]:
    """The media lines announced by the messages at `rows`, in that order; refused lines (port 0) are left out."""
    updates: list[MediaUpdate] = []
    data = raw.data
    spans = np.empty((len(raw), 2), np.int64)
    find_sdps(data.buffer, data.starts, data.ends, spans)
    for row in rows:
        start, end = spans[row].tolist()
        if start < 0:
            continue
        sdp = data.buffer[start:end].tobytes()
        file, frame, time = int(raw.file[row]), int(raw.frame[row]), int(raw.time[row])
        updates += [
            MediaUpdate(file, frame, time, media.address, media.port, {f.pt: (f.name, f.clock) for f in media.formats})
            for media in parse_sdp(sdp).media
            if media.port and media.address
        ]
    return updates
