"""All tables of some evidence, from one scan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xivolab.errors import Problem
from xivolab.schema import PROBLEM
from xivolab.table import Table

if TYPE_CHECKING:
    from xivolab.case import EvidenceFile
    from xivolab.evidence.folder import HostInfo
    from xivolab.net.reader import CaptureFacts
    from xivolab.scan import Progress
    from xivolab.sip.tables import SipTables


@dataclass
class Reading:
    """What was read: every table by name, the messages behind them, and the facts of each capture."""

    tables: dict[str, Table]
    sip: SipTables
    facts: list[CaptureFacts]

    @cached_property
    def rows_of_call_id(self) -> dict[str, list[int]]:
        """The rows of `messages` of each Call-ID."""
        rows: dict[str, list[int]] = {}
        for row, call_id in enumerate(self.tables["messages"]["call_id"]):
            rows.setdefault(call_id, []).append(row)
        return rows


def read_all(
    files: list[EvidenceFile], hosts: Mapping[str, HostInfo], problems: list[Problem], progress: Progress | None
) -> Reading:
    """Read the captures among the files and make the tables. `hosts` maps addresses to who is there."""
    from xivolab.calls import StreamRows, build
    from xivolab.scan import scan
    from xivolab.sip import analyse

    captures = [file for file in files if file.kind == "capture"]
    scanned = scan([file.source for file in captures], progress)
    sip = analyse(scanned.messages, [file.path for file in captures])
    roles = {address: (host.name, host.role) for address, host in hosts.items()}
    calls = build(sip, StreamRows.of(scanned.streams), roles)
    scanned.streams.columns["call"][:] = calls.stream_calls
    told = [*problems, *scanned.problems]
    tables = {
        "calls": calls.calls,
        "dialogs": sip.dialogs,
        "streams": scanned.streams,
        "quality": scanned.quality,
        "registrations": sip.registrations,
        "messages": sip.messages,
        "problems": _problem_table(told),
    }
    return Reading(tables, sip, scanned.facts)


def _problem_table(problems: list[Problem]) -> Table:
    rows = [
        {
            "id": f"problem-{number}",
            "severity": problem.severity,
            "file": problem.file,
            "place": problem.place,
            "what": problem.what,
            "remedy": problem.remedy,
        }
        for number, problem in enumerate(problems, 1)
    ]
    return Table.from_rows(PROBLEM, rows)
