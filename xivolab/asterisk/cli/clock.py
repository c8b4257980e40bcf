"""The time beside an output: what `date` and `watch` print, ISO 8601, epoch seconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan janv january janvier",
            "feb fév févr february février",
            "mar mars march",
            "apr avr april avril",
            "may mai",
            "jun juin june",
            "jul juil july juillet",
            "aug aoû août august",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec déc december décembre",
        ),
        1,
    )
    for name in names.split()
}
# Abbreviations that mean one zone wherever XiVO is used; the others depend on the country (RFC 5322, 4.3).
_ZONES = {"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}
_CLOCK = r"(?P<hour>\d{1,2})[:h](?P<minute>\d{2}):(?P<second>\d{2})(?P<fraction>[.,]\d{1,9})?(?:\ (?P<half>[AaPp])\.?[Mm]\.?)?"
_ZONE = r"(?P<zone>Z|[+-]\d{2}:?\d{2}|[(]?[A-Z]{3,5}[)]?)"
_WORD = r"[^\W\d_]+"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})[T ]{_CLOCK}\s?{_ZONE}?",
        rf"{_WORD}\.?\s+(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}})\s+{_CLOCK}(?:\s+{_ZONE})?\s+(?P<year>\d{{4}})",
        rf"{_WORD}\.?,?\s+(?P<day>\d{{1,2}})\s+(?P<month>{_WORD})\.?\s+(?P<year>\d{{4}}),?\s+{_CLOCK}(?:\s+{_ZONE})?",
    )
)
_EPOCH = re.compile(r"(\d{10})(?:[.,](\d{1,9}))?")
_WATCH = re.compile(r"Every [\d.,]+s: .*?(?:\s{2,}| \S+: )(?=\w{3}\.? )(?P<time>.*)")
_FRAME = "#=-*[]()|>• "


def time_on(text: str, place: tzinfo | None) -> int | None:
    """The time that a line holds and nothing else, as ns since 1970; None for any other line.

    A time without a zone is one of `place`, None for the machine's own.
    """
    if watch := _WATCH.match(text):
        text = watch["time"]
    text = text.strip(_FRAME)
    if len(text) > 60:
        return None
    if epoch := _EPOCH.fullmatch(text):
        return int(epoch[1]) * 10**9 + int((epoch[2] or "0").ljust(9, "0"))
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    return _moment(found.groupdict(), place) if found else None


def _moment(parts: dict[str, str | None], place: tzinfo | None) -> int | None:
    name = (parts["month"] or "").lower()
    month = int(name) if name.isdecimal() else _MONTHS.get(name, 0)
    hour = int(parts["hour"] or 0)
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"] in "pP" else 0)
    try:
        moment = datetime(
            int(parts["year"] or 0),
            month,
            int(parts["day"] or 0),
            hour,
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
            tzinfo=_zone(parts["zone"]) or place,
        )
        seconds = int((moment if moment.tzinfo else moment.astimezone()).astimezone(UTC).timestamp())
    except (ValueError, OverflowError, OSError):
        return None
    fraction = (parts["fraction"] or "").strip(".,")
    return seconds * 10**9 + int(fraction.ljust(9, "0") or 0)


def _zone(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text[0] in "+-":
        offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
        return timezone(-offset if text[0] == "-" else offset)
    hours = _ZONES.get(text.strip("()"))
    return None if hours is None else timezone(timedelta(hours=hours))
