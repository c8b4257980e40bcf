"""What the lines of some logs tell of RTP, taken out of the blocks as they pass."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.log.reader import Block
from xivolab.asterisk.rtp_log.lines import CONTROL, RTP_LINE, THREADS, find_rtp


@dataclass(slots=True)
class FileLines:
    """Of one file: `packets` as RTP_LINE, and the records that may be of RTCP, `control` as RTP_LINE, with their `texts`."""

    packets: list[NDArray[Any]] = field(default_factory=list)
    control: list[NDArray[Any]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    last: NDArray[np.int64] = field(default_factory=lambda: np.full((THREADS, 4), -2, np.int64))


class RtpLines:
    """Takes blocks of logs, those of a file in order. `files` has what each file tells; `places` the address of each hash."""

    def __init__(self) -> None:
        self.files: dict[int, FileLines] = {}
        self.places: dict[int, str | None] = {}
        self._found = np.zeros(0, RTP_LINE)

    def __bool__(self) -> bool:
        return any(lines.packets for lines in self.files.values())

    def take(self, number: int, block: Block) -> None:
        """Take a block of file `number`."""
        if len(self._found) < block.count:
            self._found = np.zeros(max(block.count, 1024), RTP_LINE)
        lines = self.files.setdefault(number, FileLines())
        used = find_rtp(block.buffer, block.rows, block.count, lines.last, self._found)
        if not used:
            return
        found = self._found[:used].copy()
        control = found["kind"] == CONTROL
        packets = found[~control]
        if len(packets):
            self._learn(block, packets)
            lines.packets.append(packets)
        if control.any():
            lines.control.append(found[control])
            rows = block.rows[found["row"][control]]
            lines.texts += [
                block.text(start, end)
                for start, end in zip(rows["message"].tolist(), rows["end"].tolist(), strict=True)
            ]

    def _learn(self, block: Block, packets: NDArray[Any]) -> None:
        """Read the addresses that were not met before."""
        hashes, first = np.unique(packets["address"], return_index=True)
        for key, row in zip(hashes.tolist(), first.tolist(), strict=True):
            if key not in self.places:
                self.places[key] = place_of(block.text(int(packets["at"][row]), int(packets["end"][row])))


def place_of(text: str) -> str | None:
    """ "ip:port" as tables have it, IPv6 in brackets; None for what is no address. IPv4 in IPv6 is IPv4 on the wire."""
    host, _, port = text.rpartition(":")
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None
    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        address = mapped
    return f"{address}:{int(port)}" if address.version == 4 else f"[{address}]:{int(port)}"
