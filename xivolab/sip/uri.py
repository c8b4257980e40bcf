"""SIP and tel URIs, and the addresses (name-addr, addr-spec) of From, To, Contact and the identity headers.

RFC 3261: 19.1 (SIP URI), 20.10 (without angle brackets the parameters belong to the header), 25.1; RFC 3966 (tel).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

_URI = re.compile(r"\s*([A-Za-z][\w+.-]*):(?:([^@;?>]*(?:;[^@?>]*)?)@)?([^;?>\s]*)([^?>]*)", re.DOTALL)
_NAME_ADDR = re.compile(r'\s*(?:"((?:\\.|[^"\\])*)"|([^"<]*?))\s*<([^>]*)>?(.*)', re.DOTALL)
_PARAMETER = re.compile(r';\s*([^;=\s]+)\s*(?:=\s*("(?:\\.|[^"\\])*"|[^;]*))?')
_HOST_PORT = re.compile(r"(\[[^\]]*\]|[^:]*)(?::(\d*))?")


def _parameters(text: str) -> dict[str, str]:
    return {name.lower(): value.strip().strip('"') for name, value in _PARAMETER.findall(text)}


@dataclass(frozen=True, slots=True)
class Uri:
    """A SIP, SIPS or tel URI. `user` is literal: escapes and parameters kept, the password left out; None when absent."""

    scheme: str
    user: str | None
    host: str
    port: int | None
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Address:
    """One value of From, To, Contact…: `uri_text` is the URI as written, `parameters` are those of the header."""

    display: str | None
    uri_text: str
    uri: Uri | None
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def user(self) -> str | None:
        """The literal user of the URI."""
        return self.uri.user if self.uri else None

    @property
    def tag(self) -> str | None:
        """The tag parameter (RFC 3261 19.3)."""
        return self.parameters.get("tag")


@lru_cache(maxsize=65536)
def parse_uri(text: str) -> Uri | None:
    """The URI in `text`, or None when there is no scheme. The user of a tel URI is its number."""
    match = _URI.match(text)
    if match is None:
        return None
    scheme, userinfo, host_port, rest = match.groups()
    if scheme.lower() == "tel":
        return Uri("tel", host_port or None, "", None, _parameters(rest))
    host, port = _HOST_PORT.match(host_port).groups()  # type: ignore[union-attr]  # matches the empty string
    user = userinfo.partition(":")[0] if userinfo else None
    number = int(port) if port and len(port) < 6 else None
    return Uri(scheme.lower(), user or None, host.lower(), number, _parameters(rest))


@lru_cache(maxsize=65536)
def parse_address(text: str) -> Address:
    """The address in one header value. Text that is none has `uri` None; nothing raises."""
    match = _NAME_ADDR.match(text)
    if match:
        quoted, plain, uri_text, rest = match.groups()
        display = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else plain.strip()
        return Address(display or None, uri_text.strip(), parse_uri(uri_text), _parameters(rest))
    if "<" in text:  # a quote too many in the name: the last bracket counts
        name, _, rest = text.rpartition("<")
        uri_text, _, rest = rest.partition(">")
        return Address(name.strip() or None, uri_text.strip(), parse_uri(uri_text), _parameters(rest))
    uri_text, semicolon, rest = text.strip().partition(";")
    return Address(None, uri_text.strip(), parse_uri(uri_text), _parameters(semicolon + rest))


def bare_user(user: str) -> str:
    """A user for comparing: without %-escapes (RFC 3261 19.1.2, `%2B33` is `+33`) and parameters (`;phone-context=…`)."""
    bare = user.partition(";")[0]
    return unquote(bare) if "%" in bare else bare
