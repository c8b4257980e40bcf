"""A case made to order: records with the fields a test names, everything else as in a healthy call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xivolab.report.ranking import Ranked, worst_first
from xivolab.report.report import Report
from xivolab.report.words import Lang
from xivolab.schema import CALL, MESSAGE, PROBLEM, REGISTRATION, STREAM, Record
from xivolab.table import Table
from xivolab.testing import ALICE, BOB, PBX

S = 1_000_000_000
T0 = 1_700_000_000 * S

_CALL = {
    "id": "call-1",
    "from_user": "alice",
    "to_user": "1002",
    "caller": "1001",
    "callee": "1002",
    "start": T0,
    "end": T0 + 12 * S,
    "answered": True,
    "answered_at": T0 + 2 * S,
    "answered_by": "callee",
    "connected_at": T0 + 2 * S,
    "setup_s": 0.5,
    "talk_s": 10.0,
    "state": "completed",
    "status": 200,
    "cause": None,
    "released_by": "caller",
    "partial": False,
    "legs": ["a", "b"],
    "leg_details": [{"call_id": "a", "role": "caller", "src": f"{ALICE}:5060", "dst": f"{PBX}:5060"}],
    "streams": [],
    "stream_ids": [],
    "codecs": ["PCMA"],
    "mos_min": 4.4,
    "mos_scale": "nb",
    "findings": [],
    "log_ids": [],
    "linkedids": [],
    "related": [],
    "originated": False,
}
_STREAM = {
    "id": "stream-1",
    "ssrc": "0x00000001",
    "src": f"{ALICE}:4000",
    "dst": f"{PBX}:10000",
    "payload_type": 8,
    "codec": "PCMA",
    "packets": 500,
    "expected": 500,
    "lost": 0,
    "lost_pct": 0.0,
    "jitter_rfc_ms": 1.0,
    "mos": 4.4,
    "mos_scale": "nb",
    "loss_bursts": 0,
    "burst_histogram": [0] * 16,
    "payload_types": [8],
    "payload_type_changes": 0,
    "matched_by": "both ends",
    "start": T0 + 2 * S,
    "end": T0 + 12 * S,
    "call": "call-1",
}
_REGISTRATION = {
    "id": "registration-1",
    "aor": "sip:alice@pbx",
    "src": f"{ALICE}:5060",
    "first": T0,
    "last": T0,
    "attempts": 2,
    "accepted": 1,
    "rejected": 0,
    "last_status": 200,
    "expires_s": 300,
}
_PROBLEM = {"id": "problem-1", "severity": "warning", "file": "a.pcap", "place": "byte 24", "what": "cut", "remedy": ""}


def call(**told: Any) -> dict[str, Any]:
    """A call record as a row: a healthy one but for what is told."""
    return {**_CALL, **told}


def stream(**told: Any) -> dict[str, Any]:
    """A stream record as a row."""
    return {**_STREAM, **told}


def registration(**told: Any) -> dict[str, Any]:
    """A registration record as a row."""
    return {**_REGISTRATION, **told}


def problem(**told: Any) -> dict[str, Any]:
    """A problem record as a row."""
    return {**_PROBLEM, **told}


def talk(*ways: tuple[str, str], **told: Any) -> list[dict[str, Any]]:
    """One stream for each direction, given as addresses."""
    return [stream(id=f"stream-{n}", src=f"{src}:4000", dst=f"{dst}:4000", **told) for n, (src, dst) in enumerate(ways)]


BOTH_WAYS = ((ALICE, PBX), (PBX, ALICE), (PBX, BOB), (BOB, PBX))
"""The four directions of a call across the PBX."""


@dataclass
class MadeFile:
    """One file of the made case."""

    path: str = "a.pcap"
    kind: str = "capture"
    host: str | None = None
    capture_point: str | None = None


@dataclass
class MadeCase:
    """What a report asks of a case; calls refer to streams by their place in the list."""

    calls: Sequence[dict[str, Any]] = ()
    streams: Sequence[dict[str, Any]] = ()
    registrations: Sequence[dict[str, Any]] = ()
    problems: Sequence[dict[str, Any]] = ()
    tz: str | None = None
    told_hosts: dict[str, Any] = field(default_factory=dict)
    files: Sequence[MadeFile] = (MadeFile(),)

    @property
    def names(self) -> dict[str, Any]:
        """Nothing is learnt."""
        return self.told_hosts

    def table(self, name: str) -> Table:
        """One table, columns not told are null."""
        record, rows = {
            "calls": (CALL, self.calls),
            "streams": (STREAM, self.streams),
            "registrations": (REGISTRATION, self.registrations),
            "problems": (PROBLEM, self.problems),
            "messages": (MESSAGE, ()),
        }[name]
        return _table(record, rows)


def made_report(lang: Lang = "en", **told: Any) -> Report:
    """The report of a case with the tables told."""
    return Report(MadeCase(**told), lang)  # type: ignore[arg-type]


def ranked_call(streams: Sequence[dict[str, Any]], **told: Any) -> Ranked:
    """A call that has all of `streams`, with its place in the ranking."""
    case = MadeCase([call(streams=list(range(len(streams))), **told)], streams)
    (ranked,) = worst_first(case)  # type: ignore[arg-type]
    return ranked


def _table(record: Record, rows: Sequence[dict[str, Any]]) -> Table:
    return Table.from_rows(record, [{field.name: row.get(field.name) for field in record.fields} for row in rows])
