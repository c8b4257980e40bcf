"""Whose counters they are: the whole name of a channel that was cut, and its call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xivolab.table import Table

CUT = 18
"""Characters of a channel's name that `pjsip show channelstats` prints, `PJSIP/` left out."""


def tied(stats: Table, names: Iterable[str], calls: Mapping[str, set[str]]) -> Table:
    """The table "channelstats" with the whole names, and the calls of those of which only one is told.

    `names` are those of channels that other evidence tells, `calls` their call ids. A name that is shorter than its column
    was not cut; one that may have been is whole when one name alone begins like it.
    """
    known: dict[str, set[str]] = {}
    for told in {*names, *calls}:
        if told.startswith("PJSIP/"):
            known.setdefault(told.removeprefix("PJSIP/")[:CUT], set()).add(told)
    whole: list[str | None] = []
    owners: list[str | None] = []
    for row in stats.records():
        name: str | None = row["channel_name"]
        if name is None and len(row["channel"]) < CUT:
            name = f"PJSIP/{row['channel']}"
        alike = known.get(row["channel"], set())
        if name is None and len(alike) == 1:
            name = next(iter(alike))
        ids = calls.get(name, set()) if name else set()
        whole.append(name)
        owners.append(next(iter(ids)) if len(ids) == 1 else None)
    columns = dict(stats.columns)
    for field, values in (("channel_name", whole), ("call", owners)):
        columns[field] = columns[field].copy()
        columns[field][:] = values
    return Table(stats.record, columns)
