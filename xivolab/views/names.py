"""What a host is called: its name, and its role in the language of the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from xivolab.views.subjects import Host, Stream

_FRENCH = {
    "phone": "poste",
    "operator": "opérateur",
    "router": "routeur",
    "media": "média",
    "db": "base de données",
}

Known = TypeVar("Known", bound=Host)


def role_in(role: str, lang: str) -> str:
    """A role in a language."""
    return in_french(role) if lang == "fr" else role


def in_french(name: str) -> str:
    """A role, or a name that begins with one."""
    word, space, rest = name.partition(" ")
    return f"{_FRENCH.get(word, word)}{space}{rest}"


def name_in(host: Host, lang: str) -> str:
    """The name of a host in a language: one that was learnt begins with a word for its role."""
    return in_french(host.name) if host.learnt and lang == "fr" else host.name


def host_at(names: Mapping[str, Known], endpoint: str) -> Known | None:
    """Who is at an IP or "ip:port": parties that share an address are told apart by the port."""
    found = names.get(endpoint)
    return found if found is not None else names.get(endpoint.rpartition(":")[0].strip("[]"))


def at_address(names: Mapping[str, Host], address: str, lang: str) -> str:
    """The name of the host at an IP address, else the address."""
    host = names.get(address)
    return name_in(host, lang) if host else address


def way_of(stream: Stream, arrow: str = "→") -> str:
    """The two ends of a stream; "?" for the Asterisk whose log does not tell its own."""
    return f"{stream.src or '?'} {arrow} {stream.dst or '?'}"


def timed(streams: Iterable[Stream]) -> list[Stream]:
    """The streams that have times: a log without dates tells none."""
    return [stream for stream in streams if cast("float | None", stream.start) is not None]


def ssrc_of(stream: Stream) -> str:
    """The SSRC of a stream; "?" where a log tells the stream and no report its SSRC."""
    return stream.ssrc or "?"


def called(names: Mapping[str, Host], endpoint: str | None, lang: str) -> str:
    """ "ip:port" with the name in place of a known address."""
    if endpoint is None:
        return "?"
    host = host_at(names, endpoint)
    return f"{name_in(host, lang)}:{endpoint.rpartition(':')[2]}" if host else endpoint
