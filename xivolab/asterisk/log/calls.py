"""The calls that logs tell of: columns of numbers for all of them, and objects for who asks of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.log.groups import SECOND, Groups, grouped
from xivolab.asterisk.log.happenings import read_step, read_story
from xivolab.asterisk.log.names import Names
from xivolab.asterisk.log.outcome import PARTIES, STATES, Ended, ended
from xivolab.asterisk.log.tellings import HAS_CALLID
from xivolab.schema import CALL, NULL_INT, Field

Place = tuple[int, int]
"""A file by its number, and a line in it."""

Boots = dict[int, tuple[Place, Place | None]]
"""For each start of Asterisk the place of what is first known of it, and of the next one, None for the last."""

Texts = Callable[[Sequence[Place]], Mapping[Place, bytes]]
"""Gives the messages of the records at some places."""

_NOWHERE = frozenset(("s", "h", "i", "t", "failed"))
_KNOWN = np.array([*PARTIES, None], object)
_STATES = np.array(STATES, object)


@dataclass(slots=True)
class Group:
    """The records of one call id that tell something; `callid` is -1 where the log has none."""

    boot: int
    callid: int
    places: list[Place] = field(default_factory=list)
    loose: list[Place] = field(default_factory=list)
    """Those of them without a call id."""


@dataclass(slots=True)
class LogCall:
    """A call as a log tells it: fields of `xivolab.schema.CALL`, its groups, and which numbers the dialplan told."""

    fields: dict[str, Any]
    groups: list[Group]
    call_ids: list[str]
    """The SIP Call-IDs that the log proves to be this call's."""
    numbers: dict[str, str] = field(default_factory=dict)
    channels: list[str] = field(default_factory=list)
    """The caller's first."""
    talked: set[str] = field(default_factory=set)
    """Those of them that were in a bridge, or answered."""
    boots: Boots = field(default_factory=dict)


@dataclass(slots=True)
class Told:
    """What the logs of one server tell, in order: rows of `TELLING` with times in ns since 1970, the file of each, texts.

    `files` (n,) int32 may be empty where all are of file `first`. texts (m, 3) int64 as `Collector.texts`.
    """

    rows: NDArray[Any]
    files: NDArray[np.int32]
    first: int
    texts: NDArray[np.int64]
    host: str | None

    def place(self, row: int) -> Place:
        """Where a row stands."""
        return (int(self.files[row]) if len(self.files) else self.first, int(self.rows["line"][row]))


class LogCalls(Sequence[LogCall]):
    """The calls of some servers, one server after the other. Columns are arrays over all of them, in that order."""

    def __init__(self, servers: Iterable[Told], names: Names, texts: Texts) -> None:
        self._servers = [_Server(told, names, texts) for told in servers]
        self._bounds = np.cumsum([0, *(len(server) for server in self._servers)])

    def __len__(self) -> int:
        return int(self._bounds[-1])

    @overload
    def __getitem__(self, index: int) -> LogCall: ...
    @overload
    def __getitem__(self, index: slice) -> list[LogCall]: ...

    def __getitem__(self, index: int | slice) -> LogCall | list[LogCall]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        n = range(len(self))[index]
        server = int(np.searchsorted(self._bounds, n, "right")) - 1
        return self._servers[server].call(n - int(self._bounds[server]))

    def columns(self) -> dict[str, NDArray[Any]]:
        """The fields of all calls that are no lists, as `xivolab.schema.CALL` has them."""
        parts = [server.columns for server in self._servers]
        if len(parts) == 1:
            return dict(parts[0])
        names = parts[0] if parts else _Server.NAMES
        return {name: np.concatenate([part[name] for part in parts] or [np.empty(0, object)]) for name in names}

    @property
    def boots(self) -> list[Boots]:
        """The starts of Asterisk that each server tells of."""
        return [server.boots for server in self._servers]

    @property
    def share_call_ids(self) -> bool:
        """Whether one SIP Call-ID is proved for two of the calls."""
        every = [one for ids in self.lists("call_ids", np.arange(len(self))) for one in ids]
        return len(set(every)) < len(every)

    def lists(self, name: str, rows: NDArray[np.int64]) -> list[list[Any]]:
        """For some calls "log_ids", "call_ids" or "channels": (name, whether it talked), the caller's first."""
        found: list[list[Any]] = [[]] * len(rows)
        owners = np.searchsorted(self._bounds, rows, "right") - 1
        for number, server in enumerate(self._servers):
            here = np.flatnonzero(owners == number)
            if len(here):
                lists = getattr(server, name)(rows[here] - self._bounds[number])
                for place, one in zip(here.tolist(), lists, strict=True):
                    found[place] = one
        return found


