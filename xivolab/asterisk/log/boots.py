"""Which start of Asterisk the lines of a log are after: call ids begin again with each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.log.calls import Boots
from xivolab.asterisk.log.logs import Logs

_LINES = 1 << 40


def boot_of(logs: Logs) -> Callable[[int, NDArray[np.int64]], NDArray[np.int64]]:
    """A function that gives for lines (n,) of a file the number that the start before them has among the groups of calls."""
    place = {number: n for n, number in enumerate(logs.order)}
    of_server: dict[str, Boots] = {}
    for boots in logs.calls.boots:
        for (file, _), _ in boots.values():
            of_server[logs.files[file].server] = boots
    found: dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}
    for server, boots in of_server.items():
        begins = sorted((place[file] * _LINES + line, boot) for boot, ((file, line), _) in boots.items())
        found[server] = np.array([at for at, _ in begins], np.int64), np.array([boot for _, boot in begins], np.int64)

    def of(number: int, lines: NDArray[np.int64]) -> NDArray[np.int64]:
        server = logs.files[number].server
        if server not in found:
            return np.zeros(len(lines), np.int64)
        begins, numbers = found[server]
        at = np.searchsorted(begins, place[number] * _LINES + lines, "right") - 1
        return np.asarray(numbers[np.maximum(at, 0)], np.int64)

    return of
