"""What the messages announce about media, for the RTP engine: which payload types are expected where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xivolab.sip.sdp_shapes import SdpShapes
from xivolab.sip.store import RawMessages


@dataclass(frozen=True, slots=True)
class MediaUpdates:
    """Media lines of messages: from `time` (ns) on the sender expects media at addresses[address[k]], port[k].

    Arrays have the shape (m,), int64. formats[line[k]] maps each payload type to (encoding name or None, RTP clock in Hz or
    None); it is empty for media that is no RTP, such as T.38 on the port where RTP was before.
    """

    file: NDArray[np.int64]
    frame: NDArray[np.int64]
    time: NDArray[np.int64]
    address: NDArray[np.int64]
    port: NDArray[np.int64]
    line: NDArray[np.int64]
    addresses: list[str]
    formats: list[dict[int, tuple[str | None, int | None]]]

    def __len__(self) -> int:
        return len(self.line)


def media_updates(raw: RawMessages) -> MediaUpdates:
    """The media lines that the messages announce, in their order; refused lines (port 0) are left out."""
    media = SdpShapes(raw.data, raw.fields).media
    return MediaUpdates(
        raw.file[media.row].astype(np.int64),
        raw.frame[media.row],
        raw.time[media.row],
        media.address,
        media.port,
        media.line,
        media.addresses,
        [{f.pt: (f.name, f.clock) for f in line.formats} for line in media.lines],
    )
