"""Which faults are in a bench now, and how to take them out: kept in its folder, so that another command can do so.

A sealed one is kept unreadable without its seed: not against somebody who breaks ciphers, but against a look at the file.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xivolab.bench.impair.fault import Undo
from xivolab.errors import UsageError

_FILE = "open.json"
_CHECK = "whole"


@dataclass(frozen=True, slots=True)
class Entry:
    """One fault that is in: its name, and what `revert` needs."""

    fault: str
    undo: Undo


class Ledger:
    """The faults that are in one bench, whose folder this is."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE

    def add(self, entry: Entry, seed: str | None = None) -> None:
        """Write a fault down, sealed with a seed if there is one."""
        told = {"fault": entry.fault, "undo": entry.undo, _CHECK: True}
        self._write([*self._read(), told if seed is None else {"sealed": seal(json.dumps(told), seed)}])

    def named(self) -> list[Entry]:
        """The faults that are no secret."""
        return [Entry(one["fault"], one["undo"]) for one in self._read() if "sealed" not in one]

    def sealed(self, seed: str) -> list[Entry]:
        """The faults sealed with this seed. UsageError when there is none."""
        found = [told for one in self._read() if (told := _opened(one, seed)) is not None]
        if not found:
            raise UsageError("no fault is sealed with this seed", "pbx impair", "give the seed it was drawn with")
        return [Entry(told["fault"], told["undo"]) for told in found]

    def secrets(self) -> int:
        """How many sealed faults are in."""
        return sum("sealed" in one for one in self._read())

    def forget(self, entry: Entry, seed: str | None = None) -> None:
        """Strike a fault out."""
        kept = []
        for one in self._read():
            told = _opened(one, seed) if seed is not None else one
            if told is None or told.get("fault") != entry.fault:
                kept.append(one)
        self._write(kept)

    def _read(self) -> list[dict[str, Any]]:
        return list(json.loads(self._file.read_text())) if self._file.exists() else []

    def _write(self, entries: list[dict[str, Any]]) -> None:
        self._file.touch(0o600)
        self._file.write_text(json.dumps(entries))


def seal(text: str, seed: str) -> str:
    """A text that only who knows the seed reads. It is padded: its length would tell faults apart."""
    data = text.encode()
    # Whole files of the PBX may be in it.
    padded = data.ljust(-(-len(data) // 65536) * 65536)
    nonce = secrets.token_bytes(16)
    return base64.b64encode(nonce + _masked(padded, seed, nonce)).decode()


def unseal(sealed: str, seed: str) -> str | None:
    """The text again; None for another seed."""
    data = base64.b64decode(sealed)
    try:
        return _masked(data[16:], seed, data[:16]).decode().rstrip()
    except UnicodeDecodeError:
        return None


def _masked(data: bytes, seed: str, nonce: bytes) -> bytes:
    mask = hashlib.shake_256(nonce + seed.encode()).digest(len(data))
    return (int.from_bytes(data, "big") ^ int.from_bytes(mask, "big")).to_bytes(len(data), "big")


def _opened(one: dict[str, Any], seed: str) -> dict[str, Any] | None:
    if "sealed" not in one:
        return None
    text = unseal(one["sealed"], seed)
    try:
        told = json.loads(text or "")
    except ValueError:
        return None
    return told if isinstance(told, dict) and told.get(_CHECK) else None
