"""The programs beside Python that xivolab uses, and the Debian packages that hold them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Need = Literal["demo", "test"]


@dataclass(frozen=True, slots=True)
class Program:
    """A program: any of `commands` will do; `need` is the first `make` target that uses it.

    `probe` are arguments with which it has to succeed: a docker client without its daemon is no container engine.
    """

    commands: tuple[str, ...]
    debian: tuple[str, ...]
    purpose: str
    need: Need
    probe: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The commands people know it by."""
        return " or ".join(self.commands[:2])

    def path(self) -> str | None:
        """Where it is on this machine, None where it is not."""
        return next((path for command in self.commands if (path := shutil.which(command)) and self._works(path)), None)

    def _works(self, path: str) -> bool:
        if not self.probe:
            return True
        try:
            return subprocess.run([path, *self.probe], capture_output=True, timeout=30).returncode == 0
        except (OSError, subprocess.TimeoutExpired):
            return False


PROGRAMS = (
    Program(
        ("tshark",),
        ("tshark",),
        "reads TLS, SCTP, other links and formats, and shows one packet in full detail (dissect)",
        "demo",
    ),
    Program(
        ("chromium", "google-chrome", "chromium-browser"), ("chromium",), "opens reports in the browser tests", "test"
    ),
    Program(
        ("docker", "podman"),
        ("podman", "runc", "netavark", "iptables"),
        "runs the PBX and its phones (xivolab pbx)",
        "test",
        probe=("ps",),
    ),
    Program(("pg_ctlcluster", "initdb"), ("postgresql",), "keeps CEL in a database, in the tests", "test"),
    Program(("debootstrap",), ("debootstrap",), "makes Debian where no image registry is within reach", "test"),
)


def missing(need: Need) -> list[Program]:
    """The programs that `make demo` or, with "test", `make test` would use and that are not there."""
    return [p for p in PROGRAMS if (p.need == "demo" or need == "test") and p.path() is None]


def install_command(programs: Iterable[Program]) -> str:
    """What to type on Debian and Ubuntu to get them."""
    return "apt-get install --no-install-recommends " + " ".join(package for p in programs for package in p.debian)
