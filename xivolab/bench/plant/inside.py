"""A command in a part of the bench, with this terminal or these pipes as its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence

from xivolab.bench.plant.bench import Bench


def command(words: Sequence[str]) -> list[str]:
    """What is run: a shell for nothing, the shell for one word that may hold pipes and quotes, else the words."""
    if not words:
        return ["bash"]
    return ["bash", "-c", words[0]] if len(words) == 1 else list(words)


def attach(bench: Bench, part: str, words: Sequence[str], user: str, environment: Mapping[str, str]) -> int:
    """Run it and wait; its exit status. Raises UsageError for a part that is none, LabError when the bench is not up."""
    where = bench.has(part)
    terminal = ["-t"] if sys.stdin.isatty() and sys.stdout.isatty() else []
    told = [word for name, value in environment.items() for word in ("--env", f"{name}={value}")]
    return subprocess.run(
        [*bench.engine.command, "exec", "-i", *terminal, *told, "--user", user, where, *command(words)],
        check=False,
    ).returncode
