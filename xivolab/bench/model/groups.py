"""Groups, queues and agents: all three are Asterisk queues or their members."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from xivolab.bench.model.base import Digits, Item, Name, RefusedError, Text
from xivolab.bench.model.destinations import Destination
from xivolab.bench.model.routes import CallerIdRewriting
from xivolab.bench.model.words import Mistake

Strategy = Literal["linear", "leastrecent", "fewestcalls", "rrmemory", "random", "wrandom", "ringall"]
Empty = Literal["paused", "penalty", "inuse", "ringing", "unavailable", "invalid", "unknown", "wrapup"]


class Waiting(Item):
    """What groups and queues share; they need not have a number. `users` are static members."""

    id: int = 0
    name: Name
    number: Digits | None = None
    context: Name = "default"
    users: list[Text] = []
    strategy: Strategy = "ringall"
    musicclass: Name | None = None
    callerid: CallerIdRewriting | None = None
    timeout: int | None = Field(default=None, ge=1, le=86400)
    member_timeout: int = Field(default=15, ge=1, le=3600)
    retry: int = Field(default=5, ge=0, le=3600)
    ringinuse: bool = True
    transfer_user: bool = False
    transfer_call: bool = False
    write_caller: bool = False
    write_calling: bool = False
    noanswer: Destination = "none"
    busy: Destination = "none"
    congestion: Destination = "none"
    chanunavail: Destination = "none"
    schedule: Text | None = None
    preprocess_subroutine: Name | None = None


class Group(Waiting):
    """A group of users, rung by their SIP lines: what a user set up for himself (forwards, do not disturb) does not count.

    It need not have a number. `rights` are those its users have for calls.
    """

    rights: list[Text] = []


class AgentMember(Item):
    """An agent in a queue, with his penalty."""

    agent: Digits
    penalty: int = Field(default=0, ge=0, le=999)


class Queue(Waiting):
    """A queue. `timeout` is the longest wait, `member_timeout` how long one member rings."""

    displayname: Text = ""
    # Général
    announce: Name | None = None
    data_quality: bool = False
    hitting_callee: bool = False
    hitting_caller: bool = False
    # Annonces
    announce_frequency: int | None = Field(default=None, ge=5, le=3600)
    min_announce_frequency: int = Field(default=15, ge=0, le=3600)
    announce_position: Literal["yes", "no", "limit", "more"] = "yes"
    announce_holdtime: Literal["yes", "no", "once"] = "no"
    periodic_announce: list[Name] = []
    periodic_announce_frequency: int | None = Field(default=None, ge=5, le=3600)
    # Membres
    agents: list[AgentMember] = []
    # Avancé
    wrapuptime: int = Field(default=0, ge=0, le=3600)
    maxlen: int = Field(default=0, ge=0, le=10000)
    weight: int = Field(default=0, ge=0, le=100)
    servicelevel: int = Field(default=20, ge=1, le=3600)
    joinempty: list[Empty] = []
    leavewhenempty: list[Empty] = []
    autopause: Literal["no", "yes", "all"] = "no"
    # Diversions
    waittime: int | None = Field(default=None, ge=1, le=86400)
    waittime_destination: Destination = "none"
    waitratio: int | None = Field(default=None, ge=1, le=10000)
    waitratio_destination: Destination = "none"

    @model_validator(mode="after")
    def _diverts_somewhere(self) -> Queue:
        if self.announce_frequency is not None and self.announce_frequency < self.min_announce_frequency:
            wrong = (
                f"announcements cannot come every {self.announce_frequency} s and {self.min_announce_frequency} s apart"
            )
            raise RefusedError(Mistake("min_announce_frequency", wrong, f"at most {self.announce_frequency}"))
        if self.periodic_announce_frequency is not None and not self.periodic_announce:
            wrong = "there is nothing to announce so often"
            raise RefusedError(Mistake("periodic_announce", wrong, "at least one sound"))
        return self


class Agent(Item):
    """An agent: the link between one user and his queues. The user is where he logs in by default."""

    id: int = 0
    number: Digits
    firstname: Text
    lastname: Text = ""
    passwd: Digits | None = None
    group: Name = "default"
    language: Literal["en", "fr"] | None = None
    user: Text | None = None
