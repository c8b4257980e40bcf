"""A PostgreSQL of one's own for tests and benchmarks: a cluster in a temporary folder, on a Unix socket, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xivolab.errors import MissingToolError

if TYPE_CHECKING:
    from psycopg import sql

_PLACES = "/usr/lib/postgresql"
_USER = "postgres"
_ORDINARY = ("postgres", "nobody")
"""Accounts to run the server as when we are root: PostgreSQL refuses to."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server: `folder` holds its socket, `dsn` is what psycopg and `xivolab` take."""

    folder: Path
    programs: Path

    @property
    def dsn(self) -> str:
        """The database every cluster has."""
        return f"postgresql:///postgres?host={self.folder}&user={_USER}"

    def psql(self, commands: str, *options: str) -> str:
        """What psql prints for some commands, without reading anybody's .psqlrc. Raises CalledProcessError."""
        words = [str(self.programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", *options, self.dsn]
        ran = subprocess.run(words, input=commands, capture_output=True, text=True, check=True, env=_environment())
        return ran.stdout


def programs() -> Path | None:
    """Where the newest PostgreSQL server of this machine has its programs, None where there is none."""
    versions = [path for path in Path(_PLACES).glob("*/bin") if (path / "initdb").exists()]
    if versions:  # Debian's are on nobody's PATH
        return max(versions, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def cel_table(name: sql.Composable, time: sql.Composable | None = None, column: str = "eventtime") -> sql.Composed:
    """What makes a table like XiVO's `cel`, its time of another type or in a column of another name."""
    from psycopg import sql

    texts = (
        "userdeftype cid_name cid_num cid_ani cid_rdnis cid_dnid exten context channame appname appdata amaflags "
        "accountcode peeraccount uniqueid linkedid userfield peer"
    )
    told = sql.SQL(", ").join(sql.SQL("{} text NOT NULL").format(sql.Identifier(text)) for text in texts.split())
    return sql.SQL(
        "CREATE TABLE {} (id serial PRIMARY KEY, eventtype varchar(30) NOT NULL, {} {} NOT NULL, {}, extra text, "
        "call_log_id integer)"
    ).format(name, sql.Identifier(column), time or sql.SQL("timestamp"), told)


@contextmanager
def cluster(settings: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """A server that listens on a Unix socket only, with `settings` of postgresql.conf. Raises MissingToolError."""
    place = programs()
    if place is None:
        raise MissingToolError("no PostgreSQL server on this machine", "initdb", "apt install postgresql-15")
    with tempfile.TemporaryDirectory(prefix="xivolab-postgres-") as name:
        folder = Path(name)
        data = folder / "data"
        if os.geteuid() == 0:
            shutil.chown(folder, _ordinary_user())
        initdb = ("initdb", "-D", str(data), "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        _run(place, folder, initdb)
        told = {
            "listen_addresses": "''",
            "unix_socket_directories": f"'{folder}'",
            "fsync": "off",
            "timezone": "'UTC'",
            **(settings or {}),
        }
        with (data / "postgresql.conf").open("a", encoding="utf-8") as out:
            out.writelines(f"{key} = {value}\n" for key, value in told.items())
        _run(place, folder, ("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "start"))
        try:
            yield Cluster(folder, place)
        finally:
            _run(place, folder, ("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop"))


def _ordinary_user() -> str:
    import pwd

    there = {entry.pw_name for entry in pwd.getpwall()}
    return next(user for user in _ORDINARY if user in there)


def _run(place: Path, folder: Path, words: Sequence[str]) -> None:
    subprocess.run(
        [str(place / words[0]), *words[1:]],
        check=True,
        cwd=folder,
        user=_ordinary_user() if os.geteuid() == 0 else None,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """Nothing of the caller's libpq settings, and messages in English."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG") and not key.startswith("LC_")}
    return {**kept, "LANG": "C.UTF-8"}
