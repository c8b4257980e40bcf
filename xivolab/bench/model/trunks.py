"""Gestion des interconnexions: SIP trunks, and custom ones (the local loop, a DAHDI card)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from xivolab.bench.model.base import Exten, Item, Name, RefusedError, Seconds, Secret, Text
from xivolab.bench.model.sip import Host, SipOptions
from xivolab.bench.model.words import Mistake


class Registration(Item):
    """Onglet Enregistrement: the PBX registers with the other side, which then must not register with the PBX."""

    username: Name
    secret: Secret
    host: Host
    port: int = Field(default=5060, ge=1, le=65535)
    contact: Exten | None = None
    expiry: Seconds = 3600
    retry: Seconds = 20


class AnyTrunk(Item):
    """What a trunk of any kind has."""

    id: int = 0
    name: Name


class Trunk(AnyTrunk):
    """A SIP trunk. `peer`: calls both ways, by address; `user`: only incoming, by credentials; `friend`: both.

    `insecure_invite`: calls from the address are not asked for credentials. The other half of the form's "Insécurité", the port,
    is not here: PJSIP knows a trunk by its address and never looks at the port.
    """

    username: Name | None = None
    secret: Secret | None = None
    callerid: Text = ""
    calllimit: int | None = Field(default=None, ge=1, le=1000)
    kind: Literal["peer", "user", "friend"] = "peer"
    host: Host = "dynamic"
    port: int = Field(default=5060, ge=1, le=65535)
    context: Name = "from-extern"
    options: SipOptions = SipOptions()
    registration: Registration | None = None
    insecure_invite: bool = True
    fromuser: Name | None = None
    fromdomain: Host | None = None
    language: Literal["en", "fr"] | None = None

    @model_validator(mode="after")
    def _reachable(self) -> Trunk:
        if self.host == "dynamic" and self.registration is not None:
            wrong = "only one side registers: with host dynamic it is the other one"
            raise RefusedError(Mistake("registration", wrong, "no registration, or the address of the other side"))
        if self.host == "dynamic" and (self.secret is None or self.username is None):
            raise RefusedError(Mistake("secret", "who registers here needs credentials", "a username and a secret"))
        if self.kind == "user" and (self.secret is None or self.username is None):
            raise RefusedError(Mistake("secret", "a user is known by its credentials", "a username and a secret"))
        return self


class CustomTrunk(AnyTrunk):
    """A custom trunk: calls go to `interface/NUMBERsuffix`, such as `Local/…@to-myself` or `dahdi/g0/…`."""

    interface: str = Field(pattern=r"^([Ll]ocal|[Dd][Aa][Hh][Dd][Ii]/[gGrR]\d+|PJSIP)$")
    intfsuffix: str = Field(default="", pattern=r"^(@[\w.-]+)?(/n)?$")

    @model_validator(mode="after")
    def _leads_somewhere(self) -> CustomTrunk:
        if self.interface.lower() == "local" and not self.intfsuffix.startswith("@"):
            raise RefusedError(Mistake("intfsuffix", "the local loop needs a context", "@ and the name of a context"))
        return self
