"""Which programs are missing, and what to type to have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from xivolab.machine.programs import PROGRAMS, Program, install_command, missing


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine whose only folder of programs is empty."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_the_demo_needs_less_than_the_tests(no_programs: Path) -> None:
    assert [program.name for program in missing("demo")] == ["tshark"]
    assert missing("test") == list(PROGRAMS)


def test_any_of_its_commands_will_do(no_programs: Path) -> None:
    chrome = no_programs / "google-chrome"
    chrome.write_text("#!/bin/sh\n")
    chrome.chmod(0o755)
    browser = next(program for program in PROGRAMS if "chromium" in program.commands)
    assert browser.path() == str(chrome)
    assert browser not in missing("test")


def test_what_to_type() -> None:
    two = [Program(("a",), ("pkg-a", "pkg-b"), "", "demo"), Program(("c",), ("pkg-c",), "", "test")]
    assert install_command(two) == "apt-get install --no-install-recommends pkg-a pkg-b pkg-c"
