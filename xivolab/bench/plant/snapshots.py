"""The state of a bench as one file: database, AstDB with who is registered, configuration and spool; and put back."""

from __future__ import annotations

import io
import json
import re
import tarfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from xivolab.bench.plant import files
from xivolab.bench.plant.state import State
from xivolab.errors import LabError, UsageError

if TYPE_CHECKING:
    from xivolab.bench.plant.bench import Bench

KNOWN = "known"
"""The state to which `reset` goes back: as the bench came up, or as `xivolab pbx snapshot known` left it."""

_NAME = re.compile(r"[\w][\w.-]{0,40}")
_TOLD, _DATABASE, _FILES = "snapshot.json", "database.dump", "pbx.tar"
_TOOL = "/usr/local/lib/xivolab/state"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One that is kept: its name, when it was made (epoch seconds), how large it is."""

    name: str
    made: float
    size: int


def listed(state: State) -> list[Snapshot]:
    """Those of a bench, the oldest first."""
    found = [Snapshot(path.stem, path.stat().st_mtime, path.stat().st_size) for path in _folder(state).glob("*.tar")]
    return sorted(found, key=lambda one: one.made)


def take(bench: Bench, name: str) -> Path:
    """Keep the state under a name, in place of one of that name; the file. Calls go on meanwhile."""
    path = _path(bench.state, name)
    with ThreadPoolExecutor(2) as pool:
        database, kept = pool.submit(_dump, bench), pool.submit(_out, bench, "pbx", _TOOL, "save")
        parts = {_DATABASE: database.result(), _FILES: kept.result()}
    told = {"bench": bench.name, "made": time.time(), "configured": bench.state.configured}
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(files.pack({_TOLD: json.dumps(told).encode(), **parts}))
    part.chmod(0o600)
    part.replace(path)
    return path


def restore(bench: Bench, name: str, contacts: Literal["then", "now"] = "then") -> None:
    """Put a state back: calls end, Asterisk starts again. Registered is who was so `then`, or who is so `now`.

    Raises UsageError for an unknown name, LabError for a file that is none or when something does not come up again.
    """
    members = _read(_path(bench.state, name))
    told = json.loads(members[_TOLD])
    longer = "keep" if contacts == "now" else str(max(round(time.time() - told["made"]), 0))
    with ThreadPoolExecutor(2) as pool:
        done = [
            pool.submit(_load, bench, members[_DATABASE]),
            pool.submit(_in, bench, "pbx", members[_FILES], _TOOL, "load", longer),
        ]
        for one in done:
            one.result()
    state = bench.state
    state.configured = told["configured"]
    state.save()
    bench.service("start")
    bench.wait_booted()


def _dump(bench: Bench) -> bytes:
    return _out(bench, "db", "pg_dump", "--format=custom", "--compress=0", "asterisk", user="postgres")


def _load(bench: Bench, dump: bytes) -> None:
    anew = ["-c", "DROP DATABASE IF EXISTS asterisk WITH (FORCE)", "-c", "CREATE DATABASE asterisk OWNER asterisk"]
    bench.execute("db", "psql", "-q", "-d", "postgres", *anew, user="postgres")
    load = ["pg_restore", "--no-owner", "--role=asterisk", "--exit-on-error", "--single-transaction", "-d", "asterisk"]
    _in(bench, "db", dump, *load, user="postgres")


def _out(bench: Bench, part: str, *command: str, user: str = "root") -> bytes:
    return bench.engine.feed(None, "exec", "--user", user, bench.container(part), *command)


def _in(bench: Bench, part: str, data: bytes, *command: str, user: str = "root") -> None:
    bench.engine.feed(data, "exec", "-i", "--user", user, bench.container(part), *command)


def _folder(state: State) -> Path:
    return state.folder / "snapshots"


def _path(state: State, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be the name of a snapshot", "snapshot", "letters, digits, . _ and -")
    return _folder(state) / f"{name}.tar"


def _read(path: Path) -> Mapping[str, bytes]:
    try:
        with tarfile.open(fileobj=io.BytesIO(path.read_bytes())) as archive:
            told = {entry.name: archive.extractfile(entry) for entry in archive.getmembers()}
            members = {name: file.read() for name, file in told.items() if file is not None}
    except FileNotFoundError:
        names = ", ".join(sorted(one.stem for one in path.parent.glob("*.tar"))) or "none"
        raise UsageError(f"there is no snapshot {path.stem!r}", "restore", f"there are: {names}") from None
    except (OSError, tarfile.TarError) as error:
        raise LabError(f"it cannot be read ({error})", str(path), "take another: xivolab pbx snapshot NAME") from error
    if missing := {_TOLD, _DATABASE, _FILES} - set(members):
        raise LabError(f"{', '.join(sorted(missing))} missing", str(path), "take another: xivolab pbx snapshot NAME")
    return members
