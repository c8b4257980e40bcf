"""The commands that print a table: calls, dialogs, streams, …"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import typer
from numpy.typing import NDArray

from xivolab.cli.app import command
from xivolab.cli.filters import Filters
from xivolab.cli.language import language
from xivolab.cli.machine_readable import Format, write
from xivolab.cli.opening import Source, tell_problems, within
from xivolab.cli.options import (
    Addresses,
    Csv,
    Evidence,
    Host,
    Json,
    JsonLines,
    Language,
    Number,
    OneCall,
    Since,
    Sort,
    State,
    Status,
    Until,
    Where,
    WithFilters,
    WithHosts,
)
from xivolab.cli.order import ordered
from xivolab.cli.reading import reading
from xivolab.cli.times import zone
from xivolab.errors import UsageError
from xivolab.evidence.database import is_database
from xivolab.schema import RECORDS

if TYPE_CHECKING:
    from xivolab.case import Case

_EXAMPLES: dict[str, str | tuple[str, ...]] = {
    "calls": (
        "xivolab calls trace.pcap",
        "xivolab calls captures/ --sort worst --lang fr",
        "xivolab calls trace.pcap --number +32470123456 --since 09:30",
        "xivolab calls trace.pcap.gz --where 'mos_min < 3.6 or status >= 500' --json",
        "tcpdump -i any -w - | xivolab calls -",
    ),
    "dialogs": (
        "xivolab dialogs trace.pcap --status 4xx,5xx",
        "xivolab dialogs trace.pcap --where 'method = INVITE and retransmissions > 0'",
    ),
    "streams": (
        "xivolab streams trace.pcap --sort worst",
        "xivolab streams trace.pcap --host 192.0.2.10 --where 'lost_pct >= 1' --csv",
    ),
    "quality": (
        "xivolab quality trace.pcap --host 192.0.2.10 --csv",
        "xivolab quality trace.pcap --where 'lost > 0'",
    ),
    "registrations": (
        "xivolab registrations trace.pcap --where 'rejected > 0'",
        "xivolab registrations trace.pcap --number 1002 --json",
    ),
    "messages": (
        "xivolab messages trace.pcap --where 'method = INVITE'",
        "xivolab messages trace.pcap --number 1002 --since 09:30 --until 09:35",
    ),
    "events": (
        "xivolab events trace.pcap --where 'kind = dtmf'",
        "xivolab events trace.pcap --number 1002 --json",
    ),
    "icmp": ("xivolab icmp trace.pcap", "xivolab icmp trace.pcap --where 'protocol = SIP'"),
    "cel": (
        "xivolab cel cel.csv --number 1002",
        "xivolab cel psql.txt --where 'eventtype = HANGUP' --json",
    ),
    "log": (
        "xivolab log /var/log/asterisk/full*",
        "xivolab log full --where 'level = ERROR' --since 09:30",
        "xivolab log full --where 'log_id = C-0000001a' --tz Europe/Paris",
    ),
    "refusals": ("xivolab refusals full*", "xivolab refusals full --where 'scan = true' --json"),
    "hosts": ("xivolab hosts trace.pcap", "xivolab hosts trace.pcap --where 'role = phone'"),
    "problems": "xivolab problems captures/ full.gz",
}


def _command(name: str) -> typer.Typer:
    """The app of the one command that prints table `name`."""

    @command(_EXAMPLES[name], summary=f"List the {name}: {RECORDS[name].meaning}.")
    def show(
        evidence: Evidence,
        json: Json = False,
        jsonl: JsonLines = False,
        csv: Csv = False,
        sort: Sort = None,
        number: Number = None,
        since: Since = None,
        until: Until = None,
        state: State = None,
        status: Status = None,
        host: Host = None,
        where: Where = None,
        call: OneCall = None,
        addresses: Addresses = False,
        hosts: WithHosts = False,
        wireshark: WithFilters = False,
        lang: Language = None,
        *,
        source: Source,
    ) -> None:
        form = format_of(json, jsonl, csv)
        filters = Filters(number, since, until, state, status, host, where, zone(source.tz), call)
        asked = within(evidence, since, until, source.tz)
        with reading(evidence) as progress:
            case = source.open(asked, progress)
            if (
                name == "calls"
                and form
                and not (sort or call or hosts)
                and any(map(is_database, evidence))
                and case.comes_in_parts
            ):
                from xivolab.cli.streaming import stream_calls

                stream_calls(case, filters, form, source.tz, sys.stdout)
                tell_problems(case.as_read_so_far())
                return
            if name == "log" and call is not None:  # without the table of all records, which may be many millions
                case = case.with_log_of(call)
                filters = replace(filters, call=None)
            rows = ordered(case, name, filters.rows(case, name), sort)
        if form is None:
            _show(case, name, rows, filters, language(lang), raw=addresses, wireshark=wireshark)
        else:
            table = case.table(name).select(rows)
            if hosts:
                from xivolab.cli.with_hosts import with_hosts

                table = with_hosts(table, case.names)
            write(case, table, form, source.tz, sys.stdout)
        if name != "problems":
            tell_problems(case)

    return show


def format_of(json: bool, jsonl: bool, csv: bool) -> Format | None:
    """The format asked for, None for people. Raises UsageError for two of them."""
    chosen: list[Format] = []
    if json:
        chosen.append("json")
    if jsonl:
        chosen.append("jsonl")
    if csv:
        chosen.append("csv")
    if len(chosen) > 1:
        raise UsageError("one format at a time", " ".join(f"--{form}" for form in chosen), "choose one of them")
    return chosen[0] if chosen else None


def _show(
    case: Case, name: str, rows: NDArray[np.intp], filters: Filters, lang: str, *, raw: bool, wireshark: bool
) -> None:
    from xivolab.cli.display_filters import display_filters
    from xivolab.cli.people import Painter
    from xivolab.cli.totals import totals

    painter = Painter(lang, filters.place, names=None if raw else case)
    table = case.table(name).select(rows)
    if name == "problems":
        painter.problems(table)
    elif len(table):
        painter.table(table)
    if wireshark:
        for name_of, shown in display_filters(case, name, rows.tolist()):
            painter.line(f"{name_of}  {shown}")
    painter.note(totals(table, len(case.table(name)), lang))


calls = _command("calls")
dialogs = _command("dialogs")
streams = _command("streams")
quality = _command("quality")
registrations = _command("registrations")
messages = _command("messages")
events = _command("events")
icmp = _command("icmp")
cel = _command("cel")
log = _command("log")
refusals = _command("refusals")
hosts = _command("hosts")
problems = _command("problems")
