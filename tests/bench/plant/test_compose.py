"""The compose file against what `up` does: the same containers, word for word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from xivolab.bench.plant import compose, containers, images
from xivolab.bench.plant.bench import Bench
from xivolab.bench.plant.parts import Part, parts
from xivolab.bench.plant.state import State
from xivolab.bench.plant.subnets import choose

STATE = State("class", choose("class", []))
PARTS = parts(STATE)
IMAGES = {target: f"localhost/{target}:1" for target in images.tags()}
FILE = yaml.safe_load(compose.text("class", PARTS, IMAGES, STATE.subnets))


def words(service: Mapping[str, Any], file: Mapping[str, Any]) -> list[str]:
    """The options of `docker create` that a service stands for: its first network alone, as `up` begins."""
    first = next(iter(service["networks"]))
    told = ["--name", service["container_name"], "--hostname", service["hostname"]]
    told += ["--network", file["networks"][first]["name"], "--ip", service["networks"][first]["ipv4_address"]]
    told += [word for option in service["security_opt"] for word in ("--security-opt", option)]
    told += [word for name in service["cap_drop"] for word in ("--cap-drop", name)]
    told += [word for name in service.get("cap_add", []) for word in ("--cap-add", name)]
    told += ["--read-only"] if service["read_only"] else []
    told += [word for folder in service.get("tmpfs", []) for word in ("--tmpfs", folder)]
    for mount in service.get("volumes", []):
        name, folder = mount.split(":")
        told += ["--volume", f"{file['volumes'][name]['name']}:{folder}"]
    told += [w for name, value in service.get("environment", {}).items() for w in ("--env", f"{name}={value}")]
    told += [w for name, value in service.get("sysctls", {}).items() for w in ("--sysctl", f"{name}={value}")]
    told += [w for name, one in service["ulimits"].items() for w in ("--ulimit", f"{name}={one['soft']}:{one['hard']}")]
    told += [word for host in service["extra_hosts"] for word in ("--add-host", host)]
    told += [word for server in service["dns"] for word in ("--dns", server)]
    return [*told, "--pids-limit", str(service["pids_limit"]), "--cpu-shares", str(service["cpu_shares"])]


@pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
def test_a_service_is_the_container_that_up_makes(part: Part) -> None:
    service = FILE["services"][part.name]

    assert words(service, FILE) == containers.options("class", part, PARTS)
    assert {name: one["ipv4_address"] for name, one in service["networks"].items()} == part.networks
    assert service["labels"][containers.MARK] == containers.fingerprint(part, IMAGES[part.image], PARTS)


def test_networks_have_no_way_out_and_nothing_is_published() -> None:
    assert {name: one["ipam"]["config"][0]["subnet"] for name, one in FILE["networks"].items()} == STATE.subnets
    assert all(one["internal"] for one in FILE["networks"].values())
    assert not any("ports" in service for service in FILE["services"].values())


def test_no_secret_stands_in_it() -> None:
    text = compose.text("class", PARTS, IMAGES, STATE.subnets)

    assert not [secret for secret in STATE.secrets.values() if secret in text]


def test_what_runs_is_what_the_file_says(bench: Bench) -> None:
    """The containers that `up` made, as the engine tells of them."""
    file = yaml.safe_load(bench.compose())

    for name, service in file["services"].items():
        found = containers.look(bench.engine, service["container_name"])
        assert found is not None, name
        assert (found.mark, found.image) == (service["labels"][containers.MARK], service["image"])
