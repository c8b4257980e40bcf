"""All faults by name, and one drawn by lot."""

from __future__ import annotations

import hashlib

from xivolab.bench.impair import behind, mistakes, network, outside, services, settings
from xivolab.bench.impair.fault import Fault
from xivolab.errors import UsageError

FAULTS: dict[str, Fault] = {
    fault.name: fault for module in (network, behind, outside, mistakes, settings, services) for fault in module.FAULTS
}


def find(name: str) -> Fault:
    """The fault of this name. UsageError when there is none."""
    if name not in FAULTS:
        raise UsageError(f"there is no fault {name!r}", "pbx impair", "see `xivolab pbx impair --list`")
    return FAULTS[name]


def draw(seed: str) -> Fault:
    """The fault that a seed stands for: the same one every time, and on every machine."""
    candidates = [fault for _, fault in sorted(FAULTS.items()) if fault.sealable]
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big")
    return candidates[number % len(candidates)]
