"""What people of one office share: pick-up, and the filter between a boss and secretaries."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from xivolab.bench.model.base import Item, Text
from xivolab.bench.model.destinations import Destination
from xivolab.bench.model.routes import CallerIdRewriting


class Pickup(Item):
    """Who may take the calls of whom with *8: users and groups on both sides."""

    id: int = 0
    name: Text
    pickers: list[Text] = []
    picker_groups: list[Text] = []
    picked: list[Text] = []
    picked_groups: list[Text] = []


class Secretary(Item):
    """A secretary of a filter: how long she rings when it is her turn, and whether her filter is on."""

    user: Text
    ringseconds: int = Field(default=15, ge=1, le=300)
    active: bool = False


class CallFilter(Item):
    """A boss and his secretaries. Off until somebody calls its code (*37 and a number) or presses its key."""

    id: int = 0
    name: Text
    boss: Text
    boss_ringseconds: int = Field(default=15, ge=1, le=300)
    secretaries: list[Secretary] = Field(min_length=1)
    callfrom: Literal["all", "internal", "external"] = "all"
    bosssecretary: Literal["secretary-serial", "secretary-simult", "all", "bossfirst-serial", "bossfirst-simult"] = (
        "secretary-simult"
    )
    ringseconds: int = Field(default=30, ge=1, le=300)
    noanswer: Destination = "none"
    callerid: CallerIdRewriting | None = None
