"""What a bench consists of."""

from __future__ import annotations

from xivolab.bench.plant.parts import hosts, parts
from xivolab.bench.plant.state import State
from xivolab.bench.plant.subnets import choose

STATE = State("class", choose("class", []))


def test_only_what_makes_faults_may_change_networks() -> None:
    assert [part.name for part in parts(STATE) if "NET_ADMIN" in part.capabilities] == ["router", "phones"]


def test_every_root_is_read_only() -> None:
    assert not [part.name for part in parts(STATE) if part.writable]


def test_addresses_are_used_once() -> None:
    used = [where for part in parts(STATE) for where in part.networks.values()]

    assert len(used) == len(set(used))


def test_each_part_is_found_by_its_host_name() -> None:
    assert set(hosts(parts(STATE))) == {"db", "mail", "xivo", "operator", "router", "phones"}
    assert hosts(parts(STATE))["xivo"].endswith(".10")
