"""The filters every table takes: which rows to show.

A filter about something the record does not have looks at the record it belongs to: the streams of a call that failed,
the seconds of a stream of some host.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xivolab.cli.times import parse_time
from xivolab.cli.where import Mask, matching
from xivolab.errors import UsageError
from xivolab.schema import NULL_INT, STATES
from xivolab.table import Table

if TYPE_CHECKING:
    from xivolab.case import Case

# record → (its field, the record it belongs to, the field there)
_BELONGS = {
    "streams": ("call", "calls", "id"),
    "quality": ("stream", "streams", "id"),
    "messages": ("call_id", "dialogs", "call_id"),
    "events": ("call", "calls", "id"),
    "icmp": ("call", "calls", "id"),
    "cel": ("call", "calls", "id"),
    "findings": ("call", "calls", "id"),
    "journal": ("call", "calls", "id"),
}
_NUMBERS = {
    "hosts": ("numbers",),
    "journal": ("source_exten", "destination_exten"),
    "refusals": ("accounts",),
    "calls": ("from_user", "to_user", "caller", "callee"),
    "dialogs": ("from_user", "to_user"),
    "registrations": ("aor", "contact"),
}
_TIMES = {
    "calls": "start",
    "dialogs": "start",
    "streams": "start",
    "registrations": "last",
    "messages": "time",
    "events": "time",
    "icmp": "time",
    "cel": "time",
    "findings": "time",
    "journal": "date",
    "log": "time",
    "refusals": "last",
}
_STATES = {"calls": "state", "dialogs": "state"}
_STATUSES = {"calls": "status", "dialogs": "status", "messages": "status", "registrations": "last_status"}
_ENDS = {
    "dialogs": ("src", "dst"),
    "streams": ("src", "dst"),
    "messages": ("src", "dst"),
    "registrations": ("src", "dst"),
    "icmp": ("src", "dst", "quoted_src", "quoted_dst"),
    "refusals": ("address",),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for; None is no such filter. `place` is the zone of the times."""

    number: str | None = None
    since: str | None = None
    until: str | None = None
    state: str | None = None
    status: str | None = None
    host: str | None = None
    where: str | None = None
    place: tzinfo | None = None
    call: str | None = None

    def rows(self, case: Case, name: str) -> NDArray[np.intp]:
        """The indexes of the rows of table `name` that pass every filter. Raises UsageError."""
        mask = np.ones(len(case.table(name)), dtype=np.bool_)
        for option, value, test in self._tests():
            if value is not None:
                mask &= _apply(case, name, option, value, test)
        if self.call is not None:
            mask &= _of_call(case, name, self.call)
        if self.where is not None:
            mask &= matching(case.table(name), self.where, self.place)
        return np.flatnonzero(mask)

    def _tests(self) -> Iterable[tuple[str, str | None, Test]]:
        yield "--number", self.number, _by_number
        yield "--since", self.since, self._since
        yield "--until", self.until, self._until
        yield "--state", self.state, _by_state
        yield "--status", self.status, _by_status
        yield "--host", self.host, _by_host

    def _since(self, case: Case, name: str, value: str) -> Mask | None:
        return self._by_time(case, name, "--since", value)

    def _until(self, case: Case, name: str, value: str) -> Mask | None:
        return self._by_time(case, name, "--until", value)

    def _by_time(self, case: Case, name: str, option: str, value: str) -> Mask | None:
        times = _times(case, name)
        if times is None:
            return None
        known = times[times != NULL_INT]
        limit = parse_time(value, f"{option} {value}", self.place, int(known.min()) if len(known) else None)
        passes = times >= limit if option == "--since" else times <= limit
        return np.asarray(passes & (times != NULL_INT))


def _of_call(case: Case, name: str, key: str) -> Mask:
    """The rows that belong to one call. Raises UsageError."""
    call = case.call(key)
    wanted: dict[str, tuple[str, set[str]]] = {
        "calls": ("id", {call.key}),
        "dialogs": ("call_id", {*call.record()["legs"]}),
        "messages": ("call_id", {*call.record()["legs"]}),
        "streams": ("id", {*call.stream_ids}),
        "quality": ("stream", {*call.stream_ids}),
        "events": ("call", {call.key}),
        "icmp": ("call", {call.key}),
        "cel": ("call", {call.key}),
        "findings": ("call", {call.key}),
    }
    if name not in wanted:
        raise UsageError(f"{name} have nothing that --call could look at", "--call", "leave it out, or use --where")
    field, values = wanted[name]
    return np.array([value in values for value in case.table(name)[field].tolist()], np.bool_)


