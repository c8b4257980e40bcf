"""What is said of a machine that lacks something."""

from __future__ import annotations

import json
import os
from collections import namedtuple
from pathlib import Path

import pytest

from xivolab.bench.engine import Engine
from xivolab.bench.plant import doctor
from xivolab.bench.plant.bench import Bench
from xivolab.errors import MissingToolError
from xivolab.machine.doctor import Check

Usage = namedtuple("Usage", "total used free")


class Told(Engine):
    """An engine as a machine might have it."""

    def __init__(self, arch: str = "amd64", images: bool = True, networks: str = "", containers: str = "") -> None:
        self.command = ["docker"]
        self.arch, self.has, self.networks, self.containers = arch, images, networks, containers

    def call(self, *arguments: str, timeout: float = 300) -> str:
        match arguments[:2]:
            case ("info", "--format"):
                return "/var/lib/docker" if "RootDir" in arguments[2] else self.arch
            case ("images", _):
                return "1234" if self.has else ""
            case ("network", "ls"):
                return "one" if self.networks else ""
            case ("network", "inspect"):
                return json.dumps([{"IPAM": {"Config": [{"Subnet": self.networks}]}}])
            case ("ps", _):
                return self.containers
        return "28.0"


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One that lacks nothing."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(doctor.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: Usage(0, 0, 50_000_000_000))
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def told(engine: Engine) -> dict[str, Check]:
    return {check.what: check for check in doctor.checks(lambda: engine)}


def test_a_machine_that_lacks_nothing_is_well() -> None:
    found = told(Told())

    assert {what for what, check in found.items() if check.needed and not check.ok} == set()
    assert found["engine"].found.startswith("docker 28.0")


def test_without_an_engine_the_rest_is_still_told() -> None:
    def find() -> Engine:
        raise MissingToolError("no container engine can be used", "pbx", "apt-get install podman")

    found = {check.what: check for check in doctor.checks(find)}

    assert (found["engine"].ok, found["engine"].needed, found["engine"].remedy) == (
        False,
        True,
        "apt-get install podman",
    )
    assert "memory" in found
    assert "disk" not in found


def test_another_architecture_is_told() -> None:
    assert "x86_64, containers of arm64" in told(Told(arch="arm64"))["architecture"].found
    assert not told(Told(arch="arm64"))["architecture"].ok


def test_a_full_disk_is_told_while_images_are_to_be_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: Usage(0, 0, 1_000_000_000))

    assert not told(Told(images=False))["disk"].ok
    assert told(Told(images=True))["disk"].ok


def test_addresses_that_are_all_used_are_told() -> None:
    found = told(Told(networks="10.80.0.0/12"))["addresses"]

    assert not found.ok
    assert found.found == "used of 10.80.0.0/12: 10.80.0.0/12"
    assert told(Told(networks="10.81.0.0/24"))["addresses"].ok


def test_somebody_else_s_benches_are_told_with_how_to_remove_them() -> None:
    found = told(Told(containers="old\nold\nrecorder"))["leftovers"]

    assert found.found == "bench old has containers, and no files of this user"
    assert "xivolab pbx down --bench old" in found.remedy


def test_a_user_without_root_is_told_what_does_not_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert not told(Told())["rights"].ok
    assert not told(Told())["rights"].needed


def test_little_memory_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "meminfo").write_text("MemTotal: 8000000 kB\nMemAvailable: 500000 kB\n")
    monkeypatch.setattr(doctor, "_MEMINFO", tmp_path / "meminfo")

    assert told(Told())["memory"].found == "0.5 GB free, room for 0 benches"


def test_the_engine_of_this_machine_is_asked(bench: Bench) -> None:
    found = {check.what: check for check in doctor.checks()}

    assert found["images"].found == "all built"
    assert found["Debian"].found.endswith(":sid")
    assert found["disk"].ok
