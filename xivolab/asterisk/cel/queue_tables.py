"""The queues in tables: each call, each queue, each agent, and over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from importlib import import_module
from typing import TYPE_CHECKING, Any

from xivolab.asterisk.cel.queue_log import AgentTime, QueueCall, QueueEvent, agent_times, queue_calls
from xivolab.errors import UsageError
from xivolab.schema import QUEUE_AGENT, QUEUE_CALL, QUEUE_SERIES, QUEUE_STAT, Record
from xivolab.table import Table

if TYPE_CHECKING:
    from xivolab.views.queues import QueuePlots

_STEPS_S = (60, 300, 900, 1800, 3600, 6 * 3600, 86400, 7 * 86400)
_AS_FITS = 48
_MOST = 100_000
SERVICE_S = 20.0

Row = dict[str, Any]


class Queues:
    """What queue_log tells. `every_s` is the length of an interval (None: as fits), `within_s` of a call answered in time.

    Raises UsageError when that would be too many intervals.
    """

    def __init__(
        self,
        events: Sequence[QueueEvent],
        calls_of: Mapping[str, str],
        every_s: float | None = None,
        within_s: float = SERVICE_S,
    ) -> None:
        self.events = sorted(events, key=lambda event: event.time)
        self.queue_calls = queue_calls(self.events)
        self._calls_of = calls_of
        self.within_s = within_s
        self._asked_s = every_s
        self.every_s = every_s or self._fitting()
        if self.events and self._length_s() / self.every_s > _MOST:
            raise UsageError(
                f"more than {_MOST} intervals of {self.every_s:g} s", "--every", "choose longer ones, or less time"
            )

    def __repr__(self) -> str:
        return f"<Queues: {len(self.queue_calls)} calls>"

    def chosen(self, since: int | None, until: int | None, queues: frozenset[str] | None) -> Queues:
        """The same of some time (ns) and some queues: calls that came in it, agents as long as it lasted."""
        events = [
            event
            for event in self.events
            if (since is None or event.time >= since)
            and (until is None or event.time <= until)
            and (queues is None or event.queue in queues or not event.queue)
        ]
        return Queues(events, self._calls_of, self._asked_s, self.within_s)

    def plots(self, lang: str = "en", tz: str | None = None) -> QueuePlots:
        """The picture: calls over time, what became of them, waiting and talking, the queues and agents in figures."""
        # By name: the views lie above this room.
        found: QueuePlots = import_module("xivolab.views.queues").queue_plots(
            self.table("series"), self.table("queues"), self.table("agents"), lang=lang, tz=tz
        )
        return found

    def table(self, name: str) -> Table:
        """One of "calls", "queues", "agents", "series". Raises UsageError for another name."""
        make: dict[str, Callable[[], Table]] = {
            "calls": self._calls,
            "queues": self._queues,
            "agents": self._agents,
            "series": self._series,
        }
        if name not in make:
            raise UsageError(f"no table {name!r}", "--table", f"it is one of {', '.join(make)}")
        return make[name]()

    def _length_s(self) -> float:
        return (self.events[-1].time - self.events[0].time) / 1e9 if self.events else 0.0

    def _fitting(self) -> float:
        return float(next((step for step in _STEPS_S if self._length_s() / step <= _AS_FITS), _STEPS_S[-1]))

    def _calls(self) -> Table:
        return _table(
            QUEUE_CALL,
            (
                {
                    **{one.name: getattr(call, one.name, None) for one in QUEUE_CALL.fields if one.name != "id"},
                    "call": self._calls_of.get(call.callid),
                }
                for call in self.queue_calls
            ),
        )

    def _queues(self) -> Table:
        return _table(QUEUE_STAT, ({"queue": queue, **self._figures(calls)} for queue, calls in self._by("queue")))

    def _by(self, name: str) -> list[tuple[str, list[QueueCall]]]:
        found: dict[str, list[QueueCall]] = {}
        for call in self.queue_calls:
            if (key := getattr(call, name)) is not None:
                found.setdefault(key, []).append(call)
        return sorted(found.items())

    def _figures(self, calls: Sequence[QueueCall]) -> Row:
        answered = [call for call in calls if call.outcome == "answered"]
        waits = [call.wait_s for call in answered if call.wait_s is not None]
        given_up = [call.wait_s for call in calls if call.outcome == "abandoned" and call.wait_s is not None]
        talks = [call.talk_s for call in answered if call.talk_s is not None]
        over = [call for call in calls if call.outcome is not None]
        count = {name: sum(call.outcome == name for call in calls) for name in ("abandoned", "timeout")}
        return {
            "calls": len(calls),
            "answered": len(answered),
            **count,
            "refused": sum(call.outcome in ("full", "closed", "join-empty", "diverted") for call in calls),
            "left": sum(call.outcome in ("exit-key", "leave-empty", "withdrawn") for call in calls),
            "waiting": len(calls) - len(over),
            "answered_pct": 100 * len(answered) / len(over) if over else None,
            "in_time_pct": 100 * sum(wait <= self.within_s for wait in waits) / len(over) if over else None,
            "wait_mean_s": _mean(waits),
            "wait_max_s": max(waits, default=None),
            "abandon_wait_mean_s": _mean(given_up),
            "talk_mean_s": _mean(talks),
            "talk_total_s": sum(talks),
        }

    def _agents(self) -> Table:
        times = {one.agent: one for one in agent_times(self.events)}
        calls = dict(self._by("agent"))
        return _table(
            QUEUE_AGENT, (self._agent(name, times.get(name), calls.get(name, [])) for name in sorted({*times, *calls}))
        )

    def _agent(self, name: str, times: AgentTime | None, calls: Sequence[QueueCall]) -> Row:
        talks = [call.talk_s for call in calls if call.talk_s is not None]
        end = self.events[-1].time
        return {
            "agent": name,
            "queues": sorted({call.queue for call in calls}),
            "answered": len(calls),
            "missed": times.missed if times else 0,
            "talk_mean_s": _mean(talks),
            "talk_total_s": sum(talks),
            "ring_mean_s": _mean([call.ring_s for call in calls if call.ring_s is not None]),
            "logged_s": _length(times.sessions, end) if times and times.sessions else None,
            "paused_s": _length(times.pauses, end) if times else 0.0,
        }

    def _series(self) -> Table:
        if not self.queue_calls:
            return _table(QUEUE_SERIES, [])
        step = round(self.every_s * 1e9)
        first = min(call.entered for call in self.queue_calls) // step
        last = max(call.entered for call in self.queue_calls) // step
        found: dict[int, list[QueueCall]] = {}
        for call in self.queue_calls:
            found.setdefault(call.entered // step, []).append(call)
        rows = []
        for n in range(first, last + 1):
            figures = self._figures(found.get(n, []))
            names = [one.name for one in QUEUE_SERIES.fields]
            rows.append(
                {"start": n * step, "interval_s": self.every_s, **{k: v for k, v in figures.items() if k in names}}
            )
        return _table(QUEUE_SERIES, rows)


def _length(spans: Iterable[tuple[int, int | None]], end: int) -> float:
    return sum(((end if stop is None else stop) - start) / 1e9 for start, stop in spans)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _table(record: Record, rows: Iterable[Row]) -> Table:
    found = []
    seen: dict[str, int] = {}
    for row in rows:
        name = blake2b(
            repr([record.name, *list(row.values())[:4]]).encode("utf-8", "surrogateescape"), digest_size=6
        ).hexdigest()
        count = seen[name] = seen.get(name, 0) + 1
        found.append({**row, "id": name if count == 1 else f"{name}-{count}"})
    return Table.from_rows(record, found)
