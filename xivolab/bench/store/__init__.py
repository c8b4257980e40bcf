"""The configuration in PostgreSQL, in tables named and shaped like XiVO's."""

from __future__ import annotations

from xivolab.bench.store.database import create, load, save
from xivolab.bench.store.tables import schema

__all__ = ["create", "load", "save", "schema"]
