"""What a ClientHello tells, as the TLS library of Python writes it, and what bytes of any kind do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.net.keylog import parse_key_log
from xivolab.net.tls import client_hello, is_tls
from xivolab.testing import ttls

_TCP_PAYLOAD = 54


@pytest.mark.parametrize("version", ["1.2", "1.3"])
def test_the_hello_of_a_client(version: str) -> None:
    made = ttls([], version=version, name="sip.example.test", protocols=["sip/2", "http/1.1"])  # type: ignore[arg-type]
    hello = client_hello(made.packets[3].data[_TCP_PAYLOAD:])
    assert hello is not None
    assert hello.server_name == "sip.example.test"
    assert hello.protocols == ("sip/2", "http/1.1")
    assert parse_key_log(made.key_log).opens(hello.random)


def test_records() -> None:
    made = ttls([("client", b"hello", 1.0)])
    payloads = [packet.data[_TCP_PAYLOAD:] for packet in made.packets]
    assert all(map(is_tls, filter(None, payloads)))
    assert sum(client_hello(payload) is not None for payload in payloads) == 1


@pytest.mark.parametrize(
    "data", [b"", b"\x16\x03", b"INVITE sip:bob SIP/2.0\r\n", b"\x16\x03\x01\0\0", b"\x16\x04\0\0\x10"]
)
def test_no_tls(data: bytes) -> None:
    assert not is_tls(data)
    assert client_hello(data) is None


@given(st.binary(max_size=300), st.integers(0, 600))
def test_cut_or_any_bytes(data: bytes, cut: int) -> None:
    """A hello that is cut tells what is there of it; nothing raises."""
    client_hello(b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + data)
    whole = ttls_hello()[:cut]
    found = client_hello(whole)
    assert (found is not None) == (len(whole) >= 43)


def ttls_hello(made: list[bytes] = []) -> bytes:  # noqa: B006  # made once: a handshake takes milliseconds
    if not made:
        made.append(ttls([], protocols=["sip/2"]).packets[3].data[_TCP_PAYLOAD:])
    return made[0]
