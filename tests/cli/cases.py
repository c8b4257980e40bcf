"""A case made of rows, for what the command line does with tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xivolab.evidence.folder import HostInfo
from xivolab.schema import ALL_RECORDS, Field
from xivolab.table import Table

NOON = 1_795_435_200 * 10**9
"""2026-11-23 12:00:00 UTC in nanoseconds."""


def table(name: str, *rows: dict[str, Any]) -> Table:
    """A table of rows that give only what the test is about."""
    record = ALL_RECORDS[name]
    return Table.from_rows(record, [{f.name: row.get(f.name, _default(f)) for f in record.fields} for row in rows])


def _default(field: Field) -> Any:
    if field.null:
        return None
    text = field.values[0] if field.values else ""
    return {"time": NOON, "int": 0, "float": 0.0, "bool": False, "str": text, "list": []}[field.kind]


@dataclass
class FakeCase:
    """What the command line asks of a case."""

    tables: dict[str, Table]
    told_hosts: dict[str, Any] = field(default_factory=dict)
    files: list[Any] = field(default_factory=list)

    @property
    def names(self) -> dict[str, Any]:
        """Nothing is learnt."""
        return self.told_hosts

    def in_language(self, lang: str) -> FakeCase:
        """Its words are the same in every language."""
        return self

    def table(self, name: str) -> Table:
        """The table of that name, empty when the test gave none."""
        return self.tables.get(name) or table(name)


def two_calls() -> FakeCase:
    """A completed call from 1001 with a stream and its seconds, and a failed one from outside."""
    leg = {"call_id": "a@pbx", "src": "10.77.0.11:5060", "dst": "10.77.0.10:5060"}
    other = {"call_id": "b@pbx", "src": "192.0.2.10:5060", "dst": "10.77.0.10:5060"}
    return FakeCase(
        {
            "calls": table(
                "calls",
                {
                    "id": "aaa",
                    "from_user": "alice",
                    "caller": "1001",
                    "to_user": "1002",
                    "start": NOON,
                    "state": "completed",
                    "status": 200,
                    "answered": True,
                    "answered_by": "callee",
                    "connected_at": NOON,
                    "talk_s": 61.5,
                    "mos_min": 4.4,
                    "mos_scale": "nb",
                    "codecs": ["PCMA", "telephone-event"],
                    "leg_details": [leg],
                    "streams": [0],
                },
                {
                    "id": "bbb",
                    "from_user": "+32470123456",
                    "to_user": "1003",
                    "start": NOON + 3600 * 10**9,
                    "state": "failed",
                    "status": 503,
                    "answered": False,
                    "leg_details": [other],
                },
            ),
            "dialogs": table(
                "dialogs",
                {
                    "id": "d1",
                    "call_id": "a@pbx",
                    "from_user": "alice",
                    "to_user": "1002",
                    "messages": 7,
                    "state": "completed",
                },
                {"id": "d2", "call_id": "b@pbx", "from_user": "+32470123456", "to_user": "1003", "messages": 3},
            ),
            "streams": table(
                "streams",
                {
                    "id": "s1",
                    "src": "10.77.0.11:4000",
                    "dst": "10.77.0.10:10000",
                    "codec": "PCMA",
                    "packets": 100,
                    "call": "aaa",
                },
                {
                    "id": "s2",
                    "src": "198.51.100.1:4000",
                    "dst": "10.77.0.10:10002",
                    "codec": "PCMU",
                    "packets": 50,
                    "lost": 5,
                },
            ),
            "quality": table(
                "quality",
                {"id": "q1", "stream": "s1", "second": 0},
                {"id": "q2", "stream": "s2", "second": 0, "mos": 2.0},
            ),
            "registrations": table("registrations", {"id": "r1", "aor": "sip:1001@pbx.example", "last_status": 403}),
            "messages": table(
                "messages",
                {"id": "m1", "call_id": "a@pbx", "status": 180},
                {"id": "m2", "call_id": "b@pbx", "method": "INVITE"},
            ),
        },
        told_hosts={"10.77.0.11": HostInfo("alice", "phone")},
    )
