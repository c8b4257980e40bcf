"""Users with their lines, and voicemail boxes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from xivolab.bench.model.base import Digits, Exten, Item, Name, RefusedError, Secret, Text
from xivolab.bench.model.destinations import Destination
from xivolab.bench.model.sip import SipOptions
from xivolab.bench.model.words import Mistake

LineName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{8}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s;]+@[^@\s;]+$")]
Language = Literal["en", "fr"]


class Line(Item):
    """A line: what Asterisk knows of a user. Without a `name` a random one is drawn, as XiVO does; without a secret too.

    `kind` is XiVO's type of line: a telephone, a browser (WebRTC), or either of the two (unique account).
    """

    id: int = 0
    name: LineName = ""
    secret: Secret = ""
    context: Name = "default"
    number: Exten
    kind: Literal["phone", "webrtc", "ua"] = "phone"
    interface: str | None = Field(default=None, pattern=r"^(Local|PJSIP|DAHDI)/\S+$")
    maxcontacts: int = Field(default=1, ge=1, le=10)
    options: SipOptions = SipOptions()


class Voicemail(Item):
    """A box: its number is free, it stands in a context of its own. Joining the recording needs an e-mail."""

    id: int = 0
    mailbox: Digits
    context: Name = "default"
    fullname: Text = ""
    password: Digits = "0000"  # noqa: S105 - a form's first value
    email: Email | None = None
    attach: bool = False
    deletevoicemail: bool = False
    tz: Name | None = None
    maxmsg: int | None = Field(default=None, ge=1, le=9999)
    language: Language | None = None
    skipcheckpass: bool = False

    @model_validator(mode="after")
    def _somewhere_to_send(self) -> Voicemail:
        if self.attach and self.email is None:
            raise RefusedError(
                Mistake("email", "a recording is joined to no e-mail", "an e-mail address, or attach: false")
            )
        if self.deletevoicemail and self.email is None:
            wrong = "messages deleted once sent are sent to nobody"
            raise RefusedError(Mistake("email", wrong, "an e-mail address, or deletevoicemail: false"))
        return self


class User(Item):
    """Services → IPBX → Paramètres IPBX → Utilisateurs, tab by tab."""

    # Général
    id: int = 0
    uuid: str = ""
    firstname: Text
    lastname: Text = ""
    mobilephonenumber: Digits | None = None
    ringseconds: int | None = Field(default=30, ge=5, le=300)
    simultcalls: int = Field(default=5, ge=1, le=20)
    outcallerid: Text = "default"
    userfield: Text = ""
    language: Language | None = None
    musiconhold: Name | None = None
    preprocess_subroutine: Name | None = None
    schedule: Text | None = None
    # Lignes
    lines: list[Line] = []
    # Non-réponse
    noanswer: Destination = "none"
    busy: Destination = "none"
    congestion: Destination = "none"
    chanunavail: Destination = "none"
    # Services
    enablehint: bool = True
    enablexfer: bool = False
    enableonlinerec: bool = False
    callrecord: bool = False
    incallfilter: bool = False
    enablednd: bool = False
    rights: list[Text] = []
    enablerna: bool = False
    destrna: Exten | None = None
    enablebusy: bool = False
    destbusy: Exten | None = None
    enableunc: bool = False
    destunc: Exten | None = None
    # Messagerie vocale
    enablevoicemail: bool = False
    voicemail: Digits | None = None

    @model_validator(mode="after")
    def _whole(self) -> User:
        for switch, field in (("enablerna", "destrna"), ("enablebusy", "destbusy"), ("enableunc", "destunc")):
            if getattr(self, switch) and getattr(self, field) is None:
                raise RefusedError(Mistake(field, "the forward is on but leads nowhere", "a number"))
        if self.enablevoicemail and self.voicemail is None:
            raise RefusedError(Mistake("voicemail", "the voicemail is on but there is no box", "the number of a box"))
        return self

    @property
    def fullname(self) -> str:
        """First and last name, the space between them always there, as XiVO writes it."""
        return f"{self.firstname} {self.lastname}"

    @property
    def number(self) -> str | None:
        """The number of the first line."""
        return self.lines[0].number if self.lines else None
