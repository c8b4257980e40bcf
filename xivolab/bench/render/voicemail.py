"""voicemail.conf: the boxes and their menu."""

from __future__ import annotations

from xivolab.bench.model import Configuration
from xivolab.bench.model.people import Voicemail
from xivolab.bench.render.sections import Option, joined, section, told

_SAME_NAME = (
    "envelope", "saycid", "sayduration", "tempgreetwarn", "review", "operator", "maxsilence", "maxsecs", "minsecs",
    "maxmsg", "silencethreshold", "serveremail", "fromstring", "emailsubject", "emailbody", "externpass",
    "externnotify", "mailcmd",
)  # fmt: skip
# The zone of a box that names none is the server's.
_SAYS = "'vm-received' Q 'digits/at' IMp"


def voicemail(configuration: Configuration) -> str:
    """The text of voicemail.conf."""
    general = configuration.voicemail_general
    options: list[Option] = [("format", "wav"), *((name, getattr(general, name)) for name in _SAME_NAME)]
    sections = [section("general", options)]
    if general.zones:
        zones = [(name, f"{zone}|{_SAYS}") for name, zone in general.zones.items()]
        sections.append(section("zonemessages", zones))
    for context in dict.fromkeys(box.context for box in configuration.voicemails):
        boxes = [box for box in configuration.voicemails if box.context == context]
        sections.append(f"[{context}]\n" + "".join(f"{box.mailbox} => {_box(box)}\n" for box in boxes))
    return joined(sections)


def _box(box: Voicemail) -> str:
    options: list[Option] = [
        ("attach", box.attach),
        ("delete", box.deletevoicemail),
        ("tz", box.tz),
        ("maxmsg", box.maxmsg),
        ("language", box.language),
    ]
    pairs = "|".join(f"{key}={told(value)}" for key, value in options if value is not None)
    return f"{box.password},{box.fullname},{box.email or ''},,{pairs}"
