"""Which addresses a bench gets."""

from __future__ import annotations

import ipaddress
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.bench.engine import Engine
from xivolab.bench.plant import subnets
from xivolab.errors import LabError

POOL = ipaddress.ip_network("10.80.0.0/12")


def test_the_three_networks_are_neighbours_and_the_same_each_time() -> None:
    chosen = subnets.choose("class", [])

    assert list(chosen) == ["lan", "wan", "home"]
    assert chosen == subnets.choose("class", [])
    assert all(ipaddress.ip_network(subnet).subnet_of(POOL) for subnet in chosen.values())  # type: ignore[type-var]


@given(st.lists(st.integers(0, 2**12 - 1), max_size=40), st.sampled_from(["a", "class", "xivo"]))
def test_nothing_that_is_taken_is_chosen(blocks: list[int], name: str) -> None:
    taken = [ipaddress.IPv4Network((int(POOL.network_address) + (block << 8), 24)) for block in blocks]

    chosen = [subnets.parse(subnet) for subnet in subnets.choose(name, taken).values()]

    assert not any(one.overlaps(other) for one in chosen for other in taken)


def test_a_full_machine_is_told() -> None:
    with pytest.raises(LabError, match="no block of"):
        subnets.choose("class", [subnets.parse("10.0.0.0/8")])


class Told(Engine):
    """An engine with some networks."""

    def __init__(self, networks: list[dict[str, object]]) -> None:
        self.command = ["podman"]
        self.networks = networks

    def call(self, *arguments: str, timeout: float = 300) -> str:
        return "one two" if arguments[1] == "ls" else json.dumps(self.networks)


def test_the_networks_of_both_engines_are_read() -> None:
    podman = {"subnets": [{"subnet": "10.82.0.0/24"}, {"subnet": "fd00::/64"}]}
    docker = {"IPAM": {"Config": [{"Subnet": "10.83.0.0/24"}]}}

    found = subnets.taken(Told([podman, docker, {"IPAM": {"Config": None}}]))

    assert {str(one) for one in found} >= {"10.82.0.0/24", "10.83.0.0/24"}


def test_a_network_that_goes_while_they_are_looked_at_is_left_out() -> None:
    class Going(Told):
        def call(self, *arguments: str, timeout: float = 300) -> str:
            if arguments[1] == "inspect" and "one" in arguments:
                raise LabError("no such network", "one")
            return super().call(*arguments)

    there = Going([{"subnets": [{"subnet": "10.82.0.0/24"}]}])

    assert "10.82.0.0/24" in {str(one) for one in subnets.taken(there)}


def test_the_addresses_of_this_machine_are_taken() -> None:
    assert any(one.overlaps(subnets.parse("127.0.0.0/8")) for one in subnets.taken(Told([])))


def test_an_address_is_a_place_in_its_subnet() -> None:
    assert subnets.address("10.82.4.0/24", 254) == "10.82.4.254"
