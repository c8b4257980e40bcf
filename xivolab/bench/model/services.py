"""Services IPBX and global settings: feature codes, parking, music on hold, sounds, voicemail, files of one's own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from xivolab.bench.model.base import Digits, Item, Name, RefusedError, Text
from xivolab.bench.model.people import Email
from xivolab.bench.model.words import Mistake

Code = Annotated[str, StringConstraints(pattern=r"^[*#][0-9A-Z*#]{0,9}$")]
"""A feature code: begins with * or #."""


class FeatureCodes(Item):
    """Services IPBX → Extensions, tab by tab. None switches a code off."""

    # Général
    pickup: Code | None = "*8"
    recsnd: Code | None = "*9"
    phonestatus: Code | None = "*10"
    callrecord: Code | None = "*26"
    enablednd: Code | None = "*25"
    bsfilter: Code | None = "*37"
    # Transferts
    blindxfer: Code | None = "*1"
    atxfer: Code | None = "*2"
    automixmon: Code | None = "*3"
    disconnect: Code | None = "*0"
    transferdigittimeout: int = Field(default=5, ge=1, le=60)
    atxfernoanswertimeout: int = Field(default=15, ge=1, le=300)
    featuredigittimeout: int = Field(default=1500, ge=100, le=10000)
    # Renvois
    fwdundoall: Code | None = "*20"
    fwdunc: Code | None = "*21"
    fwdrna: Code | None = "*22"
    fwdbusy: Code | None = "*23"
    maxforwards: int = Field(default=10, ge=1, le=100)
    # Messagerie vocale
    enablevm: Code | None = "*90"
    vmusermsg: Code | None = "*98"
    vmuserslot: Code | None = "*97"
    # Agent
    agentstaticlogin: Code | None = "*31"
    agentstaticlogoff: Code | None = "*32"
    agentstaticlogtoggle: Code | None = "*30"
    agentpause: Code | None = "*34"
    # Intercom
    paging: Code | None = "*11"
    # Avancé
    phoneprogfunckey: Code | None = "*735"

    @model_validator(mode="after")
    def _told_apart(self) -> FeatureCodes:
        used: dict[str, str] = {}
        dialled = (name for name in type(self).model_fields if name not in _DURING_A_CALL)
        for name in dialled:
            code = getattr(self, name)
            if not isinstance(code, str):
                continue
            if code in used:
                raise RefusedError(Mistake(name, f"{code} is already the code of {used[code]}", "another code"))
            used[code] = name
        return self


_DURING_A_CALL = ("blindxfer", "atxfer", "automixmon", "disconnect")
"""Dialled during a call: these may begin as others do."""


class Parking(Item):
    """Extensions → Parking: the number to park at, the positions, how long a call stays."""

    parkext: Digits = "700"
    parkpos_start: Digits = "701"
    parkpos_end: Digits = "750"
    parkingtime: int = Field(default=45, ge=1, le=3600)
    comebacktoorigin: bool = True
    parkfindnext: bool = False
    parkedmusicclass: Name | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Parking:
        if self.parkpos_end < self.parkpos_start or len(self.parkpos_end) != len(self.parkpos_start):
            wrong = f"{self.parkpos_end!r} does not come after {self.parkpos_start!r}"
            raise RefusedError(Mistake("parkpos_end", wrong, f"{self.parkpos_start} or more"))
        if self.parkpos_start <= self.parkext <= self.parkpos_end and len(self.parkext) == len(self.parkpos_start):
            raise RefusedError(Mistake("parkext", f"{self.parkext} is one of the positions", "a number outside them"))
        return self


class MusicOnHold(Item):
    """A class of music on hold: a folder, or a program that plays."""

    name: Name
    mode: Literal["files", "custom"] = "files"
    directory: str | None = Field(default=None, pattern=r"^/[\w./-]+$")
    application: str | None = Field(default=None, pattern=r"^/[^\n\r;]+$")
    sort: Literal["alpha", "random", "randstart"] = "alpha"
    digit: Annotated[str, StringConstraints(pattern=r"^[0-9]$")] | None = None

    @model_validator(mode="after")
    def _plays(self) -> MusicOnHold:
        if self.mode == "custom" and self.application is None:
            raise RefusedError(Mistake("application", "a custom class needs a program", "its command line"))
        if self.mode == "files" and self.application is not None:
            raise RefusedError(Mistake("application", "files are played by Asterisk", "no program, or mode: custom"))
        return self


class VoicemailGeneral(Item):
    """Paramètres globaux → Messagerie vocale: menu, e-mail, advanced."""

    envelope: bool = True
    saycid: bool = False
    sayduration: bool = True
    tempgreetwarn: bool = True
    review: bool = False
    operator: bool = False
    maxsilence: int = Field(default=15, ge=1, le=300)
    maxsecs: int = Field(default=300, ge=2, le=3600)
    minsecs: int = Field(default=2, ge=0, le=60)
    maxmsg: int = Field(default=100, ge=1, le=9999)
    silencethreshold: int = Field(default=256, ge=1, le=32767)
    serveremail: Email = "no-reply@xivo.localhost"
    fromstring: Text = "XiVO PBX"
    emailsubject: Text = "Messagerie XiVO"
    emailbody: Text = "Bonjour ${VM_NAME}, un message de ${VM_CALLERID} du ${VM_DATE}."
    externpass: str | None = Field(default=None, pattern=r"^/[^\n\r;]+$")
    externnotify: str | None = Field(default=None, pattern=r"^/[^\n\r;]+$")
    mailcmd: str | None = Field(default=None, pattern=r"^/[^\n\r;]+$")
    zones: dict[Name, Text] = {}


def _file_name(name: str) -> str:
    if "/" in name or name.startswith("."):
        raise RefusedError(Mistake("", f"{name!r} is no file name", "a name ending in .conf"))
    return name


FileName = Annotated[str, StringConstraints(pattern=r"^[\w.-]+\.conf$"), AfterValidator(_file_name)]


class Subroutines(Item):
    """The global subroutines: one for all calls to users, groups and so on, and for their forwards. Off or on together."""

    subrgbl: bool = True
    subrfwd: bool = True
