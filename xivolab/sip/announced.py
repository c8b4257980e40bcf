"""What the messages announce about media, for the RTP engine: which payload types are expected where."""

from __future__ import annotations

from typing import NamedTuple

from xivolab.sip.sdp_shapes import SdpShapes
from xivolab.sip.store import RawMessages


class MediaUpdate(NamedTuple):
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


def media_updates(raw: RawMessages) -> list[MediaUpdate]:
    """The media lines that the messages announce, in their order; refused lines (port 0) are left out."""
    updates: list[MediaUpdate] = []
    shapes = SdpShapes(raw.data)
    formats: dict[int, dict[int, tuple[str | None, int | None]]] = {}  # by the line of a shape
    file, frame, time = raw.file.tolist(), raw.frame.tolist(), raw.time.tolist()
    for row, (address, port, line) in shapes.all_media():
        known = formats.get(id(line))
        if known is None:
            known = formats[id(line)] = {f.pt: (f.name, f.clock) for f in line.formats}
        updates.append(MediaUpdate(file[row], frame[row], time[row], address, port, known))
    return updates
