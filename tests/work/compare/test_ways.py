"""Which point comes first: told by times, addresses, TTL or loss, and by nothing when nothing tells."""

from __future__ import annotations

import pytest

from xivolab.work.compare.clocks import TO_A, TO_B, UNTOLD
from xivolab.work.compare.ways import Path, Ways, is_private

PHONE, ROUTER, PBX = "192.168.1.20", "198.51.100.7", "203.0.113.5"


def test_times_tell_whatever_the_clocks_say() -> None:
    path = Path(
        (PHONE, PBX),
        (ROUTER, PBX),
        [(n, 100.0 + n * 1e-3 + 0.005) for n in range(9)],
        [(n, 100.0 + n * 1e-3) for n in range(9)],
    )
    assert path.timed() == TO_B
    assert Path(path.at_a, path.at_b, path.back, path.forward).timed() == TO_A


def test_one_direction_tells_nothing_by_its_times() -> None:
    assert Path((PHONE, PBX), (PHONE, PBX), [(0.0, 1.0)]).timed() == UNTOLD


def test_a_private_address_is_inside() -> None:
    assert Path((PHONE, PBX), (ROUTER, PBX)).translated() == TO_B
    assert Path((PBX, PHONE), (PBX, ROUTER)).translated() == TO_A
    assert Path((ROUTER, PBX), (PHONE, PBX)).translated() == TO_A
    assert Path((PHONE, PBX), (PHONE, PBX)).translated() == UNTOLD
    assert Path((PHONE, PBX), ("10.0.0.1", PBX)).translated() == UNTOLD


def test_ttl_falls_and_packets_get_lost_on_the_way() -> None:
    assert [Path((PHONE, PBX), (PHONE, PBX), ttl=ttl).hops() for ttl in (3, -3, 0)] == [TO_B, TO_A, UNTOLD]
    lacking = [Path((PHONE, PBX), (PHONE, PBX), only=only).lacking() for only in ([2, 0], [0, 2], [1, 1])]
    assert lacking == [TO_B, TO_A, UNTOLD]


def test_a_host_on_one_side_tells_of_its_other_paths() -> None:
    ways = Ways([Path((PHONE, PBX), (ROUTER, PBX)), Path((PHONE, "203.0.113.6"), (PHONE, "203.0.113.6"))])
    assert ways.way((PHONE, PBX), (ROUTER, PBX)) == TO_B
    assert ways.way((PBX, PHONE), (PBX, ROUTER)) == TO_A
    assert ways.way((PHONE, "203.0.113.6"), (PHONE, "203.0.113.6")) == TO_B
    assert ways.of_one((PBX, PHONE), at_a=False) == TO_A
    assert ways.of_one((PBX, ROUTER), at_a=False) == TO_A
    assert ways.of_one((PHONE, "203.0.113.9"), at_a=True) == TO_B
    assert ways.of_one(("192.0.2.1", "192.0.2.2"), at_a=True) == UNTOLD
    assert ways.on_path((PBX, ROUTER), at_a=False)
    assert not ways.on_path((PBX, ROUTER), at_a=True)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("10.1.2.3", True),
        ("100.64.0.1", True),
        ("198.51.100.7", False),
        ("fd00::1", True),
        ("2001:db8::1", False),
        ("", False),
    ],
)
def test_private_addresses(address: str, private: bool) -> None:
    assert is_private(address) == private
