"""Calls: legs joined across the PBX, what became of each call, and the streams that belong to it."""

from __future__ import annotations

from xivolab.calls.media import StreamRows
from xivolab.calls.numbers import same_party
from xivolab.calls.tables import CallTables, build

__all__ = ["CallTables", "StreamRows", "build", "same_party"]