class _Server:
    """The calls of one server."""

    NAMES = (
        "id", "from_user", "to_user", "caller", "callee", "start", "end", "answered", "answered_at", "answered_by",
        "connected_at", "setup_s", "talk_s", "state", "status", "cause", "released_by", "partial", "originated",
    )  # fmt: skip

    def __init__(self, told: Told, names: Names, texts: Texts) -> None:
        self._told, self._names, self._texts = told, names, texts
        self._groups: Groups = grouped(told.rows, names)
        self._ended: Ended = ended(told.rows, told.files, self._groups, names)

    def __len__(self) -> int:
        return len(self._ended.calls)

    @cached_property
    def columns(self) -> dict[str, NDArray[Any]]:
        calls = self._ended.calls
        from_user = self._words(calls["user"])
        to_user = self._words(calls["exten"], none=-1)
        nowhere = np.array([word in _NOWHERE for word in to_user.tolist()], np.bool_) & (calls["refused"] == 0)
        to_user[nowhere] = None
        caller, callee = self._words(calls["source"]), self._words(calls["destination"])
        found = {
            "id": self._ids(),
            "from_user": from_user,
            "to_user": to_user,
            "caller": np.where(calls["source"] > 0, caller, from_user),
            "callee": np.where(calls["destination"] > 0, callee, to_user),
            "answered_by": _KNOWN[calls["answered_by"]],
            "released_by": _KNOWN[calls["released"]],
            "state": _STATES[calls["state"]],
            "setup_s": _seconds(calls["setup"]),
            "talk_s": _seconds(calls["talk"]),
            "answered": calls["answered"].astype(np.int8),
            "partial": calls["partial"].astype(np.int8),
            "originated": calls["originated"].astype(np.int8),
        }
        for name in ("start", "end", "answered_at", "connected_at"):
            found[name] = calls[name].astype(np.int64)
        for name in ("status", "cause"):
            found[name] = np.where(calls[name] < 0, NULL_INT, calls[name].astype(np.int64))
        return {name: found[name] for name in self.NAMES}

    def call(self, n: int) -> LogCall:
        """One call."""
        one, index = slice(n, n + 1), np.array([n])
        fields = {name: _python(CALL.field(name), values[one].tolist()[0]) for name, values in self.columns.items()}
        fields["log_ids"] = self.log_ids(index)[0]
        calls = self._ended.calls[one]
        numbers = {}
        for key, column in (("SRC", "source"), ("DST", "destination")):
            if calls[column][0] > 0:
                numbers[key] = self._names.words(calls[column])[0]
        channels = self.channels(index)[0]
        return LogCall(
            fields,
            self._groups_of(n),
            self.call_ids(index)[0],
            numbers,
            [name for name, _ in channels],
            {name for name, talked in channels if talked},
            self.boots,
        )

    def log_ids(self, rows: NDArray[np.int64]) -> list[list[str]]:
        """The call ids of Asterisk of some calls, by their beginning."""
        lists = self._spread(rows, self._ended.group_bounds, self._ended.groups)
        callids = self._groups.groups["callid"]
        return [
            [f"C-{callid:08x}" for callid in dict.fromkeys(callids[groups].tolist()) if callid >= 0] for groups in lists
        ]

    def call_ids(self, rows: NDArray[np.int64]) -> list[list[str]]:
        """The SIP Call-IDs that are proved for some calls."""
        if not len(self._groups.ties):
            return [[] for _ in range(len(rows))]
        known, bounds = self._ties
        found = []
        for groups in self._spread(rows, self._ended.group_bounds, self._ended.groups):
            numbers = [known[k] for group in groups.tolist() for k in range(bounds[group], bounds[group + 1])]
            found.append(list(dict.fromkeys(self._names.words(np.array(numbers, np.int64)) if numbers else [])))
        return found

    def channels(self, rows: NDArray[np.int64]) -> list[list[tuple[str, bool]]]:
        """The channels of some calls, the caller's first, and whether each talked."""
        bounds, found = self._ended.channel_bounds, []
        lists = self._spread(rows, bounds, self._ended.channels)
        flat = np.concatenate(lists) if lists else np.empty((0, 2), np.int32)
        pairs = list(zip(self._names.words(flat[:, 0]), (flat[:, 1] > 0).tolist(), strict=True))
        at = 0
        for count in (bounds[rows + 1] - bounds[rows]).tolist():
            found.append(pairs[at : at + count])
            at += count
        return found

    @staticmethod
    def _spread(rows: NDArray[np.int64], bounds: NDArray[np.int64], items: NDArray[Any]) -> list[NDArray[Any]]:
        return [items[begin:end] for begin, end in zip(bounds[rows].tolist(), bounds[rows + 1].tolist(), strict=True)]

    @cached_property
    def _ties(self) -> tuple[list[int], list[int]]:
        """The SIP Call-IDs of all groups by number, and where those of each begin."""
        ties, count = self._groups.ties, len(self._groups.groups)
        order = np.argsort(ties[:, 0], kind="stable")
        bounds = np.searchsorted(ties[order, 0], np.arange(count + 1))
        return ties[order, 1].tolist(), bounds.tolist()

    @cached_property
    def boots(self) -> Boots:
        """The starts of Asterisk."""
        places = [self._told.place(row) for row in self._groups.boots.tolist()] if len(self._told.rows) else []
        places[:1] = [(file, 0) for file, _ in places[:1]]
        return {boot: (place, next(iter(places[boot + 1 :]), None)) for boot, place in enumerate(places)}

    def _groups_of(self, n: int) -> list[Group]:
        ends = self._ended
        found: dict[int, Group] = {}
        for number in ends.groups[ends.group_bounds[n] : ends.group_bounds[n + 1]].tolist():
            known = self._groups.groups[number]
            found[number] = Group(int(known["boot"]), int(known["callid"]))
        for row in sorted(ends.rows[ends.row_bounds[n] : ends.row_bounds[n + 1]].tolist()):
            group, place = found[int(self._groups.owner[row])], self._told.place(row)
            group.places.append(place)
            if not self._told.rows["has"][row] & HAS_CALLID:
                group.loose.append(place)
        return list(found.values())

    def _words(self, numbers: NDArray[np.int32], none: int = 0) -> NDArray[Any]:
        """Names in words, None for numbers up to `none`."""
        known, places = np.unique(np.maximum(numbers, none), return_inverse=True)
        words = np.empty(len(known), object)
        words[:] = self._names.words(np.maximum(known, 0))
        words[known == none] = None
        found: NDArray[Any] = words[places]
        return found

    def _ids(self) -> NDArray[Any]:
        """Made of the first that is told of each call."""
        calls, host = self._ended.calls, self._told.host or ""
        texts = self._first_texts()
        groups = self._groups.groups["callid"][calls["group"]].tolist()
        lines = self._told.rows["line"][calls["first"]].tolist()
        found = np.empty(len(calls), object)
        for n, (text, callid, line) in enumerate(zip(texts, groups, lines, strict=True)):
            words = text.decode("utf-8", "replace")
            told = (read_step if words.startswith("Executing [") else read_story)(words)
            log_id = f"C-{callid:08x}" if callid >= 0 else None
            channel, facts = (told.channel, told.facts) if told else ("", ())
            mark = f"{host} {log_id} {channel} {facts} {line}"
            found[n] = blake2b(mark.encode(), digest_size=6).hexdigest()
        return found

    def _first_texts(self) -> list[bytes]:
        """The text of what is told first of each call."""
        firsts, kept = self._ended.calls["first"], self._told.texts
        places = np.searchsorted(kept[:, 0], firsts)
        places[places == len(kept)] = 0
        view = memoryview(self._names.text.data)
        if not len(kept):
            found = [b""] * len(firsts)
            missing = np.arange(len(firsts))
        else:
            found = [bytes(view[at : at + size]) for at, size in kept[places, 1:].tolist()]
            missing = np.flatnonzero(kept[places, 0] != firsts)
        if len(missing):
            wanted = [self._told.place(row) for row in firsts[missing].tolist()]
            texts = self._texts(wanted)
            for n, place in zip(missing.tolist(), wanted, strict=True):
                found[n] = texts.get(place, b"")
        return found


def _python(field: Field, value: Any) -> Any:
    """A value of a column as it was given to the table: None for null."""
    if value == NULL_INT or value != value or (field.kind == "bool" and value < 0):
        return None
    return bool(value) if field.kind == "bool" else value


def _seconds(spans: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.where(spans == NULL_INT, np.nan, spans / SECOND)
