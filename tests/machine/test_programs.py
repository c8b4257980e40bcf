"""Which programs are missing, and what to type to have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from xivolab.machine.programs import PROGRAMS, Program, install_command, missing

ENGINE = next(program for program in PROGRAMS if "podman" in program.commands)


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine whose only folder of programs is empty."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_the_demo_needs_less_than_the_tests(no_programs: Path) -> None:
    assert [wanted.name for wanted in missing("demo")] == ["tshark"]
    assert missing("test") == list(PROGRAMS)


def program(folder: Path, name: str, status: int) -> Path:
    """A program that ends with some status."""
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {status}\n")
    path.chmod(0o755)
    return path


def test_any_of_its_commands_will_do(no_programs: Path) -> None:
    podman = program(no_programs, "podman", 0)
    assert ENGINE.path() == str(podman)
    assert ENGINE not in missing("test")


def test_a_client_whose_server_does_not_answer_is_no_engine(no_programs: Path) -> None:
    program(no_programs, "docker", 1)
    assert ENGINE.path() is None
    podman = program(no_programs, "podman", 0)
    assert ENGINE.path() == str(podman)


def test_what_to_type() -> None:
    two = [Program(("a",), ("pkg-a", "pkg-b"), "", "demo"), Program(("c",), ("pkg-c",), "", "test")]
    assert install_command(two) == "apt-get install --no-install-recommends pkg-a pkg-b pkg-c"
