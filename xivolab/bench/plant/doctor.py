"""What this machine lacks for a bench, and how to mend it: engine, rights, architecture, room, addresses, leftovers."""

from __future__ import annotations

import ipaddress
import os
import platform
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from xivolab.bench import image
from xivolab.bench.engine import LABEL, RECORDER, Engine, detect
from xivolab.bench.plant import images, state, subnets
from xivolab.errors import LabError, MissingToolError
from xivolab.machine.doctor import Check

ROOM = 3_000_000_000
"""Bytes that the images take while they are built: 1.7 GB, and what is downloaded for them."""

MEMORY = 700_000_000
"""Bytes of memory of one bench (docs/bench.md has what was measured)."""

# As the engines name them, and what uname says.
_ARCHITECTURES = {"amd64": "x86_64", "arm64": "aarch64"}
_MEMINFO = Path("/proc/meminfo")
_ALG = Path("/sys/module/nf_conntrack_sip")


def checks(find: Callable[[], Engine] = detect) -> Iterator[Check]:
    """All checks, the most important first; those that need an engine are left out where there is none."""
    try:
        engine = find()
    except MissingToolError as error:
        yield Check("engine", False, error.what, error.remedy, needed=True)
        engine = None
    if engine is not None:
        yield Check("engine", True, f"{engine.name} {_version(engine)}", needed=True)
    yield _rights()
    if engine is not None:
        yield _architecture(engine)
        yield _room(engine)
    yield _memory()
    if engine is not None:
        yield _addresses(engine)
        yield _debian(engine)
        yield _images(engine)
        yield from _leftovers(engine)
    yield _alg()
    yield _dumpcap()


def _version(engine: Engine) -> str:
    told = engine.call("version", "--format", "{{.Client.Version}}").strip()
    return f"{told} with {engine.command[-1]}" if len(engine.command) > 1 else told


def _rights() -> Check:
    if os.geteuid() == 0:
        return Check("rights", True, "root")
    found = f"user {os.getuid()}: the bench works through docker, a capture of it does not"
    return Check("rights", False, found, "run `xivolab pbx capture` and `xivolab live pbx` as root")


def _architecture(engine: Engine) -> Check:
    told = "{{.Host.Arch}}" if engine.name == "podman" else "{{.Architecture}}"
    arch = engine.call("info", "--format", told).strip()
    here = platform.machine()
    ok = _ARCHITECTURES.get(arch, arch) == here
    found = f"{here}, containers of {arch}"
    remedy = f"use an engine for {here}: under emulation voice arrives too late"
    return Check("architecture", ok, found, remedy)


def _room(engine: Engine) -> Check:
    told = "{{.Store.GraphRoot}}" if engine.name == "podman" else "{{.DockerRootDir}}"
    folder = engine.call("info", "--format", told).strip()
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check("disk", False, f"{folder}: {error}", "look at the engine's folder")
    there = all(image.exists(engine, tag) for tag in images.tags().values())
    wanted = 0 if there else ROOM
    found = f"{free / 1e9:.1f} GB free in {folder}"
    remedy = f"free {wanted / 1e9:.0f} GB there: `{engine.name} image prune` removes images without a name"
    return Check("disk", free > wanted, found, remedy, needed=True)


def _memory() -> Check:
    for line in _MEMINFO.read_text().splitlines() if _MEMINFO.exists() else []:
        if line.startswith("MemAvailable:"):
            free = int(line.split()[1]) * 1024
            found = f"{free / 1e9:.1f} GB free, room for {free // MEMORY} benches"
            return Check("memory", free > MEMORY, found, "take a bench down: xivolab pbx down --bench NAME")
    return Check("memory", True, "this system does not tell")


def _addresses(engine: Engine) -> Check:
    taken = [one for one in subnets.taken(engine) if one.overlaps(subnets.POOL)]
    used = ", ".join(str(one) for one in ipaddress.collapse_addresses(taken)) or "none"
    found = f"used of {subnets.POOL}: {used}"
    try:
        subnets.choose(state.DEFAULT, taken)
    except LabError as error:
        return Check("addresses", False, found, error.remedy, needed=True)
    return Check("addresses", True, found, needed=True)


def _debian(engine: Engine) -> Check:
    tag = image.present(engine)
    if tag:
        return Check("Debian", True, tag)
    if shutil.which("debootstrap"):
        return Check(
            "Debian", True, f"{image.SUITE} will be pulled, or made with debootstrap where no registry is within reach"
        )
    found = (
        f"{image.SUITE} is not here; it will be pulled from a registry, and there is no debootstrap to make it without"
    )
    return Check("Debian", False, found, "apt-get install debootstrap, or see that a registry is within reach")


def _images(engine: Engine) -> Check:
    missing = [target for target, tag in images.tags().items() if not image.exists(engine, tag)]
    found = f"to be built at the next `up`: {', '.join(missing)}" if missing else "all built"
    return Check("images", True, found)


def _leftovers(engine: Engine) -> Iterator[Check]:
    """Containers of benches that this user knows nothing of (any more)."""
    template = f'{{{{index .Labels "{LABEL}"}}}}' if engine.name == "podman" else f'{{{{.Label "{LABEL}"}}}}'
    told = engine.call("ps", "--all", "--filter", f"label={LABEL}", "--format", template).split()
    for name in sorted({*told} - {*state.known(), RECORDER}):
        found = f"bench {name} has containers, and no files of this user"
        yield Check("leftovers", False, found, f"if nobody uses it: xivolab pbx down --bench {name}")


def _alg() -> Check:
    found = "the kernel's own is there" if _ALG.exists() else "the kernel's module nf_conntrack_sip is not loaded"
    return Check(
        "SIP ALG", _ALG.exists(), found, "modprobe nf_conntrack_sip; without it a router with ALG is not to be had"
    )


def _dumpcap() -> Check:
    path = shutil.which("dumpcap")
    if path is None:
        found = "dumpcap is not here: xivolab pbx capture and xivolab live need it"
        return Check("capturing", False, found, "apt-get install tshark")
    return Check("capturing", True, path)
