"""What a field and a record are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["time", "int", "float", "bool", "str", "list"]

VERSION = 1
"""Of these declarations, as JSON lines and JSON Schema tell it: a new field does not change it, anything else would."""

NULL_INT = -(2**63)
"""The null of int and time columns."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its `kind` says how it is stored, `items` what a list holds, `null` whether it may be absent."""

    name: str
    kind: Kind
    en: str
    fr: str
    meaning: str
    unit: str = ""
    null: bool = False
    items: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One record: `plural` is the name of its table and, unless `command` says otherwise, of its command."""

    name: str
    plural: str
    meaning: str
    fields: tuple[Field, ...]
    command: str = ""

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


STATES = (
    "setup",
    "ringing",
    "in-call",
    "completed",
    "cancelled",
    "busy",
    "rejected",
    "no-answer",
    "failed",
    "diverted",
    "registered",
)

ID = Field("id", "str", "Id", "Identifiant", "made from the content: the same evidence gives the same id")
