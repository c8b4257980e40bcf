"""The scan of captures that others write: what was read of them is not read again."""

from __future__ import annotations

from collections.abc import Sequence

from xivolab._collector import collector_paused
from xivolab.evidence.source import Source
from xivolab.net.keylog import KeyLog
from xivolab.net.reader import CaptureReader
from xivolab.scan import Progress, Scan, Scanner, scan

AGAIN_BYTES = 64 << 20
"""Captures up to this size are read again at each look where SDP came after its packets; larger ones once, at the end."""


class GrowingScan:
    """Scans the same captures again and again as they grow; each look costs what is new, and what the messages say together.

    That holds while the last of them (by time) grows, and where further ones follow it. Else, for packed files, and where tshark
    has to look into packets, all is read again. `hurried` tells that RTP was counted without the SDP that came after it, because the captures are large: what
    depends on its clock is from the next packets on right, and all of it after a `last` scan.
    """

    def __init__(self) -> None:
        self.hurried = False
        self._scanner: Scanner | None = None
        self._before: list[Source] = []

    @collector_paused
    def scan(
        self, sources: list[Source], progress: Progress | None = None, keys: KeyLog | None = None, *, last: bool = False
    ) -> Scan:
        """What is in the captures as far as they go now. Raises EvidenceError for a file that is no capture."""
        scanner, self._scanner = self._scanner, None  # of one that fails nothing is kept
        if scanner is None or not self._goes_on(scanner, sources):
            scanner = Scanner(sources, progress, keys or KeyLog())
        scanner.keys = keys or KeyLog()
        scanner.read(sources)
        if len(scanner.unread):
            return scan(sources, progress, keys)
        finished = scanner.copied()
        found = finished.finish(again=last or sum(source.size or 0 for source in sources) <= AGAIN_BYTES)
        self.hurried = finished.hurried
        if self.hurried:
            scanner.learn(finished)
        self._scanner, self._before = scanner, list(sources)
        return found

    def _goes_on(self, scanner: Scanner, sources: Sequence[Source]) -> bool:
        """Whether nothing is new but the end of the last file, and files that follow it."""
        before, fresh = self._before, sources[len(self._before) :]
        if [source.path for source in sources[: len(before)]] != [source.path for source in before]:
            return False
        for number, source in enumerate(sources):
            if source.size is None or source.packed:
                return False
            if number < len(before):
                grown = source.size - (before[number].size or 0)
                if grown < 0 or (grown and number != scanner.order[-1]):
                    return False
        times = [time for source in fresh if (time := CaptureReader(source, block=1 << 16).first_time()) is not None]
        return min(times, default=1 << 63) >= (scanner.last_time or 0)
