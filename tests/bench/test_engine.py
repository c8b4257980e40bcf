"""Which container engine is used, and what is said where there is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xivolab.bench import engine
from xivolab.bench.engine import Engine, detect
from xivolab.errors import LabError, MissingToolError, XivolabError


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("XIVOLAB_ENGINE", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return tmp_path


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_nothing_installed_is_told_with_what_to_install(programs: Path) -> None:
    with pytest.raises(MissingToolError, match=r"docker is not installed; podman is not installed; .*apt-get install"):
        detect()


def test_a_docker_client_without_its_daemon_is_passed_over(programs: Path) -> None:
    program(programs, "docker", "echo 'Cannot connect to the Docker daemon' >&2")
    program(programs, "podman", "exit 0")

    assert detect().name == "podman"


def test_docker_is_taken_when_it_answers(programs: Path) -> None:
    program(programs, "docker", "echo 'Server Version: 28'")
    program(programs, "podman", "exit 0")

    assert detect().name == "docker"


def test_the_engine_can_be_chosen(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIVOLAB_ENGINE", "podman")
    program(programs, "docker", "exit 0")
    program(programs, "podman", "exit 0")

    assert detect().name == "podman"


def test_podman_without_root_is_explained(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    program(programs, "podman", "exit 0")

    with pytest.raises(MissingToolError, match="run it as root"):
        detect()


def test_runc_is_asked_for_where_it_is(programs: Path) -> None:
    program(programs, "podman", "exit 0")
    program(programs, "runc", "exit 0")

    assert detect().command == ["podman", "--runtime", "runc"]


def test_a_failure_is_told_in_the_engine_s_words(programs: Path) -> None:
    program(programs, "podman", "echo 'Error: no such network'; exit 125")
    program(programs, "docker", "echo 'Error: no such network' >&2; echo 'run --help' >&2; exit 1")

    with pytest.raises(LabError, match="docker network: Error: no such network"):
        Engine(["docker"]).call("network", "inspect", "nowhere")


def test_addresses_taken_are_told_with_what_to_do(programs: Path) -> None:
    program(programs, "podman", "echo 'Error: subnet 10.77.0.0/24 is already used on the host' >&2; exit 125")

    with pytest.raises(XivolabError, match=r"already used on the host; free the addresses 10.77.0.0/24") as told:
        Engine(["podman"]).create_network("net", ["10.77.0.0/24"])
    assert not isinstance(told.value, LabError), "trying again would not help"


def test_a_container_that_does_not_start_is_told(programs: Path) -> None:
    program(programs, "podman", "echo 'Error: address is taken' >&2; exit 126")

    with pytest.raises(LabError, match="podman run lab-bob: Error: address is taken"):
        Engine(["podman"]).run("phone", "lab-bob", network="lab", addresses=("10.77.0.12", "fd77::12"))


def test_carriage_returns_come_through(programs: Path) -> None:
    program(programs, "docker", r"printf 'INVITE sip:1002 SIP/2.0\r\n'")

    assert Engine(["docker"]).call("exec") == "INVITE sip:1002 SIP/2.0\r\n"


def test_limits_never_exceed_those_of_this_process() -> None:
    assert all(0 < value <= 4096 for value in engine.limits().values())


def test_a_bench_removes_only_what_is_its_own(programs: Path, tmp_path: Path) -> None:
    program(programs, "docker", f'echo "$@" >> {tmp_path}/asked; echo "Server Version: 28"')

    detect("class-2").clear()

    asked = (tmp_path / "asked").read_text().splitlines()
    listed = [line for line in asked if " ls " in f" {line} " or line.startswith("ps")]
    assert len(listed) == 3
    assert all(line.endswith("--filter label=xivolab.bench=class-2") for line in listed)
