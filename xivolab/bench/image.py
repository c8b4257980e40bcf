"""The two images, PBX and phone, built from labs/pbx on a Debian base that is pulled or made here."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from xivolab import resources
from xivolab.bench.engine import LABEL, Engine
from xivolab.errors import LabError, MissingToolError

SUITE = os.environ.get("XIVOLAB_DEBIAN_SUITE", "sid")
# None: the mirror debootstrap knows for itself.
MIRROR = os.environ.get("XIVOLAB_DEBIAN_MIRROR")
_PULLED = "docker.io/library/debian:{suite}"
_MADE = "localhost/xivolab-debian:{suite}"


def source() -> Path:
    """Return the folder with the Dockerfile and Asterisk's configuration."""
    return resources.labs() / "pbx"


def ensure(engine: Engine, target: str, on_progress: Callable[[str], None] = lambda text: None) -> str:
    """Return the tag of the image `target` ("pbx" or "phone"), built first if its sources changed.

    The first build takes some minutes (both images: 98 s of processor time, and the downloads). Raises LabError with the end of the build's output.
    """
    tag = f"localhost/xivolab-{target}:{_fingerprint()}"
    if not exists(engine, tag):
        debian = base(engine, on_progress)
        on_progress(f"building the image of the {target} (a minute or two, once)")
        build(engine, target, tag, source(), f"BASE={debian}")
    return tag


def _fingerprint() -> str:
    """Name the state of the sources, so that a changed configuration gives a new image."""
    digest = hashlib.sha256(SUITE.encode())
    for file in sorted(path for path in source().rglob("*") if path.is_file()):
        digest.update(file.relative_to(source()).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def exists(engine: Engine, tag: str) -> bool:
    """Whether the engine has this image."""
    return bool(engine.call("images", "--quiet", tag).strip())


def base(engine: Engine, on_progress: Callable[[str], None], suite: str = SUITE) -> str:
    """The tag of Debian itself: as it is here, pulled, or made here. Raises LabError, MissingToolError."""
    if there := present(engine, suite):
        return there
    made, pulled = _tags(suite)
    on_progress(f"getting Debian {suite}")
    try:
        engine.call("pull", pulled, timeout=120)
    except (LabError, subprocess.TimeoutExpired):
        on_progress(f"no image registry within reach: making Debian {suite} with debootstrap")
        _debootstrap(engine, made, suite)
        return made
    return pulled


def present(engine: Engine, suite: str = SUITE) -> str | None:
    """The tag of Debian, where the engine has it."""
    return next((tag for tag in _tags(suite) if exists(engine, tag)), None)


def _tags(suite: str) -> tuple[str, str]:
    """That of Debian made here, and that of one pulled."""
    return _MADE.format(suite=suite), _PULLED.format(suite=suite)


def _debootstrap(engine: Engine, tag: str, suite: str) -> None:
    if not shutil.which("debootstrap"):
        raise MissingToolError(
            "no image registry within reach and debootstrap is missing", "pbx", "apt-get install debootstrap"
        )
    with tempfile.TemporaryDirectory(prefix="xivolab-debian-") as folder:
        root = Path(folder) / "root"
        archive = Path(folder) / "root.tar"
        done = subprocess.run(
            ["debootstrap", "--variant=minbase", suite, str(root), *([MIRROR] if MIRROR else [])],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise LabError(done.stdout.strip().splitlines()[-1], "debootstrap", "run it as root, with a Debian mirror")
        subprocess.run(["tar", "-C", str(root), "-cf", str(archive), "."], check=True)
        engine.call("import", str(archive), tag)


def build(engine: Engine, target: str, tag: str, folder: Path, *arguments: str) -> None:
    """Build one target of the Dockerfile of a folder. Raises LabError with the end of the build's output."""
    command = [*engine.command, "build", "--network", "host", "--target", target, "--tag", tag, "--label", LABEL]
    if engine.name == "podman":
        # Build steps then run without a container's resource limits, which some hosts forbid to raise.
        command += ["--isolation", "chroot"]
    for argument in arguments:
        command += ["--build-arg", argument]
    done = subprocess.run(
        [*command, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        tail = " / ".join(line.strip() for line in done.stdout.splitlines()[-4:])
        raise LabError(f"the build failed: {tail}", f"image {target}", "check the access to a Debian mirror")
