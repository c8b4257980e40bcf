"""Endpoints: addresses and ports as small numbers."""

from __future__ import annotations

import pytest

from xivolab.net.endpoints import Endpoints


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
    number = endpoints.number(address, port)
    assert number is not None
    assert endpoints.name(number) == name


def test_the_same_endpoint_has_one_number() -> None:
    endpoints = Endpoints()
    assert endpoints.number("10.0.0.1", 5060) == endpoints.number("10.0.0.1", 5060) == 0
    assert endpoints.number("10.0.0.1", 5061) == 1
    assert endpoints.number("10.0.0.2", 5060) == 2
    assert len(endpoints) == 3


def test_an_ipv4_address_is_not_the_ipv6_address_with_the_same_bytes() -> None:
    endpoints = Endpoints()
    assert endpoints.number("10.0.0.1", 5060) != endpoints.number("a00:1::", 5060)


def test_a_host_name_has_no_number() -> None:
    assert Endpoints().number("sip.example.org", 5060) is None


def test_numbers_stay_when_the_table_grows() -> None:
    endpoints = Endpoints(capacity=4)
    numbers = [endpoints.number(f"10.0.{n // 256}.{n % 256}", 5060) for n in range(500)]
    assert numbers == list(range(500))
    assert [endpoints.number(f"10.0.{n // 256}.{n % 256}", 5060) for n in range(500)] == numbers
    assert endpoints.name(499) == "10.0.1.243:5060"
