"""Objects that refuse what cannot be, one by one."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from xivolab.bench.model.base import Item, mistakes_of
from xivolab.bench.model.groups import Queue
from xivolab.bench.model.hours import Period, Schedule
from xivolab.bench.model.numbering import Context, Range
from xivolab.bench.model.offices import CallFilter
from xivolab.bench.model.people import Line, User, Voicemail
from xivolab.bench.model.rooms import Conference
from xivolab.bench.model.routes import CallRight, OutcallPattern
from xivolab.bench.model.services import FeatureCodes, MusicOnHold, Parking
from xivolab.bench.model.sip import SipGeneral, SipOptions
from xivolab.bench.model.trunks import CustomTrunk, Trunk

BASE: dict[type[Item], dict[str, Any]] = {
    Range: {"start": "1000"},
    Context: {"name": "a", "entity": "e"},
    SipOptions: {},
    SipGeneral: {},
    Line: {"number": "1"},
    User: {"firstname": "A"},
    Voicemail: {"mailbox": "1"},
    Trunk: {"name": "t", "host": "198.51.100.1"},
    CustomTrunk: {"name": "t", "interface": "Local", "intfsuffix": "@a"},
    CallRight: {"name": "a", "authorization": "deny", "extens": ["1"]},
    OutcallPattern: {"exten": "0X"},
    Period: {},
    Schedule: {"name": "a", "opened": [{}]},
    Queue: {"name": "q"},
    Conference: {"name": "c", "number": "1"},
    CallFilter: {"name": "f", "boss": "1", "secretaries": [{"user": "2"}]},
    FeatureCodes: {},
    Parking: {},
    MusicOnHold: {"name": "m"},
}
REFUSED: list[tuple[type[Item], dict[str, Any], str]] = [
    (Range, {"end": "999"}, "end: '999' has not as many digits as '1000'"),
    (Range, {"end": "0999"}, "end: '0999' is below '1000'"),
    (Range, {"did_length": 5}, "did_length: 5 digits are more than '1000' has"),
    (Context, {"contexttype": "outcall", "users": [{"start": "1"}]}, "users: a context of type outcall has no users"),
    (Context, {"incalls": [{"start": "1"}]}, "incalls: a context of type internal has no incoming numbers"),
    (Context, {"includes": ["a"]}, "includes: 'a' includes itself"),
    (SipOptions, {"codecs": []}, "codecs: is empty"),
    (SipOptions, {"permit": ["everybody"]}, "permit[0].: 'everybody' is no network"),
    (SipGeneral, {"rfc2833compensate": True}, "rfc2833compensate: no such option"),
    (Line, {"name": "Alice"}, "name: 'Alice' is not written as it must be"),
    (User, {"enableunc": True}, "destunc: the forward is on but leads nowhere"),
    (User, {"enablevoicemail": True}, "voicemail: the voicemail is on but there is no box"),
    (Voicemail, {"attach": True}, "email: a recording is joined to no e-mail"),
    (Voicemail, {"email": "nobody"}, "email: 'nobody' is not written as it must be"),
    (Trunk, {"host": "dynamic"}, "secret: who registers here needs credentials"),
    (Trunk, {"kind": "user"}, "secret: a user is known by its credentials"),
    (
        Trunk,
        {"host": "dynamic", "username": "u", "secret": "s", "registration": {"username": "u", "secret": "s", "host": "h"}},
        "registration: only one side registers: with host dynamic it is the other one",
    ),
    (CustomTrunk, {"intfsuffix": ""}, "intfsuffix: the local loop needs a context"),
    (CallRight, {"authorization": "allow", "passwd": "1"}, "passwd: a password opens nothing that is allowed"),
    (CallRight, {"extens": ["6ABC"]}, "extens[0]: '6ABC' is not written as it must be"),
    (OutcallPattern, {"stripnum": 2}, "stripnum: stripping 2 digits of '0X' leaves nothing to dial"),
    (Period, {"hours": "18:00-08:00"}, "hours.: '18:00-08:00' ends before it begins"),
    (Period, {"hours": "08:00-25:00"}, "hours.: '25:00' is no time of day"),
    (Period, {"weekdays": "0-5"}, "weekdays.: '0-5' is no span between 1 and 7"),
    (Schedule, {"timezone": "Paris"}, "timezone.: 'Paris' is no time zone"),
    (Schedule, {"opened": []}, "opened: it is never open"),
    (Queue, {"announce_frequency": 5}, "min_announce_frequency: announcements cannot come every 5 s and 15 s apart"),
    (Queue, {"periodic_announce_frequency": 5}, "periodic_announce: there is nothing to announce so often"),
    (Conference, {"pin": "1", "admin_pin": "1"}, "admin_pin: is everybody's PIN"),
    (Conference, {"waitadmin": True}, "admin_pin: nobody can be the organiser that all wait for"),
    (CallFilter, {"secretaries": []}, "secretaries: is empty"),
    (FeatureCodes, {"enablednd": "*21"}, "fwdunc: *21 is already the code of enablednd"),
    (FeatureCodes, {"enablednd": "25"}, "enablednd: '25' is not written as it must be"),
    (Parking, {"parkpos_end": "700"}, "parkpos_end: '700' does not come after '701'"),
    (Parking, {"parkext": "710"}, "parkext: 710 is one of the positions"),
    (MusicOnHold, {"mode": "custom"}, "application: a custom class needs a program"),
    (MusicOnHold, {"application": "/bin/x"}, "application: files are played by Asterisk"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "change", "told"), REFUSED, ids=[f"{m.__name__}-{t}" for m, _, t in REFUSED])
def test_what_cannot_be_is_refused(model: type[Item], change: dict[str, Any], told: str) -> None:
    model.model_validate(BASE[model])
    with pytest.raises(ValidationError) as raised:
        model.model_validate({**BASE[model], **change})
    assert told.replace(".:", ":") in [f"{m.field.rstrip('.')}: {m.wrong}" for m in mistakes_of(raised.value)]


def test_a_wrong_value_is_refused_later_too() -> None:
    user = User(firstname="A")
    with pytest.raises(ValidationError):
        user.ringseconds = 1
    with pytest.raises(ValidationError):
        user.enableunc = True


def test_a_range_holds_numbers_of_its_length() -> None:
    piece = Range(start="0123456780", end="0123456799", did_length=4)
    assert [number for number in ("6779", "6780", "6799", "6800", "0123456785", "678") if piece.holds(number)] == [
        "6780",
        "6799",
    ]
    assert Range(start="7").holds("7")
    assert not Range(start="7").holds("8")
