"""What the beginning of a TLS connection tells in clear: the client's random, the name it wants, the protocols it offers.

Records: RFC 8446, 5.1; ClientHello: RFC 8446, 4.1.2; server name: RFC 6066, 3; protocols (ALPN): RFC 7301, 3.1.
"""

from __future__ import annotations

from dataclasses import dataclass

_CHANGE_CIPHER_SPEC, _ALERT, _HANDSHAKE, _APPLICATION_DATA = 20, 21, 22, 23
_CLIENT_HELLO = 1
_LONGEST_RECORD = (1 << 14) + 2048  # RFC 5246, 6.2.3
_SERVER_NAME, _ALPN = 0, 16  # extensions
_RANDOM_AT, _RANDOM = 11, 32


@dataclass(frozen=True, slots=True)
class ClientHello:
    """How a client opens a connection: its random, the host it asks for ("" without), the protocols it offers."""

    random: bytes
    server_name: str = ""
    protocols: tuple[str, ...] = ()


def is_tls(data: bytes) -> bool:
    """Whether a TCP segment begins with a record of TLS 1.0 to 1.3."""
    if len(data) < 5:
        return False
    kind, length = data[0], int.from_bytes(data[3:5], "big")
    return (
        kind in (_CHANGE_CIPHER_SPEC, _ALERT, _HANDSHAKE, _APPLICATION_DATA)
        and data[1] == 3
        and data[2] <= 4
        and 0 < length <= _LONGEST_RECORD
    )


def client_hello(data: bytes) -> ClientHello | None:
    """The ClientHello that a segment begins with, as far as it goes; None when it begins with none."""
    if not is_tls(data) or data[0] != _HANDSHAKE or len(data) < _RANDOM_AT + _RANDOM or data[5] != _CLIENT_HELLO:
        return None
    random = data[_RANDOM_AT : _RANDOM_AT + _RANDOM]
    at = _RANDOM_AT + _RANDOM
    for width in (1, 2, 1):  # session identifier, cipher suites, compression methods
        at += width + int.from_bytes(data[at : at + width], "big")
    at += 2
    name, protocols = "", []
    while at + 4 <= len(data):
        kind, length = int.from_bytes(data[at : at + 2], "big"), int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 4 + length]
        if kind == _SERVER_NAME and len(body) > 5:
            name = body[5 : 5 + int.from_bytes(body[3:5], "big")].decode("ascii", "replace")
        elif kind == _ALPN:
            protocols = _protocols(body[2:])
        at += 4 + length
    return ClientHello(random, name, tuple(protocols))


def _protocols(data: bytes) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(data):
        found.append(data[at + 1 : at + 1 + data[at]].decode("ascii", "replace"))
        at += 1 + data[at]
    return found
