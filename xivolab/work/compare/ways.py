"""Which of the two points a packet passes first, for each pair of hosts: what tells delay from lead, and loss from not seen.

Told by the times themselves where both directions are there: whatever the clocks say, a packet from the side of A is later
at B, by comparison, than one from the side of B, and the two delays add up. Else by a path with a host in common; by the
private address that the translation is in front of; by the TTL, which only falls; by which side lacks packets.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from xivolab.work.compare.clocks import TO_A, TO_B, UNTOLD

_LEAST_S = 2e-6
_WINDOW_S = 2.0
_CARRIER = ipaddress.ip_network("100.64.0.0/10")

Hosts = tuple[str, str]
"""Source and destination without ports."""


@dataclass(slots=True)
class Path:
    """What was seen between two hosts at both points. `forward` are differences (time at A, B − A; seconds) of what the
    first of `at_a` sent, `back` those of what it received; `ttl` sums how much lower it was at B; `only` counts what went
    forward and was seen at A only, and at B only.
    """

    at_a: Hosts
    at_b: Hosts
    forward: list[tuple[float, float]] = field(default_factory=list)
    back: list[tuple[float, float]] = field(default_factory=list)
    ttl: int = 0
    only: list[int] = field(default_factory=lambda: [0, 0])

    def timed(self) -> int:
        """What the times say of what goes forward."""
        first, second = _windows(self.forward), _windows(self.back)
        sums = [first[window] - second[window] for window in first.keys() & second.keys()]
        if not sums and first and second:
            sums.append(float(np.median([*first.values()]) - np.median([*second.values()])))
        together = float(np.median(sums)) if sums else 0.0
        return UNTOLD if abs(together) < _LEAST_S else TO_B if together > 0 else TO_A

    def translated(self) -> int:
        """What the address says that only one point sees: the private one is inside, and so is the point that sees it."""
        for place, way in ((0, TO_B), (1, TO_A)):
            inner, outer = is_private(self.at_a[place]), is_private(self.at_b[place])
            if self.at_a[place] != self.at_b[place] and inner != outer:
                return way if inner else -way
        return UNTOLD

    def hops(self) -> int:
        """What the TTL says."""
        return TO_B if self.ttl > 0 else TO_A if self.ttl < 0 else UNTOLD

    def lacking(self) -> int:
        """What is missing at one point only."""
        return TO_B if self.only[0] > self.only[1] else TO_A if self.only[1] > self.only[0] else UNTOLD


def _windows(differences: list[tuple[float, float]]) -> dict[int, float]:
    """The median difference of each window of time: within one, the clocks have not drifted."""
    found: dict[int, list[float]] = {}
    for time, late in differences:
        found.setdefault(int(time // _WINDOW_S), []).append(late)
    return {window: float(np.median(values)) for window, values in found.items()}


class Ways:
    """The ways of all paths, and of the hosts they tell about."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = list(paths)
        self._found: dict[tuple[Hosts, Hosts], int] = {}
        for told in (Path.timed, Path.translated, Path.hops, Path.lacking):
            for path in self._paths:
                if not self._found.get((path.at_a, path.at_b)):
                    self._note(path, told(path))
            self._spread()

    def way(self, at_a: Hosts, at_b: Hosts) -> int:
        """Which point what goes from the first to the second host passes second: `TO_B`, `TO_A` or `UNTOLD`."""
        return self._found.get((at_a, at_b), UNTOLD)

    def of_one(self, hosts: Hosts, at_a: bool) -> int:
        """The way of what only one point saw, by its hosts there: of their path, else of the side one of them is on."""
        seen = 0 if at_a else 1
        for path, way in self._found.items():
            if path[seen] == hosts:
                return way
        near = {path[seen][0]: way for path, way in self._found.items()}
        return near.get(hosts[0]) or -near.get(hosts[1], UNTOLD)

    def on_path(self, hosts: Hosts, at_a: bool) -> bool:
        """Whether the other point sees what goes between these hosts."""
        return any(frozenset(path.at_a if at_a else path.at_b) == frozenset(hosts) for path in self._paths)

    def _note(self, path: Path, way: int) -> None:
        if way:
            self._found[path.at_a, path.at_b] = way
            self._found[path.at_a[::-1], path.at_b[::-1]] = -way

    def _spread(self) -> None:
        """A host is on one side: so are the other paths that begin or end there."""
        near_a = {hosts[0]: way for (hosts, _), way in self._found.items()}
        near_b = {hosts[0]: way for (_, hosts), way in self._found.items()}
        for path in self._paths:
            if (path.at_a, path.at_b) not in self._found:
                way = (
                    near_a.get(path.at_a[0])
                    or -near_a.get(path.at_a[1], 0)
                    or near_b.get(path.at_b[0])
                    or -near_b.get(path.at_b[1], 0)
                )
                self._note(path, way)


def is_private(address: str) -> bool:
    """Whether an address is of RFC 1918, RFC 6598 (carriers) or RFC 4193; documentation ranges count as public."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        return parsed in ipaddress.ip_network("fc00::/7")
    ranges = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
    return parsed in _CARRIER or any(parsed in ipaddress.ip_network(one) for one in ranges)
