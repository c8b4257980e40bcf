"""The traffic of a case: how many calls and registrations, how many at once, how quickly and with what success.

>>> import xivolab
>>> traffic = xivolab.open("captures/clean-call").traffic()
>>> traffic.figures["calls"], traffic.figures["asr_pct"]
(1, 100.0)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xivolab.errors import UsageError
from xivolab.schema import NULL_INT, TRAFFIC, TRAFFIC_BY, TRAFFIC_SERIES
from xivolab.table import Table
from xivolab.work.traffic_attempts import Calls, Registrations, calls_of, registrations_of
from xivolab.work.traffic_by import shares
from xivolab.work.traffic_figures import call_figures, registration_figures
from xivolab.work.traffic_load import SECOND, Level, busiest_second, counts, spread
from xivolab.work.traffic_scans import scanners

if TYPE_CHECKING:
    import pandas as pd

    from xivolab.case import Case
    from xivolab.views.traffic import TrafficPlots

_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400)
_DAY_S = 86400
_INTERVALS = 120
"""As many intervals as a picture shows well: the length chosen by itself gives no more."""

MOST_INTERVALS = 100_000

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which part of a case to look at: rows of the tables of calls and streams, addresses of record, a window in ns.

    None is all of it; `accounts` are (address of record, source) pairs.
    """

    calls: Sequence[int] | None = None
    streams: Sequence[int] | None = None
    accounts: frozenset[tuple[str, str]] | None = None
    since: int | None = None
    until: int | None = None


