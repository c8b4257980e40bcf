"""Streams as a table."""

from __future__ import annotations

from tests.report.made_case import made_report, stream
from xivolab.testing import ALICE


def test_streams_without_a_call() -> None:
    rows = [stream(call=None, codec=None, mos=None), stream(id="2")]
    block = made_report(streams=rows).other_streams()
    assert block is not None
    assert block.body.count("<tr>") == 2, "the heading and the one stream"
    assert f"{ALICE}:4000" in block.body
    assert made_report(streams=[stream()]).other_streams() is None


def test_the_worst_stands_first() -> None:
    block = made_report(streams=[stream(call=None), stream(id="2", call=None, mos=2.1)]).other_streams()
    assert block is not None
    assert block.body.index("2.10") < block.body.index("4.40")
