"""Writing a case folder: `case.toml` (what the files are) and `truth.toml` (what really happened)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from xivolab.bench.truth import Truth, Words

Value = str | int | float | bool | datetime | Sequence[str] | Words


@dataclass(frozen=True, slots=True)
class File:
    """One piece of evidence. `kind` is capture, asterisk-log, cel-csv, cel-psql or cli."""

    path: str
    kind: str
    capture_point: str | None = None


@dataclass(frozen=True, slots=True)
class Host:
    """One host of the recording. `role` is pbx, phone, operator, router or db."""

    name: str
    role: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What `case.toml` says, but for the files, which differ from folder to folder."""

    name: str
    title: Words
    recorded: datetime
    asterisk: str
    hosts: tuple[Host, ...]


def write_case(folder: Path, case: Case, files: Iterable[File]) -> None:
    """Write `case.toml`; every file comes from the PBX, whose clock is UTC and exact."""
    head = {
        "name": case.name,
        "title": case.title,
        "recorded": case.recorded,
        "command": f"xivolab pbx record {case.name}",
        "asterisk": case.asterisk,
    }
    parts = [_table("[case]", head)]
    for file in files:
        entry: dict[str, Value | None] = {"path": file.path, "kind": file.kind, "host": "pbx"}
        entry |= {"capture_point": file.capture_point, "time_zone": "UTC", "clock_offset_s": 0.0}
        parts.append(_table("[[files]]", entry))
    parts += [_table("[[hosts]]", asdict(host)) for host in case.hosts]
    (folder / "case.toml").write_text("\n".join(parts))


def write_truth(folder: Path, truth: Truth) -> None:
    """Write `truth.toml`."""
    parts = [_table("[[calls]]", asdict(call)) for call in truth.calls]
    parts += [_table("[[registrations]]", asdict(registration)) for registration in truth.registrations]
    parts += [_table("[[faults]]", {"code": fault.code, "detail": fault.detail}) for fault in truth.faults]
    (folder / "truth.toml").write_text("\n".join(parts))


def _table(header: str, values: Mapping[str, Value | None]) -> str:
    lines = [header]
    for key, value in values.items():
        if isinstance(value, Words):
            lines += [f"{key}.en = {_literal(value.en)}", f"{key}.fr = {_literal(value.fr)}"]
        elif value is not None:
            lines.append(f"{key} = {_literal(value)}")
    return "\n".join(lines) + "\n"


def _literal(value: Value) -> str:
    """Spell a value as TOML does: its strings, numbers, booleans and arrays of strings are those of JSON."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps(value, ensure_ascii=False)