class Traffic:
    """Figures, series and shares of the traffic of a case; shows itself in a notebook.

    `figures` is the summary record, `summary`, `series` and `by` are tables without pandas (`to_pandas()` gives a
    DataFrame), `plots()` draws them. Raises UsageError when `every_s` would give more than `MOST_INTERVALS` intervals.
    """

    def __init__(self, case: Case, every_s: float | None = None, chosen: Chosen | None = None) -> None:
        self.case = case
        self._chosen = chosen or Chosen()
        self.begin, self.end = self._window()
        self.every_s = _interval(self.begin, self.end, every_s)

    @cached_property
    def figures(self) -> dict[str, Any]:
        """The summary record, as JSON has it."""
        return next(self.summary.records())

    @cached_property
    def summary(self) -> Table:
        """One row with all figures."""
        calls, registrations = self.calls, self.registrations
        seconds = (self.end - self.begin) / 1e9
        window = np.array([self.begin, self.end])
        held, talking, streams = self._held, self._talking, self._flowing
        held_most, held_at = held.peak()
        row = {
            "id": "traffic",
            "start": self.begin if self._watched else None,
            "end": self.end if self._watched else None,
            "duration_s": seconds if self._watched else None,
            "capture_points": capture_points(self.case),
            **call_figures(calls),
            "calls_begun_before": int((~self._all_calls.attempt).sum()),
            "calls_per_s": _per(len(calls), seconds),
            "calls_per_s_max": busiest_second(calls.asked, self.begin),
            "concurrent_max": held_most,
            "concurrent_max_at": held_at,
            "concurrent_mean": float(held.means(window)[0]) if seconds else None,
            "talking_max": talking.peak()[0],
            "talking_mean": float(talking.means(window)[0]) if seconds else None,
            **registration_figures(registrations),
            "registrations_per_s": _per(len(registrations), seconds),
            "registrations_per_s_max": busiest_second(registrations.asked, self.begin),
            "options": len(self._options),
            "scan_calls": self._scans[0],
            "scan_registrations": self._scans[1],
            "scanners": self._scans[2],
            "streams_max": streams.peak()[0],
            "streams_mean": float(streams.means(window)[0]) if seconds else None,
            "kbit_s_mean": float(self._kbit(window)[0] / seconds) if seconds else None,
            "kbit_s_max": self._busiest_kbit() if seconds else None,
        }
        return Table.from_rows(TRAFFIC, [row])

    @cached_property
    def series(self) -> Table:
        """One row for each interval of `every_s` seconds, without gaps."""
        calls, registrations = self.calls, self.registrations
        edges = self._edges
        clipped = np.clip(edges, self.begin, self.end)
        covered = np.diff(clipped) / 1e9
        failed = np.isin(calls.state, ("failed", "rejected"))
        count = len(edges) - 1
        started = counts(calls.asked, edges)
        registered = counts(registrations.asked, edges)
        columns: dict[str, NDArray[Any]] = {
            "id": np.array([f"traffic-{n}" for n in range(count)], dtype=object),
            "start": edges[:-1],
            "interval_s": np.full(count, self.every_s),
            "covered_s": covered,
            "calls": started,
            "calls_per_s": started / self.every_s,
            "calls_answered": counts(calls.asked, edges, calls.answered),
            "calls_failed": counts(calls.asked, edges, failed),
            "concurrent_max": self._held.peaks(clipped),
            "concurrent_mean": self._held.means(clipped),
            "talking_max": self._talking.peaks(clipped),
            "registrations": registered,
            "registrations_per_s": registered / self.every_s,
            "registrations_accepted": counts(registrations.asked, edges, registrations.accepted),
            "options": counts(self._options, edges),
            "streams_max": self._flowing.peaks(clipped),
            "kbit_s": np.where(covered > 0, self._kbit(clipped) / np.maximum(covered, 1e-9), 0.0),
        }
        return Table(TRAFFIC_SERIES, columns)

    @cached_property
    def by(self) -> Table:
        """Shares by peer, called peer, user agent, codec, status and state, the largest first."""
        return Table.from_rows(TRAFFIC_BY, shares(self.calls, self.registrations, self.begin, self.end))

    def table(self, name: str) -> Table:
        """The table of that name: "summary", "series" or "by". Raises UsageError."""
        tables = {"summary": lambda: self.summary, "series": lambda: self.series, "by": lambda: self.by}
        if name not in tables:
            raise UsageError(f"no table {name!r}", "traffic", f"it is one of {', '.join(tables)}")
        return tables[name]()

    def to_pandas(self, name: str = "series") -> pd.DataFrame:
        """A table as a DataFrame."""
        return self.table(name).to_pandas()

    def plots(self, lang: str = "en", tz: str | None = None) -> TrafficPlots:
        """The plots and the figures as a picture; `tz` names the zone of its times, UTC without. Raises UsageError."""
        from xivolab.views.traffic import traffic_plots

        return traffic_plots(self.summary, self.series, self.by, lang=lang, tz=tz)

    def __repr__(self) -> str:
        told = self.figures
        return (
            f"<Traffic: {told['calls']} calls, {told['registrations']} registrations in {told['duration_s'] or 0:g} s>"
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return self.plots()._repr_mimebundle_(include, exclude)

    @cached_property
    def _all(self) -> tuple[Calls, Registrations, tuple[int, int, list[str]]]:
        """All calls and registrations in the window but those of scanners, and how many these are."""
        chosen = self._chosen
        calls, registrations = calls_of(self.case, self._last), registrations_of(self.case)
        of_scanner, knocking, who = scanners(calls, registrations)
        # A call that began before the window is load in it, and no attempt of it.
        running = (calls.asked < self.begin) & (calls.held_to > self.begin)
        kept = self._in_window(calls.asked) | running | (~calls.attempt & (calls.held_to > self.begin))
        calls = replace(calls, attempt=calls.attempt & ~running)
        if chosen.calls is not None:
            kept &= np.isin(calls.row, np.asarray(chosen.calls, dtype=np.intp))
        asked = self._in_window(registrations.asked)
        if chosen.accounts is not None:
            pairs = zip(registrations.aor, registrations.source, strict=True)
            asked &= np.array([pair in chosen.accounts for pair in pairs], np.bool_)
        scans = int((of_scanner & kept).sum()), int((knocking & asked).sum()), who
        return calls.select(kept & ~of_scanner), registrations.select(asked & ~knocking), scans

    @property
    def _all_calls(self) -> Calls:
        return self._all[0]

    @cached_property
    def calls(self) -> Calls:
        """The attempts to call, as columns."""
        return self._all[0].select(self._all[0].attempt)

    @property
    def registrations(self) -> Registrations:
        """The attempts to register, as columns."""
        return self._all[1]

    @property
    def _scans(self) -> tuple[int, int, list[str]]:
        return self._all[2]

    @cached_property
    def _options(self) -> NDArray[np.int64]:
        """When OPTIONS requests were sent."""
        messages = self.case.table("messages")
        asked = (messages["method"] == "OPTIONS") & (messages["status"] == NULL_INT)
        asked &= (messages["retransmission"] != 1) & (messages["capture_duplicate"] != 1)
        times = messages["time"][asked & self._in_window(messages["time"])]
        return np.sort(times)

    @cached_property
    def _held(self) -> Level:
        calls = self._all_calls
        return Level.of(calls.held_from, calls.held_to, self.begin, self.end)

    @cached_property
    def _talking(self) -> Level:
        calls = self._all_calls
        return Level.of(calls.spoken_from, calls.spoken_to, self.begin, self.end)

    @cached_property
    def _streams(self) -> Table:
        streams = self.case.table("streams")
        return streams if self._chosen.streams is None else streams.select(self._chosen.streams)

    @cached_property
    def _flowing(self) -> Level:
        return Level.of(self._streams["start"], self._streams["end"], self.begin, self.end)

    @cached_property
    def _bits(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Begin and end (ns) of each second of each stream, and the kbit it carried, capture duplicates left out.

        The packets of a second have the mean size of their stream: exact where a codec's packets are of one size.
        """
        streams, quality = self._streams, self.case.table("quality")
        row_of = {name: row for row, name in enumerate(streams["id"])}
        rows = np.fromiter((row_of.get(name, -1) for name in quality["stream"]), np.int64, len(quality))
        known = rows >= 0
        rows = rows[known]
        starts = streams["start"][rows] + quality["second"][known] * SECOND
        ends = np.minimum(starts + SECOND, np.maximum(streams["end"][rows], starts))
        packets = np.maximum(streams["packets"], 1)
        once = (packets - streams["capture_duplicates"]) / packets
        size = streams["ip_bytes"] / packets * once
        return starts, ends, quality["packets"][known] * size[rows] * 8 / 1000

    def _kbit(self, edges: NDArray[np.int64]) -> NDArray[np.float64]:
        return spread(*self._bits, edges)

    def _busiest_kbit(self) -> float:
        """Of the seconds counted from the beginning, those in which a stream was heard."""
        starts = self._bits[0]
        inside = starts[(starts >= self.begin - SECOND) & (starts < self.end)]
        seconds = np.unique(np.concatenate([(inside - self.begin) // SECOND, (inside - self.begin) // SECOND + 1]))
        seconds = seconds[seconds >= 0]
        if not len(seconds):
            return 0.0
        edges = np.unique(np.concatenate([seconds, seconds + 1]))
        kbit = self._kbit(self.begin + edges * SECOND)
        return float(kbit[np.diff(edges) == 1].max(initial=0.0))

    @cached_property
    def _edges(self) -> NDArray[np.int64]:
        step = round(self.every_s * 1e9)
        first = self.begin // step
        last = max(-(-self.end // step), first + 1) if self._watched else first
        return np.arange(first, last + 1, dtype=np.int64) * step

    def _in_window(self, times: NDArray[np.int64]) -> Mask:
        """In [begin, end]: the last packet belongs to what was watched."""
        return np.asarray((times != NULL_INT) & (times >= self.begin) & (times <= self.end))

    def _window(self) -> tuple[int, int]:
        facts = self.case.reading.facts
        firsts = [fact.first_time for fact in facts if fact.first_time is not None]
        lasts = [fact.last_time for fact in facts if fact.last_time is not None]
        self._watched = bool(firsts and lasts)
        begin, self._last = min(firsts, default=0), max(lasts, default=0)
        if self._chosen.since is not None:
            begin = max(begin, self._chosen.since)
        end = self._last if self._chosen.until is None else min(self._last, self._chosen.until)
        return begin, max(begin, end)


def traffic(case: Case, every_s: float | None = None, chosen: Chosen | None = None) -> Traffic:
    """The traffic of a case in intervals of `every_s` seconds; None chooses a length. Raises UsageError."""
    return Traffic(case, every_s, chosen)


def capture_points(case: Case) -> list[str]:
    """Where each capture of a case was taken: its point, else its host, else the name of the file."""
    files = [file for file in case.files if file.kind == "capture"]
    return list(dict.fromkeys(file.capture_point or file.host or Path(file.path).name for file in files))


def _interval(begin: int, end: int, every_s: float | None) -> float:
    seconds = (end - begin) / 1e9
    if every_s is None:
        days = -(-seconds // (_INTERVALS * _DAY_S)) * _DAY_S
        return float(next((step for step in _STEPS_S if seconds <= step * _INTERVALS), days))
    if not every_s >= 0.001:
        raise UsageError("an interval of a millisecond or more is needed", f"--every {every_s:g}s", "write 10s or 1m")
    if seconds / every_s > MOST_INTERVALS:
        raise UsageError(
            f"{seconds / every_s:,.0f} intervals are too many",
            f"--every {every_s:g}s",
            "choose longer ones, or --since",
        )
    return float(every_s)


def _per(count: int, seconds: float) -> float | None:
    return count / seconds if seconds > 0 else None
