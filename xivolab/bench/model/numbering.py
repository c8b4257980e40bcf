"""Entities, and contexts with their numbers and includes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from xivolab.bench.model.base import Digits, Item, Name, RefusedError, Text
from xivolab.bench.model.words import Mistake


class Entity(Item):
    """A company or service; those of one server cannot call each other."""

    id: int = 0
    name: Name
    displayname: Text = ""


class Range(Item):
    """Numbers of a context: from `start` to `end`, or one number. `did_length` is how many digits the operator sends."""

    start: Digits
    end: Digits | None = None
    did_length: int | None = Field(default=None, ge=1, le=40)

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        if self.end is not None:
            if len(self.end) != len(self.start):
                wrong = f"{self.end!r} has not as many digits as {self.start!r}"
                raise RefusedError(Mistake("end", wrong, f"{len(self.start)} digits"))
            if self.end < self.start:
                raise RefusedError(Mistake("end", f"{self.end!r} is below {self.start!r}", f"{self.start} or more"))
        if self.did_length is not None and self.did_length > len(self.start):
            wrong = f"{self.did_length} digits are more than {self.start!r} has"
            raise RefusedError(Mistake("did_length", wrong, f"at most {len(self.start)}"))
        return self

    def holds(self, number: str) -> bool:
        """Whether a number, as the PBX sees it, is in the range."""
        width = self.did_length or len(self.start)
        first, last = self.start[-width:], (self.end or self.start)[-width:]
        return len(number) == width and number.isdigit() and first <= number <= last


Kind = Literal["user", "group", "queue", "meetme", "incall"]


class Context(Item):
    """A context: its kind, the numbers that may be used in it, and the contexts asked after it, in order."""

    name: Name
    displayname: Text = ""
    contexttype: Literal["internal", "incall", "outcall", "services", "others"] = "internal"
    entity: Name
    users: list[Range] = []
    groups: list[Range] = []
    queues: list[Range] = []
    conferences: list[Range] = []
    incalls: list[Range] = []
    includes: list[Name] = []

    @model_validator(mode="after")
    def _of_its_kind(self) -> Context:
        inside = {"users": self.users, "groups": self.groups, "queues": self.queues, "conferences": self.conferences}
        if self.contexttype != "internal":
            for field, ranges in inside.items():
                if ranges:
                    wrong = f"a context of type {self.contexttype} has no {field}"
                    raise RefusedError(Mistake(field, wrong, "ranges of users only in internal contexts"))
        if self.contexttype != "incall" and self.incalls:
            wrong = f"a context of type {self.contexttype} has no incoming numbers"
            raise RefusedError(Mistake("incalls", wrong, "incoming ranges only in incall contexts"))
        if self.name in self.includes:
            raise RefusedError(Mistake("includes", f"{self.name!r} includes itself", "other contexts"))
        return self

    def ranges(self, kind: Kind) -> list[Range]:
        """The ranges for one kind of object."""
        return {
            "user": self.users,
            "group": self.groups,
            "queue": self.queues,
            "meetme": self.conferences,
            "incall": self.incalls,
        }[kind]
