"""A call as the full log tells it: its record, and the keys that prove which call of the other sources it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from json.encoder import encode_basestring
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._collector import collector_paused
from xivolab.asterisk.log.calls import LogCall, LogCalls
from xivolab.calls.sources import ToldCall
from xivolab.calls.tables import CallTables
from xivolab.schema import CALL, NULL_INT
from xivolab.table import Made, Table, column

_ROLES = [(False, False), (False, True), (True, False), (True, True)]
"""Of a channel: whether it is the caller's, whether it talked."""

_APART = 60 * 1_000_000_000
"""Channels of one name that are further apart are of two starts of Asterisk, unless there is one alone."""


def logged_calls(calls: Sequence[LogCall], told: CallTables) -> Iterator[ToldCall]:
    """The calls of logs; one whose channels `told` knows, from CEL, has the linked ids of that call as keys."""
    channels = _by_channel(told)
    taken: set[str] = set()
    for call in calls:
        record = log_record(call)
        record["id"] = _unlike(record["id"], taken)
        keys = {key for channel in call.channels[:1] for key in _same(channels.get(channel, ()), record["start"])}
        yield ToldCall(record, frozenset(keys), _sure(call))


@collector_paused
def logged_table(calls: LogCalls) -> Table:
    """The table of the calls of logs alone, by start: no Python object for each, but for the names in it."""
    columns: dict[str, Any] = calls.columns()
    if len(set(columns["id"].tolist())) < len(calls):
        taken: set[str] = set()
        columns["id"][:] = [_unlike(key, taken) for key in columns["id"].tolist()]
    when = np.full(len(calls), 2.0**63)
    for name in ("end", "connected_at", "answered_at", "start"):
        when = np.where(columns[name] == NULL_INT, when, columns[name])
    order = np.lexsort((columns["id"].astype(np.bytes_), when))
    nothing = np.full(len(calls), np.nan)
    columns |= {"mos_min": nothing, "mos_scale": np.full(len(calls), None)}
    lists: dict[str, Any] = dict.fromkeys(("streams", "stream_ids", "codecs", "findings", "linkedids"), _no_lists)
    lists["legs"] = lambda rows: calls.lists("call_ids", rows)
    lists["log_ids"] = lambda rows: calls.lists("log_ids", rows)
    columns["related"] = column(CALL.field("related"), [[] for _ in range(len(calls))])
    made = {name: Made(make, order) for name, make in lists.items()}
    made["leg_details"] = Made(_details(calls), order, _detail_texts(calls))
    return Table(CALL, {**{name: values[order] for name, values in columns.items()}, **made})


def _no_lists(rows: NDArray[np.int64]) -> list[list[Any]]:
    return [[] for _ in range(len(rows))]


def _details(calls: LogCalls) -> Callable[[NDArray[np.int64]], list[Any]]:
    def make(rows: NDArray[np.int64]) -> list[Any]:
        return [
            [_detail(name, n == 0, talked) for n, (name, talked) in enumerate(channels)]
            for channels in calls.lists("channels", rows)
        ]

    return make


def _detail_texts(calls: LogCalls) -> Callable[[NDArray[np.int64]], list[str]]:
    """The same as JSON, as `xivolab.json_text` writes it."""
    heads = {role: json.dumps(_detail("", *role))[:-3] for role in _ROLES}

    def texts(rows: NDArray[np.int64]) -> list[str]:
        found = []
        for channels in calls.lists("channels", rows):
            parts = [f"{heads[n == 0, talked]}{encode_basestring(name)}}}" for n, (name, talked) in enumerate(channels)]
            found.append(f"[{', '.join(parts)}]")
        return found

    return texts


def ids_of(calls: Sequence[LogCall], told: CallTables) -> list[tuple[str, LogCall]]:
    """The calls of logs, each with the id of its row: its own, or that of the call which it was found to be."""
    table = told.calls
    own = set(table["id"].tolist())
    joined: _Joined | None = None
    taken: set[str] = set()
    found = []
    for call in calls:
        key = _unlike(call.fields["id"], taken)
        if key not in own:
            joined = joined or _Joined(table)
            key = joined.id_of(call) or key
        found.append((key, call))
    return found


