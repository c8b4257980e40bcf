"""A report in one language: its words, and numbers, dates and durations as that language writes them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from xivolab.report.vocabulary import WORDS
from xivolab.views.clock import zone

Lang = Literal["en", "fr"]

NOTHING = "–"
"""What stands where a value is unknown."""

_LOOSE = re.compile(r"(?<=«) | (?=[;:?!»%])")
"""The spaces of French that do not break."""


class Words:
    """The words of one language: `words("calls")`, `words("more-calls", count=3)`; its times are those of `place`."""

    def __init__(self, lang: Lang, place: tzinfo = UTC) -> None:
        self.lang = lang
        self._place = place
        self._column = ("en", "fr").index(lang)
        self._locale = Locale.parse(lang)

    def __call__(self, key: str, **holes: object) -> str:
        """The word or sentence of that key. Raises KeyError for an unknown one."""
        text = WORDS[key][self._column]
        if self.lang == "fr":
            text = _LOOSE.sub("\u00a0", text)  # a sign shall not begin a line
        return text.format(**holes) if holes else text

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with so many digits after the point: `1,234.5` or `1 234,5`."""
        if value is None:
            return NOTHING
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        return str(format_decimal(value, pattern, locale=self._locale))

    def seconds(self, value: float | None) -> str:
        """A duration: `480 ms`, `2.1 s`, from a minute on `3 min 05 s`."""
        if value is None:
            return NOTHING
        if 0 < value < 1:
            return f"{self.number(1000 * value)} ms"
        if value < 60:
            return f"{self.number(value, 1)} s"
        minutes, rest = divmod(round(value), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s"

    def clock(self, epoch: float | None) -> str:
        """The time of day, to the millisecond."""
        if epoch is None:
            return NOTHING
        return self._at(epoch).strftime("%H:%M:%S.%f")[:-3]

    def clock_in_zone(self, epoch: float | None) -> str:
        """The time of day, to the millisecond, with the name of the zone."""
        return NOTHING if epoch is None else f"{self.clock(epoch)} {self._at(epoch).tzname()}"

    def log_minutes(self, epoch: float) -> str:
        """The minute and the next two as Asterisk's log begins its lines, for a regular expression."""
        minutes = dict.fromkeys(self._at(epoch + 60 * n).strftime("%b %e %H:%M") for n in range(3))
        return "|".join(minutes)

    def stamp(self, epoch: float) -> str:
        """Date and time, the same in both languages and short enough for a column."""
        return self._at(epoch).strftime("%Y-%m-%d %H:%M:%S")

    def moment(self, epoch: float | None) -> str:
        """Date and time to the second, with the name of the zone."""
        if epoch is None:
            return NOTHING
        moment = self._at(epoch)
        date = format_date(moment.date(), "d MMMM y", locale=self._locale)
        return f"{date} {moment:%H:%M:%S} {moment.tzname()}"

    def _at(self, epoch: float) -> datetime:
        return datetime.fromtimestamp(epoch, UTC).astimezone(self._place)


@cache
def words(lang: Lang, tz: str | None = None) -> Words:
    """The words of a language, made once; times in the zone of that name, UTC without. Raises UsageError."""
    return Words(lang, zone(tz))
