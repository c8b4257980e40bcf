"""Fax packets (ITU-T T.38 over UDPTL): how many went to a port, and how many are missing by their sequence numbers."""

from __future__ import annotations

from typing import Any

from xivolab._kernel import helper

PACKETS, LOST, HIGHEST = 0, 1, 2
FAX_FIELDS = 3
"""What is counted of the fax packets that go to an endpoint: those that came, those missing, the last sequence number."""

LEAST_LENGTH = 4
"""Bytes of the shortest packet: sequence number, a length, and error recovery (T.38, 9.1)."""

_MOST_MISSING = 1000  # a larger step is another sender
_MOST_LATE = 100


@helper
def count_udptl(fax: Any, sequence: int) -> None:
    """Count one packet into `fax` (FAX_FIELDS,) int64; the same one again, captured or sent twice, does not count."""
    step = (sequence - fax[HIGHEST]) & 0xFFFF
    if fax[PACKETS] > 0 and step == 0:
        return
    fax[PACKETS] += 1
    if fax[PACKETS] == 1 or _MOST_MISSING < step < 0x10000 - _MOST_LATE:
        fax[HIGHEST] = sequence
    elif step <= _MOST_MISSING:
        fax[LOST] += step - 1
        fax[HIGHEST] = sequence
    elif fax[LOST] > 0:
        fax[LOST] -= 1
    else:
        fax[PACKETS] -= 1  # none is missing: it is one that came before
