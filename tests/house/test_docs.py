"""The pages about the command line: every option is there, and every example works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.terminal import Run
from xivolab.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "commands").glob("*.md"))
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
EXAMPLES = re.findall(r"^    \$ (xivolab .*)$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "pbx"])
def test_every_option_of_a_command_is_told(name: str, run: Run) -> None:
    options = set(
        re.findall(r"--[a-z][a-z-]+", run(name, "--help").out.partition("Options:")[2].partition("Examples:")[0])
    )
    assert options
    assert {option for option in options - {"--help"} if option not in TEXT} == set()


def test_every_command_is_told() -> None:
    assert [name for name in COMMANDS if f"`{name}`" not in TEXT] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_works_in_the_checkout(example: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    ran = run(*shlex.split(example)[1:])
    assert ran.status == 0
    assert ran.out.count("\n") > 1


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"
