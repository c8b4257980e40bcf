"""What this machine lacks and how to mend it: one check for each thing xivolab leans on."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xivolab import __version__
from xivolab.machine.programs import PROGRAMS, Program, install_command


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `found` when it is well, `remedy` when it is not; `needed` when nothing works without it."""

    what: str
    ok: bool
    found: str
    remedy: str = ""
    needed: bool = False


def checks() -> Iterator[Check]:
    """All checks, the most important first; each is made when it is asked for."""
    yield _python()
    yield from _packages()
    yield _kernels()
    yield _writable("temporary files", Path(tempfile.gettempdir()))
    for program in PROGRAMS:
        yield _program(program)
    yield _capturing()


def _python() -> Check:
    # Older ones do not get as far as this: the packages refuse them.
    return Check("Python", True, f"{platform.python_version()} ({sys.executable})", needed=True)


def _packages() -> Iterator[Check]:
    """The packages xivolab was installed with: those of the core are needed, an extra may be absent as a whole."""
    yield Check("xivolab", True, f"{__version__} ({Path(__file__).parents[1]})", needed=True)
    lacking: dict[str, list[str]] = {}
    try:
        requirements = importlib.metadata.requires("xivolab") or []
    except importlib.metadata.PackageNotFoundError:
        yield Check("packages", False, "xivolab is not installed here", "make setup, or pip install xivolab")
        return
    for requirement in requirements:
        name = re.split(r"[\s\[<>=!;~]", requirement, maxsplit=1)[0]
        extra = re.search(r"extra == ['\"](\w+)['\"]", requirement)
        group = extra[1] if extra else ""
        lacking.setdefault(group, [])
        if not _installed(name):
            lacking[group].append(name)
    for group, names in lacking.items():
        target = f"xivolab[{group}]" if group else "xivolab"
        what = f"packages of {target}"
        found = f"{', '.join(names)} missing" if names else "all there"
        yield Check(what, not names, found, f"pip install '{target}'", needed=not group)


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _kernels() -> Check:
    from xivolab._kernel import cache_folder
    from xivolab._native import load

    folder = cache_folder()
    kept = len(load(folder) or ())
    remedy = "make setup, or python -m xivolab._compile; else the first command compiles them"
    return Check("kernel cache", kept > 0, f"{kept} compiled in {folder}", remedy)


def _writable(what: str, folder: Path) -> Check:
    return Check(what, os.access(folder, os.W_OK), str(folder), "set TMPDIR to a folder you can write to", needed=True)


def _program(program: Program) -> Check:
    path = program.path()
    if path is None:
        return Check(program.name, False, f"not installed; it {program.purpose}", install_command([program]))
    return Check(program.name, True, f"{_version_of(path)} ({path})")


def _capturing() -> Check:
    """Whether this user may capture packets (xivolab live)."""
    from xivolab.errors import MissingToolError
    from xivolab.net import dumpcap

    try:
        names = dumpcap.interfaces()
        reason = dumpcap.trouble(names[0]) if names else "no interface"
    except MissingToolError:
        return Check("capturing", False, "dumpcap is not installed; it captures (xivolab live)", dumpcap.INSTALL)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check("capturing", False, f"dumpcap does not answer ({error})", dumpcap.INSTALL)
    if reason is not None:
        return Check("capturing", False, f"this user may not ({reason}): no xivolab live", dumpcap.RIGHTS)
    return Check("capturing", True, f"permitted on {', '.join(names)}")


def _version_of(path: str) -> str:
    """The first version number a program tells, "?" when it tells none."""
    try:
        told = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10).stdout
    except (OSError, subprocess.TimeoutExpired):
        return "?"
    found = re.search(r"\d+(\.\d+)+", told)
    return found[0] if found else "?"