def _times(case: Case, name: str) -> NDArray[np.int64] | None:
    """When each row of a table was, in ns; None where it has no time."""
    if name == "quality":  # a second of a stream
        streams, quality = case.table("streams"), case.table("quality")
        start = dict(zip(streams["id"].tolist(), streams["start"].tolist(), strict=True))
        begun = [start.get(stream, NULL_INT) for stream in quality["stream"].tolist()]
        return np.array(
            [
                NULL_INT if at == NULL_INT else at + second * 10**9
                for at, second in zip(begun, quality["second"].tolist(), strict=True)
            ],
            np.int64,
        )
    return case.table(name)[_TIMES[name]] if name in _TIMES else None


Test = Callable[["Case", str, str], "Mask | None"]
"""Gives the rows of a table that pass a value, None when the record has nothing of that kind."""


def _apply(case: Case, name: str, option: str, value: str, test: Test) -> Mask:
    mask = test(case, name, value)
    if mask is not None:
        return mask
    if name not in _BELONGS:
        raise UsageError(f"{name} have nothing that {option} could look at", option, "leave it out, or use --where")
    field, owner, key = _BELONGS[name]
    owners = case.table(owner)
    passed = set(owners[key][_apply(case, owner, option, value, test)].tolist())
    return _each(case.table(name), (field,), lambda cell: cell in passed)


def _each(table: Table, fields: tuple[str, ...], test: Callable[[Any], bool]) -> Mask:
    """The rows where one of some text fields passes."""
    mask = np.zeros(len(table), dtype=np.bool_)
    for field in fields:
        values = table[field]
        mask |= np.fromiter((cell is not None and test(cell) for cell in values), dtype=np.bool_, count=len(values))
    return mask


def _by_number(case: Case, name: str, value: str) -> Mask | None:
    if name not in _NUMBERS:
        return None
    from xivolab.calls import same_party  # what makes calls is more than some commands need

    def asked(cell: Any) -> bool:
        return any(map(asked, cell)) if isinstance(cell, list) else same_party(value, _user(cell))

    return _each(case.table(name), _NUMBERS[name], asked)


def _user(text: str) -> str:
    """The user of a URI, or the text itself."""
    found = re.search(r"sips?:([^@;>]+)@", text)
    return found[1] if found else text


def _by_state(case: Case, name: str, value: str) -> Mask | None:
    if name not in _STATES:
        return None
    wanted = set(value.split(","))
    if unknown := wanted - set(STATES):
        raise UsageError(f"no state {sorted(unknown)[0]!r}", "--state", f"it is one of {', '.join(STATES)}")
    return _each(case.table(name), (_STATES[name],), lambda cell: cell in wanted)


def _by_status(case: Case, name: str, value: str) -> Mask | None:
    if name not in _STATUSES:
        return None
    statuses = case.table(name)[_STATUSES[name]]
    mask = np.zeros(len(statuses), dtype=np.bool_)
    for part in value.split(","):
        if re.fullmatch(r"[1-6]xx", part, re.IGNORECASE):
            mask |= statuses // 100 == int(part[0])
        elif re.fullmatch(r"[1-6]\d\d", part):
            mask |= statuses == int(part)
        else:
            raise UsageError(f"{part!r} is not a SIP status", "--status", "write 486, 4xx or 403,404")
    return mask


def _by_host(case: Case, name: str, value: str) -> Mask | None:
    from xivolab.views.names import name_in

    named = case.names.items()
    addresses = {at for at, host in named if value in (host.name, name_in(host, "fr"))}
    addresses = addresses or {at for at, host in named if host.role == value} or {value.strip("[]")}

    def there(end: str | None) -> bool:
        return end is not None and (end in addresses or end == value or end.rpartition(":")[0].strip("[]") in addresses)

    table = case.table(name)
    if name == "hosts":
        return _each(table, ("address",), there)
    if name == "calls":
        legs = table["leg_details"]
        answers = (any(there(leg[end]) for leg in call for end in ("src", "dst")) for call in legs)
        return np.fromiter(answers, dtype=np.bool_, count=len(legs))
    return _each(table, _ENDS[name], there) if name in _ENDS else None
