"""The parts of a bench, said once: containers and the compose file are both made of this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xivolab.bench.plant.state import State
from xivolab.bench.plant.subnets import address

PREFIX = "xivolab"
HOST = {"pbx": 10, "db": 11, "mail": 12, "phones": 20, "operator": 50, "router": 60}
"""The last byte of a part's address; the router has ROUTER_HOME in the home network."""

ROUTER_HOME = 254
# What a root process inside needs to change into other users and to look after their files.
_USERS = ("CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "SETGID", "SETUID")
_ASTERISK = (*_USERS, "NET_BIND_SERVICE", "NET_RAW", "SYS_NICE")
_LOW_PORTS = {"net.ipv4.ip_unprivileged_port_start": "0"}


@dataclass(frozen=True, slots=True)
class Part:
    """One container: `networks` has its address by network, `volumes` the folder inside by volume.

    `image` is the target of labs/bench/Dockerfile. Its root is read-only unless `writable`; `scratch` are folders that may be
    written and are forgotten.
    """

    name: str
    image: str
    hostname: str
    networks: dict[str, str]
    capabilities: tuple[str, ...] = ()
    volumes: dict[str, str] = field(default_factory=dict)
    scratch: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    sysctls: dict[str, str] = field(default_factory=dict)
    writable: bool = False


def parts(state: State) -> list[Part]:
    """The parts of a bench, in the order in which they are started."""
    asterisk_folders = {"etc": "/etc/asterisk", "lib": "/var/lib/asterisk", "spool": "/var/spool/asterisk"}
    logs = {"log": "/var/log/asterisk"}
    scratch = ("/run/xivolab", "/run/asterisk", "/tmp", "/var/tmp", "/root")  # noqa: S108
    socket = {"socket": "/run/postgresql"}
    return [
        Part(
            "db",
            "db",
            "db",
            _addresses(state, "db", "lan"),
            volumes={"db": "/var/lib/postgresql/bench", **socket},
            scratch=("/tmp",),  # noqa: S108
        ),
        Part(
            "mail",
            "mail",
            "mail",
            _addresses(state, "mail", "lan"),
            volumes={"mail": "/var/mail/bench"},
            scratch=("/tmp",),  # noqa: S108
            sysctls=_LOW_PORTS,
        ),
        Part(
            "pbx",
            "pbx",
            "xivo",
            _addresses(state, "pbx", "lan", "wan"),
            capabilities=_ASTERISK,
            volumes=asterisk_folders | logs | socket,
            scratch=(*scratch, "/var/lib/postgresql"),
            environment={"XIVOLAB_SERVICES": "asterisk agid call_logd"},
        ),
        Part(
            "operator",
            "pbx",
            "operator",
            _addresses(state, "operator", "wan"),
            capabilities=_ASTERISK,
            volumes={f"operator-{volume}": folder for volume, folder in (asterisk_folders | logs).items()},
            scratch=scratch,
            environment={"XIVOLAB_SERVICES": "asterisk"},
        ),
        Part(
            "router",
            "router",
            "router",
            _addresses(state, "router", "wan") | {"home": address(state.subnets["home"], ROUTER_HOME)},
            # It is a router: its rules, and the faults on the way, are made in it.
            capabilities=("NET_ADMIN", "NET_RAW"),
            scratch=("/run", "/tmp"),  # noqa: S108
            sysctls={"net.ipv4.ip_forward": "1"},
        ),
        Part(
            "phones",
            "phones",
            "phones",
            _addresses(state, "phones", "lan", "home"),
            # Some phones stand in another network, or have an address of their own.
            capabilities=(*_USERS, "NET_ADMIN", "NET_RAW", "SYS_NICE"),
            volumes={"phones": "/phones"},
            scratch=("/run", "/tmp", "/var/tmp", "/root"),  # noqa: S108
        ),
    ]


def container(bench: str, part: str) -> str:
    """The name of a part's container."""
    return f"{PREFIX}-{bench}-{part}"


def network(bench: str, name: str) -> str:
    """The engine's name of a network."""
    return f"{PREFIX}-{bench}-{name}"


def volume(bench: str, name: str) -> str:
    """The engine's name of a volume."""
    return f"{PREFIX}-{bench}-{name}"


def hosts(some: Sequence[Part]) -> dict[str, str]:
    """The addresses by host name: what each part writes into its /etc/hosts."""
    return {part.hostname: next(iter(part.networks.values())) for part in some}


def _addresses(state: State, part: str, *networks: str) -> dict[str, str]:
    return {name: address(state.subnets[name], HOST[part]) for name in networks}
