"""Parts as containers: made, started, looked at and removed. Nothing here knows what runs inside."""

from __future__ import annotations

import hashlib
import ipaddress
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from xivolab.bench.engine import Engine, limits
from xivolab.bench.plant.parts import Part, container, hosts, network, volume
from xivolab.errors import LabError

MARK = "xivolab.part"
"""The label with the fingerprint of what a container was made of."""

# Voice must be sent every 20 ms even when the machine is busy with something else.
CPU_SHARES = 4096
PIDS = 1000
RESOLVER = "127.0.0.1"
"""Where names are asked for that /etc/hosts does not have: nobody answers there, and says so at once."""

SCRATCH = "rw,nosuid,nodev,mode=1777,size=256m"


def ensure_networks(engine: Engine, subnets: Mapping[str, str]) -> None:
    """Make the networks that are not there. Raises XivolabError when the engine does not want their addresses."""
    there = _listed(engine, "network")
    for name, subnet in subnets.items():
        if network(engine.bench, name) not in there:
            engine.create_network(network(engine.bench, name), [subnet])


def remove_networked(engine: Engine) -> None:
    """Remove the containers and networks of this bench; its volumes stay."""
    engine.remove(*engine.call("ps", "--all", "--quiet", "--filter", f"label={engine.label}").split())
    for name in _listed(engine, "network"):
        engine.call("network", "rm", name)


def ensure_volumes(engine: Engine, some: Sequence[Part]) -> None:
    """Make the volumes that are not there."""
    there = _listed(engine, "volume")
    for name in dict.fromkeys(name for part in some for name in part.volumes):
        if volume(engine.bench, name) not in there:
            engine.call("volume", "create", "--label", engine.label, volume(engine.bench, name))


def ensure(engine: Engine, part: Part, image: str, neighbours: Sequence[Part]) -> bool:
    """Have a container of this very part running; whether it had to be started."""
    name = container(engine.bench, part.name)
    mark = fingerprint(part, image, neighbours)
    found = look(engine, name)
    if found is not None and found.running and found.mark == mark:
        return False
    if found is not None:
        # All that counts is in the volumes; a new one has nothing of what ended the old one.
        engine.remove(name)
    _create(engine, part, image, neighbours, mark)
    engine.call("start", name)
    return True


@dataclass(frozen=True, slots=True)
class Found:
    """A container as the engine tells of it; an `orphan` is said to run, and its process is gone."""

    mark: str
    running: bool
    orphan: bool
    since: str
    image: str


def look(engine: Engine, name: str) -> Found | None:
    """What the engine knows of a container, None where there is none."""
    try:
        told = json.loads(engine.call("inspect", "--type", "container", name))[0]
    except LabError:
        return None
    state = told["State"]
    running = bool(state["Running"])
    gone = running and engine.name == "podman" and not Path(f"/proc/{state['Pid']}").exists()
    labels = told["Config"].get("Labels") or {}
    return Found(labels.get(MARK, ""), running and not gone, gone, state["StartedAt"], told["Config"]["Image"])


def fingerprint(part: Part, image: str, neighbours: Sequence[Part]) -> str:
    """Name what a container is made of: another one is made when that changes."""
    told = json.dumps([asdict(part), image, hosts(neighbours), RESOLVER], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def options(bench: str, part: Part, neighbours: Sequence[Part]) -> list[str]:
    """The words that make a container what the part says, but for its networks after the first, and its image."""
    first, own = next(iter(part.networks.items()))
    words = ["--name", container(bench, part.name), "--hostname", part.hostname]
    words += ["--network", network(bench, first), "--ip", own]
    words += ["--security-opt", "no-new-privileges", "--cap-drop", "ALL"]
    words += [word for capability in part.capabilities for word in ("--cap-add", capability)]
    words += [] if part.writable else ["--read-only"]
    words += [word for folder in part.scratch for word in ("--tmpfs", f"{folder}:{SCRATCH}")]
    words += [word for name, folder in part.volumes.items() for word in ("--volume", f"{volume(bench, name)}:{folder}")]
    words += [word for name, value in part.environment.items() for word in ("--env", f"{name}={value}")]
    words += [word for name, value in part.sysctls.items() for word in ("--sysctl", f"{name}={value}")]
    words += [word for name, value in limits().items() for word in ("--ulimit", f"{name}={value}:{value}")]
    words += [
        word
        for name, where in hosts([one for one in neighbours if one.name != part.name]).items()
        for word in ("--add-host", f"{name}:{where}")
    ]
    words += ["--dns", RESOLVER]
    return [*words, "--pids-limit", str(PIDS), "--cpu-shares", str(CPU_SHARES)]


def _create(engine: Engine, part: Part, image: str, neighbours: Sequence[Part], mark: str) -> None:
    labels = ["--label", engine.label, "--label", f"{MARK}={mark}"]
    (_, first), *others = part.networks.items()
    own: list[str] = []
    if engine.name == "podman":
        # It mounts a volume over /run and the like by itself where a root is read-only.
        own += [] if part.writable else ["--read-only-tmpfs=false"]
        own += _hardware(engine, first)
    engine.call("create", "--pull=never", *labels, *own, *options(engine.bench, part, neighbours), image)
    for name, where in others:
        words = ["--ip", where, *_hardware(engine, where)]
        engine.call("network", "connect", *words, network(engine.bench, name), container(engine.bench, part.name))


def _hardware(engine: Engine, address: str) -> list[str]:
    """The MAC address that goes with an IP address, as docker does it by itself.

    With one drawn anew a part that was made anew is not reached until its neighbours have forgotten the former one.
    """
    if engine.name != "podman":
        return []
    return ["--mac-address", ":".join(f"{byte:02x}" for byte in (2, 0x42, *ipaddress.IPv4Address(address).packed))]


def _listed(engine: Engine, kind: str) -> set[str]:
    return set(engine.call(kind, "ls", "--filter", f"label={engine.label}", "--format", "{{.Name}}").split())
