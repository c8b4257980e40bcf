"""Horaires: when something is open, in a time zone, with exceptional closings."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, StringConstraints, model_validator

from xivolab.bench.model.base import Item, RefusedError, Text
from xivolab.bench.model.destinations import Destination
from xivolab.bench.model.words import Mistake


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:
        raise RefusedError(
            Mistake("", f"{name!r} is no time zone", "such as Europe/Paris or Pacific/Noumea")
        ) from error
    return name


def _spans(low: int, high: int) -> AfterValidator:
    def check(text: str) -> str:
        if text:
            for span in text.split(","):
                first, _, last = span.partition("-")
                numbers = [int(first), int(last or first)]
                if not all(low <= number <= high for number in numbers) or numbers[0] > numbers[1]:
                    wrong = f"{span!r} is no span between {low} and {high}"
                    raise RefusedError(Mistake("", wrong, f"such as {low}-{high} or {low},{high}"))
        return text

    return AfterValidator(check)


def _hours(text: str) -> str:
    for hour in text.split("-"):
        hours, _, minutes = hour.partition(":")
        if int(hours) > 24 or int(minutes) > 59 or (int(hours) == 24 and int(minutes)):
            raise RefusedError(Mistake("", f"{hour!r} is no time of day", "00:00 to 24:00"))
    first, _, last = text.partition("-")
    if first >= last:
        raise RefusedError(
            Mistake("", f"{text!r} ends before it begins", "two periods, one before midnight, one after")
        )
    return text


Zone = Annotated[str, AfterValidator(_zone)]
Hours = Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d-\d\d:\d\d$"), AfterValidator(_hours)]
_SPANS = StringConstraints(pattern=r"^(\d{1,2}(-\d{1,2})?(,\d{1,2}(-\d{1,2})?)*)?$")


class Period(Item):
    """Hours of some days: `weekdays` 1 (Monday) to 7, `monthdays`, `months`; empty is every one."""

    hours: Hours = "00:00-24:00"
    weekdays: Annotated[str, _SPANS, _spans(1, 7)] = ""
    monthdays: Annotated[str, _SPANS, _spans(1, 31)] = ""
    months: Annotated[str, _SPANS, _spans(1, 12)] = ""


class Closing(Period):
    """An exceptional closing, such as a bank holiday, with where its calls go. It wins over the opening hours."""

    destination: Destination = "none"


class Schedule(Item):
    """Opening hours and exceptional closings of a time zone; where calls go outside the opening hours."""

    id: int = 0
    name: Text
    timezone: Zone = "Europe/Paris"
    opened: list[Period] = []
    closed: list[Closing] = []
    fallback: Destination = "none"
    description: Text = ""

    @model_validator(mode="after")
    def _sometimes_open(self) -> Schedule:
        if not self.opened:
            raise RefusedError(Mistake("opened", "it is never open", "at least one period"))
        return self
