"""A capture played again in real time into a file that grows: to watch a call as if it happened now."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from xivolab.errors import EvidenceError, UsageError
from xivolab.evidence.source import Source
from xivolab.net.carve import packet_at
from xivolab.net.reader import CaptureReader
from xivolab.net.write import Packet, PcapWriter

_FLUSH_S = 0.05
LONGEST_PAUSE_S = 5.0
"""A longer silence in the capture is cut short."""


class Replay:
    """Writes the packets of a capture to `path`, each when it is due; `speed` 2 is twice as fast, 0 all at once.

    `name` is that of the capture. Packets of another link type than the first are left out: a pcap file has one.
    Raises EvidenceError for what is no capture, UsageError for a speed below 0 or a file that cannot be written.
    """

    def __init__(self, capture: str | Path, path: Path, speed: float = 1.0) -> None:
        if not speed >= 0:
            raise UsageError("a speed of 0 or more is needed", f"speed {speed:g}", "1 is the speed of the capture")
        self.name = Path(capture).name
        self.dropped: int | None = None
        self._path = path
        self._speed = speed
        self._ended = threading.Event()
        packets = self._packets(CaptureReader(Source(capture)))
        first = next(packets, None)
        if first is None:
            raise EvidenceError("there is no packet to play", str(capture), "name a capture that holds some")
        try:
            self._out = path.open("wb")
        except OSError as error:
            raise UsageError(f"cannot be written: {error.strerror}", str(path), "name another file") from error
        self._writer = PcapWriter(self._out, first.link)
        self._writer.write(first)
        self._out.flush()
        self._thread = threading.Thread(target=self._play, args=(first, packets), name="xivolab-replay", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether there is more to come."""
        return self._thread.is_alive()

    def files(self) -> list[Path]:
        """The file it writes."""
        return [self._path]

    def stop(self) -> None:
        """Stop where it is. Does nothing the second time."""
        self._ended.set()
        self._thread.join()

    @staticmethod
    def _packets(reader: CaptureReader) -> Iterator[Packet]:
        for block in reader.blocks():
            for row in block.rows[: block.count].copy():
                yield packet_at(block, row)

    def _play(self, first: Packet, packets: Iterator[Packet]) -> None:
        due, before, flushed = time.monotonic(), first.time, 0.0
        with self._out, suppress(EvidenceError):  # a damaged capture ends where it cannot be read any more
            for packet in packets:
                if self._speed:
                    due += min(max(packet.time - before, 0) / 1e9, LONGEST_PAUSE_S) / self._speed
                before = packet.time
                left = due - time.monotonic()
                if left > 0 or time.monotonic() - flushed > _FLUSH_S:
                    self._out.flush()
                    flushed = time.monotonic()
                if self._ended.wait(max(left, 0.0)) if left > 0 else self._ended.is_set():
                    return
                if packet.link == first.link:
                    self._writer.write(packet)
