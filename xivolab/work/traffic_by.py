"""The traffic told apart: by peer, user agent, codec, status and state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.schema import TRAFFIC_BY, TRAFFIC_DIMENSIONS
from xivolab.work.traffic_attempts import Calls, Registrations
from xivolab.work.traffic_figures import call_figures, registration_figures
from xivolab.work.traffic_load import Level

Column = NDArray[np.object_]
Row = dict[str, Any]


def _statuses(statuses: NDArray[np.int64]) -> Column:
    """As text; None where there is none."""
    words = {status: str(status) if status else None for status in set(statuses.tolist())}
    return np.array([words[status] for status in statuses.tolist()], dtype=object)


_OF_CALLS: dict[str, Callable[[Calls], Column]] = {
    "peer": lambda calls: calls.peer,
    "called-peer": lambda calls: calls.called_peer,
    "user-agent": lambda calls: calls.agent,
    "codec": lambda calls: calls.codec,
    "status": lambda calls: _statuses(calls.status),
    "state": lambda calls: calls.state,
}
_OF_REGISTRATIONS: dict[str, Callable[[Registrations], Column]] = {
    "peer": lambda registrations: registrations.peer,
    "user-agent": lambda registrations: registrations.agent,
    "status": lambda registrations: _statuses(registrations.status),
}


def shares(calls: Calls, registrations: Registrations, begin: int, end: int) -> list[Row]:
    """One row for each value of each dimension, the most calls first, then the most registrations."""
    rows: list[Row] = []
    for dimension in TRAFFIC_DIMENSIONS:
        asked = _rows_by_value(_OF_CALLS[dimension](calls))
        registered = (
            _rows_by_value(_OF_REGISTRATIONS[dimension](registrations)) if dimension in _OF_REGISTRATIONS else {}
        )
        nothing = np.zeros(0, np.intp)
        found = [
            _share(
                dimension,
                value,
                calls.select(asked.get(value, nothing)),
                registrations.select(registered.get(value, nothing)),
                begin,
                end,
            )
            for value in dict.fromkeys([*asked, *registered])
        ]
        rows += sorted(found, key=lambda row: (-row["calls"], -row["registrations"], row["value"] or ""))
    return rows


def _rows_by_value(values: Column) -> dict[str | None, NDArray[np.intp]]:
    numbers: dict[str | None, int] = {}
    of_row = np.fromiter((numbers.setdefault(value, len(numbers)) for value in values), np.intp, len(values))
    order = np.argsort(of_row, kind="stable")
    bounds = np.searchsorted(of_row[order], np.arange(len(numbers) + 1))
    return {value: order[bounds[n] : bounds[n + 1]] for value, n in numbers.items()}


def _share(dimension: str, value: str | None, calls: Calls, registrations: Registrations, begin: int, end: int) -> Row:
    figures = {**call_figures(calls), **registration_figures(registrations)}
    own = {
        "id": f"{dimension}/{value if value is not None else ''}",
        "dimension": dimension,
        "value": value,
        "concurrent_max": Level.of(calls.held_from, calls.held_to, begin, end).peak()[0],
    }
    return {field.name: own[field.name] if field.name in own else figures[field.name] for field in TRAFFIC_BY.fields}
