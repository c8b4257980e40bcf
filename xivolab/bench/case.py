"""Writing a case folder: `case.toml` (what the files are) and `truth.toml` (what really happened)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import tomli_w

from xivolab.bench.truth import Truth, Words


@dataclass(frozen=True, slots=True)
class File:
    """One piece of evidence. `kind` is capture, asterisk-log, cel-csv, cel-psql or cli."""

    path: str
    kind: str
    capture_point: str | None = None
    host: str = "pbx"


@dataclass(frozen=True, slots=True)
class Host:
    """One host of the recording. `role` is pbx, phone, operator or router."""

    name: str
    role: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What `case.toml` says, but for the files, which differ from folder to folder. `recorded` is UTC."""

    name: str
    title: Words
    recorded: datetime
    asterisk: str
    hosts: tuple[Host, ...]


def write_case(folder: Path, case: Case, files: Iterable[File]) -> None:
    """Write `case.toml`; all hosts of the lab have the clock of this machine, and it is UTC."""
    head = {
        "name": case.name,
        "title": asdict(case.title),
        "recorded": case.recorded.replace(microsecond=0),
        "command": f"xivolab pbx record {case.name}",
        "asterisk": case.asterisk,
    }
    _write(folder / "case.toml", {"case": head, "files": [_file(file) for file in files], "hosts": _list(case.hosts)})


def write_truth(folder: Path, truth: Truth) -> None:
    """Write `truth.toml`."""
    _write(folder / "truth.toml", {key: _list(value) for key, value in asdict(truth).items() if value})


def _file(file: File) -> dict[str, Any]:
    point = {"capture_point": file.capture_point} if file.capture_point else {}
    return {"path": file.path, "kind": file.kind, "host": file.host, **point, "time_zone": "UTC", "clock_offset_s": 0.0}


def _list(items: Iterable[Any]) -> list[dict[str, Any]]:
    tables = (item if isinstance(item, dict) else asdict(item) for item in items)
    return [{key: value for key, value in table.items() if value is not None} for table in tables]


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_bytes(tomli_w.dumps(content, multiline_strings=False).encode())
