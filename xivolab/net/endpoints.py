"""Endpoints as small numbers: every (address, port) is interned once, so that keys and look-ups are integers."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper, kernel
from xivolab.net.bytes import i64

WIDTH = 19
"""Bytes of an endpoint: version (4 or 6), port (2), address (16, IPv4 in the first four)."""

_PRIME = 0x01000193  # FNV-1a, 32 bits


@helper
def _place(buffer: Any, address: int, version: int, port: int, slots: Any, table: Any) -> int:
    """The slot where this endpoint is, or where it would go."""
    size = 4 if version == 4 else 16
    port = i64(port)
    value = port ^ 0x811C9DC5
    for index in range(size):
        value = ((value ^ i64(buffer[address + index])) * _PRIME) & 0xFFFFFFFF
    slot = (value ^ (value >> 15)) & (len(slots) - 1)
    while slots[slot] >= 0:
        row = table[slots[slot]]
        same = row[0] == version and row[1] == port >> 8 and row[2] == port & 255
        if same and same_address(buffer, address, row):
            break
        slot = (slot + 1) & (len(slots) - 1)
    return slot


@helper
def same_address(buffer: Any, address: int, row: Any) -> bool:
    """Whether the address at buffer[address] is that of an endpoint of the same version, a row of the table."""
    for index in range(4 if row[0] == 4 else 16):  # noqa: SIM110 - numba compiles no generators
        if row[3 + index] != buffer[address + index]:
            return False
    return True


@helper
def find_known(buffer: Any, address: int, version: int, port: int, slots: Any, table: Any) -> int:
    """The number of the endpoint whose address is at buffer[address]; -1 when it has none."""
    return i64(slots[_place(buffer, address, version, port, slots, table)])


@helper
def intern(buffer: Any, address: int, version: int, port: int, slots: Any, table: Any, used: Any) -> int:
    """The number of the endpoint whose address is at buffer[address]; -1 when the table is full.

    slots (2^k,) int32, -1 where free; table (n, WIDTH) uint8 with 2n <= 2^k; used (1,) int64: how many rows are taken.
    """
    slot = _place(buffer, address, version, port, slots, table)
    if slots[slot] >= 0:
        return slots[slot]
    number = used[0]
    if number == len(table):
        return -1
    row = table[number]
    row[0] = version
    row[1] = i64(port) >> 8
    row[2] = i64(port) & 255
    for index in range(4 if version == 4 else 16):
        row[3 + index] = buffer[address + index]
    slots[slot] = number
    used[0] = number + 1
    return number


@kernel
def intern_all(
    packed: Any, versions: Any, which: Any, ports: Any, first: int, slots: Any, table: Any, used: Any, numbers: Any
) -> int:
    """Write the numbers of the endpoints (address which[k], ports[k]) from `first` on; returns where it stopped.

    packed (h, 16) uint8 has the addresses, versions (h,) int64 is 4, 6 or 0 for one that is none, which gets -1; which,
    ports and numbers (n,) int64. It stops before n when the table is full.
    """
    for k in range(first, len(which)):
        host = which[k]
        numbers[k] = -1
        if versions[host]:
            numbers[k] = intern(packed[host], 0, versions[host], ports[k], slots, table, used)
            if numbers[k] < 0:
                return k
    return len(which)


@lru_cache(maxsize=65536)
def _packed(address: str) -> NDArray[np.uint8] | None:
    """The bytes of an address; None for a host name."""
    try:
        return np.frombuffer(ipaddress.ip_address(address).packed, np.uint8)
    except ValueError:
        return None


@kernel
def replant_endpoints(rows: Any, count: int, slots: Any, table: Any, used: Any) -> None:
    """Put rows[:count] of a table of endpoints, in their order, into an empty larger one."""
    for number in range(count):
        row = rows[number]
        intern(row, 3, row[0], (i64(row[1]) << 8) | i64(row[2]), slots, table, used)


class Endpoints:
    """The table of endpoints of one scan, and their names."""

    def __init__(self, capacity: int = 4096) -> None:
        self.used = np.zeros(1, np.int64)
        self.table: NDArray[np.uint8] = np.zeros((capacity, WIDTH), np.uint8)
        self.slots: NDArray[np.int32] = np.full(capacity * 2, -1, np.int32)
        self._names: dict[int, str] = {}

    def __len__(self) -> int:
        return int(self.used[0])

    def grow(self) -> None:
        """Twice the room; the numbers stay."""
        table, used = self.table, len(self)
        self.table = np.zeros((len(table) * 2, WIDTH), np.uint8)
        self.slots = np.full(len(self.table) * 2, -1, np.int32)
        self.used[0] = 0
        replant_endpoints(table, used, self.slots, self.table, self.used)

    def numbers(
        self, addresses: Sequence[str], which: NDArray[np.int64], ports: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """The numbers of endpoints named in SIP, shape (n,): addresses[which[k]] and ports[k]; -1 for a host name."""
        packed = np.zeros((len(addresses), 16), np.uint8)
        versions = np.zeros(len(addresses), np.int64)
        for host, address in enumerate(addresses):
            found = _packed(address)
            if found is not None:
                versions[host] = 4 if len(found) == 4 else 6
                packed[host, : len(found)] = found
        numbers = np.empty(len(which), np.int64)
        at = 0
        while at < len(which):
            at = intern_all(packed, versions, which, ports, at, self.slots, self.table, self.used, numbers)
            if at < len(which):
                self.grow()
        return numbers

    def name(self, number: int) -> str:
        """ "ip:port", IPv6 in brackets."""
        if number not in self._names:
            row = self.table[number]
            address = address_name(row[3 : 7 if row[0] == 4 else 19])
            host = address if row[0] == 4 else f"[{address}]"
            self._names[number] = f"{host}:{int(row[1]) << 8 | int(row[2])}"
        return self._names[number]


def address_name(packed: NDArray[np.uint8]) -> str:
    """An address of 4 or 16 bytes in words."""
    if len(packed) == 4:
        return ".".join(map(str, packed.tolist()))
    return str(ipaddress.IPv6Address(packed.tobytes()))
