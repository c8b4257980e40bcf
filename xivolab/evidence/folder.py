"""The case folder: `case.toml` beside the evidence says what each file is and who the hosts are.

[case]          name, title.en, title.fr, recorded, command, asterisk
[[files]]       path (inside the folder), kind, host, capture_point, time_zone, clock_offset_s
[[hosts]]       name, role, addresses
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from xivolab.errors import EvidenceError
from xivolab.evidence.archive import Place
from xivolab.evidence.recognise import KINDS

CASE_FILE = "case.toml"
NOT_EVIDENCE = {CASE_FILE, "truth.toml"}


@dataclass(frozen=True, slots=True)
class HostInfo:
    """A machine that the case folder names, or whose name was `learnt`; `role` is pbx, phone, operator, router, db …"""

    name: str
    role: str
    learnt: bool = False


@dataclass(frozen=True, slots=True)
class FolderFile:
    """One file of a case folder, or of an archive of one, as `case.toml` describes it."""

    path: Path | Place
    kind: str | None = None
    host: str | None = None
    capture_point: str | None = None
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of evidence; `hosts` maps addresses."""

    files: list[FolderFile]
    hosts: dict[str, HostInfo] = field(default_factory=dict)


def read_folder(folder: Path | Place) -> Folder:
    """The files of a folder: those `case.toml` lists, or all of them, sub-folders (which may be cases) included.

    Raises EvidenceError when `case.toml` is damaged or names what it must not.
    """
    described = folder / CASE_FILE
    if not described.is_file():
        return _read_undescribed(folder)
    import tomllib

    try:
        data = tomllib.loads(described.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EvidenceError(
            f"not valid TOML: {error}", str(described), "mend it, or delete it to read all files"
        ) from None
    files_told = [_file(entry, folder, described) for entry in _tables(data, "files", described)]
    hosts = {
        str(address): HostInfo(str(entry.get("name", address)), str(entry.get("role", "")))
        for entry in _tables(data, "hosts", described)
        for address in _addresses(entry, described)
    }
    return Folder(files_told, hosts)


def write_folder(folder: Path, name: str, files: Sequence[FolderFile], hosts: Mapping[str, HostInfo]) -> None:
    """Writes the `case.toml` of a folder; `files` lie in it, `hosts` maps addresses."""
    import tomli_w

    addresses: dict[HostInfo, list[str]] = {}
    for address, host in hosts.items():
        addresses.setdefault(host, []).append(address)
    told = [
        {
            "path": file.path.name,
            "kind": file.kind,
            **({"host": file.host} if file.host else {}),
            **({"capture_point": file.capture_point} if file.capture_point else {}),
            **({"time_zone": file.time_zone} if file.time_zone else {}),
        }
        for file in files
    ]
    people = [{"name": host.name, "role": host.role, "addresses": known} for host, known in addresses.items()]
    content = {"case": {"name": name}, "files": told, "hosts": people}
    (folder / CASE_FILE).write_text(tomli_w.dumps(content), encoding="utf-8")


def _read_undescribed(folder: Path | Place) -> Folder:
    files: list[FolderFile] = []
    hosts: dict[str, HostInfo] = {}
    places: list[Path | Place] = [*folder.iterdir()]
    for path in sorted(places, key=lambda place: place.name):
        if path.name.startswith(".") or path.name in NOT_EVIDENCE:
            continue
        if path.is_dir() and not path.is_symlink():  # a link may lead back here
            inner = read_folder(path)
            files += inner.files
            hosts |= inner.hosts
        elif path.is_file():
            files.append(FolderFile(path))
    return Folder(files, hosts)


def _tables(data: dict[str, Any], name: str, described: Path | Place) -> list[dict[str, Any]]:
    entries = data.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise EvidenceError(f"[[{name}]] is expected to be a list of tables", str(described), f"write [[{name}]]")
    return entries


def _addresses(entry: dict[str, Any], described: Path | Place) -> list[Any]:
    addresses = entry.get("addresses", [])
    if not isinstance(addresses, list):
        raise EvidenceError("addresses are expected to be a list", str(described), 'write addresses = ["10.0.0.1"]')
    return addresses


def _file(entry: dict[str, Any], folder: Path | Place, described: Path | Place) -> FolderFile:
    path, kind = entry.get("path"), entry.get("kind")
    if not isinstance(path, str):
        raise EvidenceError("a file without path", str(described), 'write path = "capture.pcap"')
    if not _is_inside(path, folder):
        raise EvidenceError(f"{path!r} is outside the folder", str(described), "move the file into the folder")
    if kind is not None and kind not in KINDS:
        raise EvidenceError(f"unknown kind {kind!r}", str(described), f"use one of {', '.join(KINDS)}")
    zone = entry.get("time_zone")
    if zone is not None and not _is_zone(zone):
        raise EvidenceError(f"unknown time zone {zone!r}", str(described), "use a name such as Europe/Paris or UTC")
    return FolderFile(folder / path, kind, entry.get("host"), entry.get("capture_point"), zone)


def _is_zone(name: Any) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (KeyError, OSError, TypeError, ValueError):  # not found, a folder of zones, no name at all
        return False


def _is_inside(path: str, folder: Path | Place) -> bool:
    """Whether a path leads to a place in the folder, links included."""
    if isinstance(folder, Place):
        return not path.startswith("/") and ".." not in PurePosixPath(path).parts
    return (folder / path).resolve().is_relative_to(folder.resolve())
