"""Streams that a log tells, tied to their calls by the call id ([C-…]) of their lines, where no SDP does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from xivolab.asterisk.log.calls import LogCall
from xivolab.asterisk.log.logs import Logs
from xivolab.asterisk.rtp_log.flows import Flow
from xivolab.calls.media import StreamRows
from xivolab.calls.record import media_fields
from xivolab.calls.tables import CallTables
from xivolab.table import Made, Table, column


def calls_of(logs: Logs, flows: Mapping[int, Flow], calls: Iterable[tuple[str, LogCall]]) -> dict[int, str]:
    """For the row of each flow the id of its call, where its lines have a call id; `calls` with the ids of their rows."""
    known: dict[tuple[str, int, int], str] = {}
    for row_id, call in calls:
        for group in call.groups:
            server = logs.files[group.places[0][0]].server
            known[server, group.boot, group.callid] = row_id
    found = {row: known.get((logs.files[flow.file].server, flow.boot, flow.callid)) for row, flow in flows.items()}
    return {row: call for row, call in found.items() if call is not None and flows[row].callid >= 0}


def tie_logged(told: CallTables, streams: StreamRows, calls: Mapping[int, str]) -> CallTables:
    """The calls with the streams that `calls` gives, the id of the call by row; those that SDP tied stay where they are."""
    rows_of = {call_id: row for row, call_id in enumerate(told.calls["id"].tolist())}
    fresh: dict[int, list[int]] = {}
    stream_calls, rules = list(told.stream_calls), list(told.stream_rules)
    for stream, call_id in calls.items():
        if stream_calls[stream] is None and call_id in rows_of:
            stream_calls[stream], rules[stream] = call_id, "log"
            fresh.setdefault(rows_of[call_id], []).append(stream)
    if not fresh:
        return told
    columns = dict(told.calls.columns)
    for row, more in fresh.items():
        for name, value in media_fields(streams, sorted([*told.calls["streams"][row], *more])).items():
            if columns[name] is told.calls.columns[name] or isinstance(columns[name], Made):
                columns[name] = told.calls[name].copy()
            columns[name][row] = column(told.calls.record.field(name), [value])[0]
    return replace(
        told,
        calls=Table(told.calls.record, columns),
        stream_calls=stream_calls,
        stream_rules=rules,
    )
