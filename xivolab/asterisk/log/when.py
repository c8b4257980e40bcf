"""Which year and which zone the logs of some evidence are of, and who says so.

The year of a log without one is that of `--year`, else the one its own text tells (the Date header of a response that
Asterisk sent, the time in a security event, the epoch in a channel's unique id), else that of a log of the same
server that has one, else the one that brings it nearest to the other evidence, else the latest that is not in the
future. The zone is that of the case folder, else `--tz`, else what the same texts tell, else the machine's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import numpy as np

from xivolab.asterisk.log.clock import SECOND, LogClock, is_leap, with_year
from xivolab.asterisk.log.facts import Hint, LogFacts
from xivolab.asterisk.log.rows import ABSOLUTE, DAY, LOCAL, YEAR, YEARLESS

_QUARTER = 900 * SECOND
_LATE = 120 * SECOND
"""How much older than its line a moment in it may be: a channel's unique id is as old as the channel."""
_WIDEST = 15 * 3600 * SECOND
"""No zone is further from UTC."""
_LEAP_DAY = 59 * DAY


@dataclass(frozen=True, slots=True)
class Told:
    """What people say: `--tz` and `--year`; None where they do not."""

    zone: tzinfo | None = None
    year: int | None = None


def clocks_of(
    files: Sequence[LogFacts],
    zones: Sequence[tzinfo | None],
    told: Told,
    moments: Callable[[], Sequence[int]],
    now: int | None = None,
) -> list[LogClock]:
    """The clocks of the logs of one server. `zones` are those the case folder tells; `moments` times of other evidence, ns."""
    turns = turns_of(files)
    year, year_from = _year(files, turns, told, moments, now)
    offset = _offset(files, year, turns)
    clocks = []
    for facts, turn, zone in zip(files, turns, zones, strict=True):
        place, place_from = _zone(zone, told, offset)
        clock = LogClock(
            year + turn,
            "log" if facts.clock != YEARLESS else year_from,
            place,
            "log" if facts.clock == ABSOLUTE else place_from,
            list(facts.jumps),
        )
        if facts.first is not None and facts.last is not None:
            ends = clock.local(np.array([facts.first, facts.last]), np.full(2, facts.clock, np.uint8))
            clock.begins, clock.ends = ends.tolist()
            if facts.clock != YEARLESS:  # for the records that were written before logger.conf was read
                clock.year = datetime.fromtimestamp(ends[0] // SECOND, UTC).year
        clocks.append(clock)
    return clocks


def _zone(told_of_file: tzinfo | None, told: Told, offset: int | None) -> tuple[tzinfo | None, str]:
    if told_of_file is not None:
        return told_of_file, "case"
    if told.zone is not None:
        return told.zone, "option"
    if offset is not None:
        return (UTC if offset == 0 else timezone(timedelta(seconds=offset // SECOND))), "content"
    return None, "assumed"


def turns_of(files: Sequence[LogFacts]) -> list[int]:
    """For each file whether it is of the year after the first one's: 1, else 0.

    Files without a year lie on a circle of days; the year begins anew for those behind its widest gap.
    """
    spans = {
        row: (facts.first % YEAR, facts.last % YEAR)
        for row, facts in enumerate(files)
        if facts.clock == YEARLESS and facts.first is not None and facts.last is not None
    }
    order = sorted(spans, key=lambda row: spans[row][0])
    if len(order) < 2:
        return [0] * len(files)
    # Files may be of the same time, and one may go on into January.
    ends = {row: begin + (end - begin) % YEAR for row, (begin, end) in spans.items()}
    reached, gaps = max(ends.values()) - YEAR, []
    for row in order:
        gaps.append(max(spans[row][0] - reached, 0))
        reached = max(reached, ends[row])
    first = max(range(len(order)), key=lambda k: (gaps[k], -k))
    later = set(order[:first])
    return [int(row in later) for row in range(len(files))]


def _year(
    files: Sequence[LogFacts], turns: Sequence[int], told: Told, moments: Callable[[], Sequence[int]], now: int | None
) -> tuple[int, str]:
    """The year of turn 0, and who says so."""
    lacking = [(facts, turn) for facts, turn in zip(files, turns, strict=True) if facts.clock == YEARLESS]
    if not lacking:
        return 1970, "log"
    if told.year is not None:
        return told.year, "option"
    for strong in (True, False):
        votes = Counter(
            vote - turn
            for facts, turn in lacking
            for hint in facts.hints
            if hint.strong is strong
            for vote in _votes(hint)
        )
        if votes:
            return votes.most_common(1)[0][0], "content"
    first = min((facts.first or 0) + turn * YEAR for facts, turn in lacking)
    last = max((facts.last or 0) + turn * YEAR for facts, turn in lacking)
    others = [facts for facts in files if facts.clock in (LOCAL, ABSOLUTE) and facts.first is not None]
    known = [facts.first for facts in others if facts.first is not None] or list(moments())
    if known:
        nearest = [(min(abs(_at(first, year) - moment) for moment in known), year) for year in _years_about(known)]
        return min(nearest)[1], "evidence"
    latest = datetime.now(UTC).timestamp() * SECOND if now is None else now
    year = datetime.fromtimestamp(latest / SECOND, UTC).year
    while _at(last, year) > latest + DAY or (first <= _LEAP_DAY + DAY and _has_leap_day(lacking) and not is_leap(year)):
        year -= 1
    return year, "assumed"


def _has_leap_day(lacking: Sequence[tuple[LogFacts, int]]) -> bool:
    ends = [time for facts, _ in lacking for time in (facts.first, facts.last) if time is not None]
    return any(_LEAP_DAY <= time % YEAR < _LEAP_DAY + DAY for time in ends)


def _years_about(known: Sequence[int]) -> range:
    years = [datetime.fromtimestamp(moment / SECOND, UTC).year for moment in known]
    return range(min(years) - 1, max(years) + 2)


def _at(time: int, year: int) -> int:
    return int(with_year(np.array([time], np.int64), year)[0])


def _votes(hint: Hint) -> list[int]:
    """The year in which a hint's record was written, its turn taken off; none when no year fits."""
    if hint.clock != YEARLESS:
        return []
    year = datetime.fromtimestamp(hint.moment / SECOND, UTC).year
    near = [y for y in (year - 1, year, year + 1) if abs(_at(hint.time % YEAR, y) - hint.moment) < _WIDEST]
    return [y - hint.time // YEAR for y in near]


def _offset(files: Sequence[LogFacts], year: int, turns: Sequence[int]) -> int | None:
    """Local time minus UTC in ns as the text tells it; None when it does not."""
    for strong in (True, False):
        votes: Counter[int] = Counter()
        for facts, turn in zip(files, turns, strict=True):
            for hint in facts.hints:
                if hint.strong is not strong:
                    continue
                # A file whose dates got a year later on has no year of the whole.
                its = year + turn if facts.clock == YEARLESS else datetime.fromtimestamp(hint.moment / SECOND, UTC).year
                time = _at(hint.time, its) if hint.clock == YEARLESS else hint.time
                quarters, late = divmod(time - hint.moment + 2 * SECOND, _QUARTER)
                if late <= _LATE and abs(quarters) * _QUARTER < _WIDEST:
                    votes[quarters * _QUARTER] += 1
        if votes:
            return votes.most_common(1)[0][0]
    return None


def zone_named(name: str | None) -> tzinfo | None:
    """A zone of the IANA data base; None for None, and for a name that it does not have."""
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return None
