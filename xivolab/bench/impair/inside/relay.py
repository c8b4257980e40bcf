"""Takes IP packets out of a TUN device and sends them on later, in another order, or not at all.

Settings are read from the file named first below, which is removed: delay_ms, jitter_ms (evenly spread, order kept), gate_ms (kept
back and let go together that often), reorder_pct and loss_pct.
"""

from __future__ import annotations

import fcntl
import heapq
import json
import os
import random
import select
import socket
import struct
import subprocess
import time

SETTINGS = "/run/s"
_TUNSETIFF = 0x400454CA
_IFF_TUN, _IFF_NO_PI = 0x0001, 0x1000
_DEVICE = "lab0"
_TABLE = "66"
_SO_MARK = 36
# Long enough for two packets of 20 ms to overtake.
_REORDER_S = 0.05
_LONGEST = 65536


class Delays:
    """When each packet leaves: `leave(now)` is a time, or None for a packet that is lost."""

    def __init__(self, settings: dict[str, float], chance: random.Random) -> None:
        self.delay = settings.get("delay_ms", 0) / 1000
        self.jitter = settings.get("jitter_ms", 0) / 1000
        self.gate = settings.get("gate_ms", 0) / 1000
        self.reorder = settings.get("reorder_pct", 0) / 100
        self.loss = settings.get("loss_pct", 0) / 100
        self.chance = chance
        self.last = 0.0

    def leave(self, now: float) -> float | None:
        """When a packet that comes now leaves; times are seconds of one clock."""
        if self.chance.random() < self.loss:
            return None
        at = now + self.delay + self.jitter * self.chance.random()
        if self.gate:
            # All that has come since the gate closed leaves at once, as from a sleeping radio.
            at = -(-at // self.gate) * self.gate
        if self.reorder and self.chance.random() < self.reorder:
            return at + _REORDER_S
        # A queue keeps its order however its length changes.
        self.last = max(self.last, at)
        return self.last


def main() -> None:
    """Relay for ever."""
    with open(SETTINGS) as file:  # noqa: PTH123
        settings = json.load(file)
    os.unlink(SETTINGS)  # noqa: PTH108
    tun = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(tun, _TUNSETIFF, struct.pack("16sH", _DEVICE.encode(), _IFF_TUN | _IFF_NO_PI))
    out = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    out.setsockopt(socket.SOL_SOCKET, _SO_MARK, int(settings["out"]))
    for words in (
        f"link set {_DEVICE} up",
        f"route replace default dev {_DEVICE} table {_TABLE}",
        f"rule add fwmark {int(settings['in'])} lookup {_TABLE} priority 50",
    ):
        subprocess.run(["ip", *words.split()], check=True)
    delays = Delays(settings, random.Random())  # noqa: S311
    waiting: list[tuple[float, int, bytes]] = []
    count = 0
    while True:
        left = max(0.0, waiting[0][0] - time.monotonic()) if waiting else None
        ready, _, _ = select.select([tun], [], [], left)
        now = time.monotonic()
        if ready:
            packet = os.read(tun, _LONGEST)
            at = delays.leave(now)
            # IPv4 only: the device also gets the kernel's own IPv6 greetings.
            if at is not None and packet[0] >> 4 == 4:
                count += 1
                heapq.heappush(waiting, (at, count, packet))
        while waiting and waiting[0][0] <= time.monotonic():
            packet = heapq.heappop(waiting)[2]
            try:
                out.sendto(packet, (socket.inet_ntoa(packet[16:20]), 0))
            except OSError:
                # As a network: what cannot be sent is lost.
                continue


if __name__ == "__main__":
    main()
