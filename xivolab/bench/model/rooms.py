"""Conferences, and intercom (paging)."""

from __future__ import annotations

from pydantic import Field, model_validator

from xivolab.bench.model.base import Digits, Item, Name, RefusedError, Text
from xivolab.bench.model.words import Mistake


class Conference(Item):
    """An audio conference. With `admin_pin` one can also enter as its organiser."""

    id: int = 0
    name: Name
    number: Digits
    context: Name = "default"
    pin: Digits | None = None
    admin_pin: Digits | None = None
    maxusers: int | None = Field(default=None, ge=1, le=1000)
    record: bool = False
    announcejoinleave: bool = False
    announceusercount: bool = False
    quiet: bool = False
    musiconhold: Name | None = None
    waitadmin: bool = False
    preprocess_subroutine: Name | None = None

    @model_validator(mode="after")
    def _told_apart(self) -> Conference:
        if self.admin_pin is not None and self.admin_pin == self.pin:
            raise RefusedError(Mistake("admin_pin", "is everybody's PIN", "another one"))
        if self.waitadmin and self.admin_pin is None:
            raise RefusedError(Mistake("admin_pin", "nobody can be the organiser that all wait for", "a PIN for him"))
        return self


class Paging(Item):
    """An intercom: who is called hears it (and answers in full duplex) with telephones that pick up by themselves."""

    id: int = 0
    number: Digits
    callers: list[Text] = Field(min_length=1)
    users: list[Text] = Field(min_length=1, max_length=60)
    duplex: bool = False
    record: bool = False
    quiet: bool = False
    timeout: int = Field(default=30, ge=1, le=300)
    announcement_file: Name | None = None
    description: Text = ""
