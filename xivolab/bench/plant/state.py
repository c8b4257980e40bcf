"""What is known of a bench beside its containers: its networks and secrets, kept in a folder only its user can read."""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from xivolab.bench.engine import RECORDER
from xivolab.errors import LabError, UsageError

DEFAULT = "xivo"
"""The name of the bench where none is given."""

SECRETS = ("db", "ami", "ari", "trunk")
"""What each bench has a random secret for: the database from the network, AMI, ARI, the operator."""

_NAME = re.compile(r"[a-z][a-z0-9]{0,19}")
# The recorder's containers are called xivolab-bench-HOST.
_TAKEN = (RECORDER, "bench")
_FILE = "state.json"


@dataclass(slots=True)
class State:
    """One bench: `subnets` by the name of their network, `secrets` by what they are for.

    `configured` is the fingerprint of the files that were last put into Asterisk's folder, empty before the first time.
    """

    name: str
    subnets: dict[str, str]
    secrets: dict[str, str] = field(default_factory=lambda: {use: secrets.token_urlsafe(18) for use in SECRETS})
    phones: int = 6
    configured: str = ""
    exposed: dict[str, str] = field(default_factory=dict)

    def secret(self, purpose: str) -> str:
        """The secret for a purpose."""
        return self.secrets[purpose]

    @property
    def folder(self) -> Path:
        """Where the files of this bench are."""
        return home() / self.name

    def save(self) -> None:
        """Write it down, whole or not at all."""
        folder = _private(self.folder)
        part = folder / f"{_FILE}.part"
        part.touch(0o600)
        part.write_text(json.dumps(asdict(self), indent=1))
        part.replace(folder / _FILE)


def home() -> Path:
    """The folder of all benches of this user: below XDG_RUNTIME_DIR where there is one, else among the temporary files."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and Path(runtime).is_dir():
        return Path(runtime) / "xivolab"
    return Path(tempfile.gettempdir()) / f"xivolab-{os.getuid()}"


def check_name(name: str) -> str:
    """The name of a bench, if it can be one. Raises UsageError."""
    if not _NAME.fullmatch(name) or name in _TAKEN:
        raise UsageError(
            f"{name!r} cannot be the name of a bench",
            "--bench",
            f"lower-case letters and digits, a letter first, 20 at most, and not {' or '.join(_TAKEN)}",
        )
    return name


def load(name: str) -> State | None:
    """What is known of a bench, None when nothing is. Raises LabError when its file cannot be read."""
    file = home() / name / _FILE
    try:
        return State(**json.loads(file.read_text()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise LabError(f"it cannot be read ({error})", str(file), f"xivolab pbx down --bench {name}") from error


def forget(name: str) -> None:
    """Remove every file of a bench."""
    shutil.rmtree(home() / name, ignore_errors=True)


def known() -> list[str]:
    """The names of the benches of this user that have files."""
    return sorted(file.parent.name for file in home().glob(f"*/{_FILE}"))


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Wait until nobody else brings this bench up or down. The lock goes with the process that holds it."""
    lock = _lock(name)
    try:
        yield
    finally:
        if not (home() / name).exists():
            _lock_file(name).unlink(missing_ok=True)
            with suppress(OSError):  # other benches have files there
                home().rmdir()
        lock.close()


def _lock(name: str) -> IO[str]:
    while True:
        _private(home())
        with suppress(FileNotFoundError):  # the folder went in this moment
            lock = _lock_file(name).open("w")
            fcntl.flock(lock, fcntl.LOCK_EX)
            # Whoever had it may have removed the file: then this lock is on nothing.
            if _lock_file(name).exists() and os.fstat(lock.fileno()).st_ino == _lock_file(name).stat().st_ino:
                return lock
            lock.close()


def _lock_file(name: str) -> Path:
    return home() / f"{name}.lock"


def _private(folder: Path) -> Path:
    """Make a folder nobody else can look into. Raises LabError when it is somebody else's."""
    if folder != home():
        _private(home())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise LabError("it is not a folder of this user", str(folder), "remove it, or set XDG_RUNTIME_DIR")
    folder.chmod(0o700)
    return folder
