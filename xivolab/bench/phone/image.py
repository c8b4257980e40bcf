"""The image of the phones, built from labs/phones and the wheel of pjsua2."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from xivolab import resources
from xivolab.bench import image
from xivolab.bench.engine import Engine
from xivolab.errors import LabError, MissingToolError

# The suite whose Python is the one the wheel is for.
SUITE = "bookworm"
_PYTHON = "3.11"
_PLATFORM = "manylinux2014_x86_64"
_WHEEL = "pjsua2-python==2.15.1.post1"
_SHA256 = "4eb5c3afca5ef589f94493ae14c86dbaf3584a9abc7964e89864ed85020c3d16"
_TARGET = "phones"


def source() -> Path:
    """The folder with the Dockerfile."""
    return resources.labs() / "phones"


def tag() -> str:
    """The tag of the image as its sources are now."""
    return f"localhost/xivolab-phones:{fingerprint()}"


def ensure(engine: Engine, on_progress: Callable[[str], None] = lambda text: None) -> str:
    """The tag of the image, built first if its sources changed. Raises LabError, MissingToolError."""
    name = tag()
    if not image.exists(engine, name):
        debian = image.base(engine, on_progress, SUITE)
        on_progress("building the image of the phones (a minute, once)")
        with tempfile.TemporaryDirectory(prefix="xivolab-phones-") as folder:
            shutil.copytree(source(), folder, dirs_exist_ok=True)
            fetch(Path(folder) / "pjsua2.whl")
            image.build(engine, _TARGET, name, Path(folder), f"BASE={debian}")
    return name


def fingerprint() -> str:
    """Name the state of the sources: other sources are another image."""
    digest = hashlib.sha256(f"{SUITE} {_SHA256}".encode())
    for file in sorted(path for path in source().rglob("*") if path.is_file()):
        digest.update(file.relative_to(source()).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def fetch(target: Path) -> None:
    """Download the wheel for the container's Python, whatever this one is, and check that it is the one we know."""
    with tempfile.TemporaryDirectory(prefix="xivolab-wheel-") as folder:
        words = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        words += ["--python-version", _PYTHON, "--platform", _PLATFORM, "--dest", folder, _WHEEL]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            why = (done.stderr.strip().splitlines() or ["pip says nothing"])[-1]
            raise MissingToolError(
                f"the SIP stack of the phones cannot be fetched: {why}", _WHEEL, "see `pip download`"
            )
        if hashlib.sha256(wheels[0].read_bytes()).hexdigest() != _SHA256:
            raise LabError("what pip fetched is not the package we know: its hash differs", wheels[0].name, "see PyPI")
        shutil.move(wheels[0], target)
