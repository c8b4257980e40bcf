"""The images of a bench, built from labs/bench with the services of this package that run inside."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from xivolab import resources
from xivolab.bench import image
from xivolab.bench.engine import Engine
from xivolab.bench.phone import image as phones

ASTERISK = os.environ.get("XIVOLAB_ASTERISK", "22")
"""The version of Asterisk that is installed: as much of it as must be so."""

TARGETS = ("db", "pbx", "mail", "router")
PHONES = "phones"
"""The image that another Debian is under: see `xivolab.bench.phone.image`."""


_PACKAGE = Path(__file__).parents[2]
# What runs inside the PBX: its services, and the modules of ours that they use.
_INSIDE = (
    "bench/agid",
    "bench/call_logd",
    "asterisk/cel/call_log.py",
    "asterisk/cel/event.py",
    "asterisk/dialplan/patterns.py",
    "schema",
)


def tags() -> dict[str, str]:
    """The tag of each target as its sources are now."""
    return {target: f"localhost/xivolab-bench-{target}:{fingerprint()}" for target in TARGETS} | {PHONES: phones.tag()}


def ensure(engine: Engine, target: str, on_progress: Callable[[str], None] = lambda text: None) -> str:
    """The tag of the image of a target, built first if its sources changed. Raises LabError, MissingToolError."""
    if target == PHONES:
        return phones.ensure(engine, on_progress)
    tag = tags()[target]
    if not image.exists(engine, tag):
        debian = image.base(engine, on_progress)
        on_progress(f"building the image of the {target} (once)")
        with tempfile.TemporaryDirectory(prefix="xivolab-image-") as folder:
            stage(Path(folder))
            image.build(engine, target, tag, Path(folder), f"BASE={debian}", f"ASTERISK={ASTERISK}")
    return tag


def fingerprint() -> str:
    """Name the state of the sources: other sources are another image."""
    digest = hashlib.sha256(f"{image.SUITE} {ASTERISK}".encode())
    for name, file in sorted(_sources()):
        digest.update(name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def stage(folder: Path) -> None:
    """Put everything that a build needs into a folder."""
    for name, file in _sources():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    python = folder / "python"
    for package in {parent for file in python.rglob("*.py") for parent in file.parents if python in parent.parents}:
        # The packages on the way are empty there: ours would import what the image does not have.
        (package / "__init__.py").touch()


def _sources() -> Iterator[tuple[str, Path]]:
    """Each file of the build, and its name there. Asterisk's own files are not among them: those `apply` brings."""
    labs = resources.labs() / "bench"
    for file in labs.rglob("*"):
        if file.is_file() and "asterisk" not in file.relative_to(labs).parts:
            yield file.relative_to(labs).as_posix(), file
    for inside in _INSIDE:
        path = _PACKAGE / inside
        for file in [path] if path.is_file() else path.rglob("*.py"):
            yield f"python/xivolab/{file.relative_to(_PACKAGE).as_posix()}", file
