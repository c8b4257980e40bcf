"""The programs beside Python that xivolab uses, and the Debian packages that hold them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Need = Literal["demo", "test"]


@dataclass(frozen=True, slots=True)
class Program:
    """A program: any of `commands` will do; `need` is the first `make` target that uses it."""

    commands: tuple[str, ...]
    debian: tuple[str, ...]
    purpose: str
    need: Need

    @property
    def name(self) -> str:
        """The command people know it by."""
        return self.commands[0]

    def path(self) -> str | None:
        """Where it is on this machine, None where it is not."""
        return next((path for command in self.commands if (path := shutil.which(command))), None)


PROGRAMS = (
    Program(("tshark",), ("tshark",), "shows one packet in Wireshark's detail (dissect)", "demo"),
    Program(
        ("chromium", "chromium-browser", "google-chrome"), ("chromium",), "opens reports in the browser tests", "test"
    ),
    # A docker client may be there without its daemon: it does not count.
    Program(("podman",), ("podman", "runc", "netavark", "iptables"), "runs the PBX and its phones (xivolab pbx)", "test"),
    Program(("debootstrap",), ("debootstrap",), "makes Debian where no image registry is within reach", "test"),
)


def missing(need: Need) -> list[Program]:
    """The programs that `make demo` or, with "test", `make test` would use and that are not there."""
    return [p for p in PROGRAMS if (p.need == "demo" or need == "test") and p.path() is None]


def install_command(programs: Iterable[Program]) -> str:
    """What to type on Debian and Ubuntu to get them."""
    return "apt-get install --no-install-recommends " + " ".join(package for p in programs for package in p.debian)
