"""Channel event logging: rows of CSV, psql and PostgreSQL, and what they say of channels, bridges and calls."""

from __future__ import annotations

from xivolab.asterisk.cel.event import CelEvent
from xivolab.asterisk.cel.groups import Group, group
from xivolab.asterisk.cel.read import CelFile, CelRead, read_files
from xivolab.asterisk.cel.table import cel_table

__all__ = ["CelEvent", "CelFile", "CelRead", "Group", "cel_table", "group", "read_files"]
