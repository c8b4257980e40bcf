"""The table of commands and the commands themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pytest
import typer

from tests.terminal import Run
from xivolab.cli.app import command
from xivolab.cli.commands import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_has_a_help_within_80_columns(name: str, run: Run) -> None:
    ran = run(name, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"Usage: xivolab {name} ")
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "pbx"])
def test_every_command_has_examples_and_no_python_types(name: str, run: Run) -> None:
    text = run(name, "--help").out
    assert f"xivolab {name} " in text.partition("Examples:")[2]
    assert "list[" not in text


def test_the_list_of_commands_fits_80_columns(run: Run) -> None:
    text = run("--help").out
    assert all(f"\n  {name} " in text for name in COMMANDS)
    assert max(map(len, text.splitlines())) <= 80


@dataclass(frozen=True)
class Bundle:
    """Two options that commands take together."""

    first: Annotated[str | None, typer.Option("--first")] = None
    second: Annotated[int, typer.Option("--second")] = 2


def test_options_that_commands_share_are_one_parameter() -> None:
    told: list[object] = []

    @command("xivolab made x")
    def made(word: Annotated[str, typer.Argument()], *, bundle: Bundle) -> None:
        told.append((word, bundle))

    with pytest.raises(SystemExit):
        made(["x", "--first", "a"])
    with pytest.raises(SystemExit):
        made(["y", "--second", "5"])
    assert told == [("x", Bundle("a", 2)), ("y", Bundle(None, 5))]
