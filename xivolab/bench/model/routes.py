"""Gestion des appels: incoming and outgoing calls, and call rights."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from xivolab.bench.model.base import Digits, Exten, Item, Name, Pattern, RefusedError, Text
from xivolab.bench.model.destinations import Destination
from xivolab.bench.model.words import Mistake


class CallerIdRewriting(Item):
    """Personnaliser le nom de l'appelant: put before, after, or in place of it."""

    mode: Literal["prepend", "append", "overwrite"]
    callerdisplay: Text


class Incall(Item):
    """An incoming number, or a pattern of them: where its calls go. The most precise one gets the call."""

    id: int = 0
    exten: Pattern
    context: Name = "from-extern"
    destination: Destination = "none"
    callerid: CallerIdRewriting | None = None
    schedule: Text | None = None
    preprocess_subroutine: Name | None = None
    greeting_sound: Name | None = None
    description: Text = ""


class OutcallPattern(Item):
    """Numbers that a route takes: how many leading digits go, what comes before the rest, which number is shown."""

    exten: Pattern
    stripnum: int = Field(default=0, ge=0, le=20)
    externprefix: Exten | None = None
    callerid: Text = ""

    @model_validator(mode="after")
    def _something_left(self) -> OutcallPattern:
        if self.stripnum and self.externprefix is None and self.stripnum >= _longest(self.exten):
            wrong = f"stripping {self.stripnum} digits of {self.exten!r} leaves nothing to dial"
            raise RefusedError(Mistake("stripnum", wrong, f"at most {_longest(self.exten) - 1}"))
        return self


class Outcall(Item):
    """A route: its patterns, the trunks tried in order, and its priority among routes that take one number (1 first)."""

    id: int = 0
    name: Text
    context: Name = "to-extern"
    priority: int = Field(default=1, ge=1, le=100)
    internal: bool = False
    patterns: list[OutcallPattern] = Field(min_length=1)
    trunks: list[Name] = Field(min_length=1)
    hangupringtime: int | None = Field(default=None, ge=1, le=300)
    rights: list[Text] = []
    schedule: Text | None = None
    preprocess_subroutine: Name | None = None
    description: Text = ""


class CallRight(Item):
    """Numbers that may or may not be called; a password opens what it denies.

    The user's own rights come before those of his groups, those before the route's. In one of these the most precise pattern
    prevails, and what is allowed among equals. Who has no right that fits may call everything.
    """

    id: int = 0
    name: Text
    authorization: Literal["deny", "allow"]
    extens: list[Pattern] = Field(min_length=1)
    passwd: Digits | None = None
    description: Text = ""

    @model_validator(mode="after")
    def _password_opens_something(self) -> CallRight:
        if self.passwd is not None and self.authorization == "allow":
            wrong = "a password opens nothing that is allowed"
            raise RefusedError(Mistake("passwd", wrong, "no password, or authorization: deny"))
        return self


def _longest(pattern: str) -> int:
    """How many digits a pattern takes; an open end takes many."""
    import re

    if pattern.endswith((".", "!")):
        return 40
    return len(re.sub(r"\[[^\]]*\]", "X", pattern.removeprefix("_")))
