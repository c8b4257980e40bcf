"""The rows of a comparison: each refers to what it was made of."""

from __future__ import annotations

import jsonschema
import pytest

import xivolab
from tests.captures import ROOT
from xivolab.json_schema import json_schema
from xivolab.schema import COMPARE_RECORDS
from xivolab.work.compare.comparison import compare

SAMPLES = ["two-points", "two-points-loss", "two-points-sip-alg"]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_record_is_valid(name: str) -> None:
    found = compare(ROOT / "captures" / name / "phone.pcap", ROOT / "captures" / name / "pbx.pcap")
    for table, record in COMPARE_RECORDS.items():
        records = list(found.table(table).records())
        jsonschema.validate(records, {"type": "array", "items": json_schema(record)})
        assert len({row["id"] for row in records}) == len(records)


def test_rows_lead_back_to_the_messages_and_streams_of_both_points() -> None:
    folder = ROOT / "captures" / "two-points-sip-alg"
    a, b = xivolab.open(folder / "phone.pcap"), xivolab.open(folder / "pbx.pcap")
    found = compare(a, b)
    for name, case in (("a", a), ("b", b)):
        known = set(case.table("messages")["id"])
        told = [row[f"message_{name}"] for row in found.table("messages").records() if row[f"message_{name}"]]
        assert set(told) == known
        assert {row[f"message_{name}"] for row in found.table("rewrites").records()} <= known
        streams = {stream for row in found.table("streams").records() for stream in row[f"streams_{name}"]}
        assert streams == set(case.table("streams")["id"])
    (call,) = found.table("calls").records()
    differing = [row for row in found.table("messages").records() if row["differences"] and row["call"] == call["id"]]
    assert call["rewritten"] == len(differing)