class _Joined:
    """The calls of a table by their SIP Call-IDs, and by their Asterisk call ids and channels."""

    def __init__(self, table: Table) -> None:
        rows = [table[name].tolist() for name in ("id", "legs", "leg_details", "log_ids")]
        self._by_call_id: dict[str, str] = {}
        self._by_channel: dict[tuple[str, str], str] = {}
        for row_id, legs, details, log_ids in zip(*rows, strict=True):
            self._by_call_id.update((key, row_id) for key in legs)
            names = [detail.get("channel") or "" for detail in details]
            self._by_channel.update(((log_id, name), row_id) for log_id in log_ids for name in names)

    def id_of(self, call: LogCall) -> str | None:
        """The id of the row that a call of a log was found to be."""
        places = [self._by_call_id.get(call_id) for call_id in call.call_ids]
        log_ids = call.fields["log_ids"]
        places += [self._by_channel.get((log_id, channel)) for log_id in log_ids for channel in call.channels]
        return next((place for place in places if place), None)


def calls_with(calls: LogCalls, callids: Collection[int], told: CallTables) -> list[tuple[str, LogCall]]:
    """Those of `ids_of` that have one of these Asterisk call ids; no object is made of the others."""
    if len(set(calls.columns()["id"].tolist())) < len(calls):  # two of one id are told apart by their order
        return ids_of(calls, told)
    wanted = {f"C-{callid:08x}" for callid in callids}
    lists = calls.lists("log_ids", np.arange(len(calls)))
    return ids_of([calls[n] for n, ids in enumerate(lists) if not wanted.isdisjoint(ids)], told)


def log_record(call: LogCall) -> dict[str, Any]:
    """The record of a call, what a log never tells left open."""
    return {
        **call.fields,
        "legs": call.call_ids,
        "leg_details": [_detail(name, n == 0, name in call.talked) for n, name in enumerate(call.channels)],
        "streams": [],
        "stream_ids": [],
        "codecs": [],
        "mos_min": None,
        "mos_scale": None,
        "findings": [],
        "linkedids": [],
        "related": [],
    }


def _sure(call: LogCall) -> dict[str, Any]:
    """What the log knows better than SIP: the numbers, which on a XiVO are not the users of SIP."""
    names = {"SRC": "caller", "DST": "callee"}
    return {names[name]: number for name, number in call.numbers.items()}


def _unlike(key: str, taken: set[str]) -> str:
    """An id that no call before has."""
    found, n = key, 2
    while found in taken:
        found, n = f"{key}-{n}", n + 1
    taken.add(found)
    return found


def _detail(channel: str, is_caller: bool, talked: bool) -> dict[str, Any]:
    role = "caller" if is_caller else "callee" if talked else "attempt"
    names = ("call_id", "src", "dst", "from_user", "to_user", "start", "end", "state", "status")
    return {**dict.fromkeys(names), "role": role, "codecs": [], "channel": channel}


def _by_channel(told: CallTables) -> dict[str, list[tuple[int | None, list[str]]]]:
    """For each channel that other sources name the beginnings and linked ids of its calls."""
    found: dict[str, list[tuple[int | None, list[str]]]] = {}
    calls = told.calls
    for start, details, linkedids in zip(
        calls["start"].tolist(), calls["leg_details"].tolist(), calls["linkedids"].tolist(), strict=True
    ):
        for detail in details if linkedids else ():
            if detail.get("channel"):
                found.setdefault(detail["channel"], []).append((start, linkedids))
    return found


def _same(found: Sequence[tuple[int | None, list[str]]], start: int | None) -> list[str]:
    if len(found) == 1:
        return found[0][1]
    near = [(abs(when - start), ids) for when, ids in found if when is not None and start is not None]
    distance, ids = min(near, default=(_APART, []))
    return ids if distance < _APART else []
