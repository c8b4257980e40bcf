"""Addresses for a bench: a block that nothing on this machine uses, cut into its networks."""

from __future__ import annotations

import ipaddress
import json
import subprocess
import zlib
from collections.abc import Collection, Iterator
from typing import Any

from xivolab.bench.engine import Engine
from xivolab.errors import LabError

NETWORKS = ("lan", "wan", "home")
"""`lan`: the PBX and its phones; `wan`: the operator's side; `home`: behind the router."""

Network = ipaddress.IPv4Network
POOL = Network("10.80.0.0/12")
"""From which benches get their addresses."""

_BLOCK = 22


def choose(name: str, taken: Collection[Network], refused: Collection[Network] = ()) -> dict[str, str]:
    """The subnets of a bench, by network: the first free block, begun at a place that depends on the name.

    `refused` are those that the engine did not want. Raises LabError when no block is free.
    """
    blocks = list(POOL.subnets(new_prefix=_BLOCK))
    first = zlib.crc32(name.encode()) % len(blocks)
    for block in blocks[first:] + blocks[:first]:
        if not any(block.overlaps(other) for other in (*taken, *refused)):
            return {network: str(part) for network, part in zip(NETWORKS, block.subnets(new_prefix=24), strict=False)}
    raise LabError(f"no block of {POOL} is free", "networks", "see `xivolab pbx doctor`; `ip route` shows who has them")


def taken(engine: Engine) -> list[Network]:
    """What is in use on this machine: its own addresses and routes, and the networks of the engine."""
    return [*_routed(), *_of_engine(engine)]


def address(subnet: str, host: int) -> str:
    """The address of a host in a subnet."""
    return str(ipaddress.ip_network(subnet)[host])


def parse(subnet: str) -> Network:
    """A subnet as an object."""
    return ipaddress.IPv4Network(subnet)


def _routed() -> Iterator[Network]:
    try:
        told = subprocess.run(
            ["ip", "-4", "-json", "route", "show", "table", "all"], capture_output=True, timeout=10, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return
    for route in json.loads(told or "[]"):
        yield from _network(route.get("dst", ""))


def _of_engine(engine: Engine) -> Iterator[Network]:
    for network in _described(engine, engine.call("network", "ls", "--quiet").split()):
        # podman tells "subnets", docker "IPAM"
        configured = network.get("subnets") or (network.get("IPAM") or {}).get("Config") or []
        for entry in configured:
            yield from _network(entry.get("subnet") or entry.get("Subnet") or "")


def _described(engine: Engine, names: list[str]) -> list[dict[str, Any]]:
    """The networks as the engine tells of them, those that went in this moment left out."""
    if not names:
        return []
    try:
        return list(json.loads(engine.call("network", "inspect", *names)))
    except LabError:
        if len(names) == 1:
            return []
        half = len(names) // 2
        return _described(engine, names[:half]) + _described(engine, names[half:])


def _network(text: str) -> Iterator[Network]:
    try:
        found = ipaddress.ip_network(text)
    except ValueError:
        return  # "default", or a local route without a mask
    if isinstance(found, Network) and found.prefixlen > 0:
        yield found
