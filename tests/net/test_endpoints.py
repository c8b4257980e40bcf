"""Endpoints: addresses and ports as small numbers."""

from __future__ import annotations

import numpy as np
import pytest

from xivolab.net.endpoints import Endpoints


def number(endpoints: Endpoints, address: str, port: int) -> int:
    """The number of one endpoint."""
    return int(endpoints.numbers([address], np.zeros(1, np.int64), np.array([port]))[0])


@pytest.mark.parametrize(
    ("address", "port", "name"),
    [
        ("10.0.0.1", 5060, "10.0.0.1:5060"),
        ("2001:DB8:0:0::1", 65535, "[2001:db8::1]:65535"),
        ("0.0.0.0", 0, "0.0.0.0:0"),
    ],
)
def test_names(address: str, port: int, name: str) -> None:
    endpoints = Endpoints()
    assert endpoints.name(number(endpoints, address, port)) == name


def test_the_same_endpoint_has_one_number() -> None:
    endpoints = Endpoints()
    assert number(endpoints, "10.0.0.1", 5060) == number(endpoints, "10.0.0.1", 5060) == 0
    assert number(endpoints, "10.0.0.1", 5061) == 1
    assert number(endpoints, "10.0.0.2", 5060) == 2
    assert len(endpoints) == 3


def test_an_ipv4_address_is_not_the_ipv6_address_with_the_same_bytes() -> None:
    endpoints = Endpoints()
    assert number(endpoints, "10.0.0.1", 5060) != number(endpoints, "a00:1::", 5060)


def test_a_host_name_has_no_number() -> None:
    assert number(Endpoints(), "sip.example.org", 5060) == -1


def test_numbers_stay_when_the_table_grows() -> None:
    endpoints = Endpoints(capacity=4)
    numbers = [number(endpoints, f"10.0.{n // 256}.{n % 256}", 5060) for n in range(500)]
    assert numbers == list(range(500))
    assert [number(endpoints, f"10.0.{n // 256}.{n % 256}", 5060) for n in range(500)] == numbers
    assert endpoints.name(499) == "10.0.1.243:5060"


def test_many_at_once_are_numbered_as_one_by_one() -> None:
    endpoints = Endpoints(capacity=4)
    hosts = ["10.0.0.1", "sip.example.org", "2001:db8::1"]
    which, ports = np.arange(30) % 3, 4000 + np.arange(30) // 6
    expected = [number(endpoints, hosts[host], port) for host, port in zip(which.tolist(), ports.tolist(), strict=True)]
    assert endpoints.numbers(hosts, which, ports).tolist() == expected
    assert Endpoints(capacity=4).numbers(hosts, which, ports).tolist() == expected
