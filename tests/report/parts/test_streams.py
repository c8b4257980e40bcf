"""Streams as a table."""

from __future__ import annotations

from tests.report.made_case import made_report, stream
from xivolab.testing import ALICE


def test_streams_without_a_call() -> None:
    rows = [stream(call=None, codec=None, mos=None), stream(id="2")]
    block = made_report(streams=rows).other_streams()
    assert block is not None
    assert block.body.partition("<details")[0].count("<tr>") == 2, "the heading and the one stream"
    assert f"{ALICE}:4000" in block.body
    assert made_report(streams=[stream()]).other_streams() is None


def test_the_worst_stands_first() -> None:
    block = made_report(streams=[stream(call=None), stream(id="2", call=None, mos=2.1)]).other_streams()
    assert block is not None
    assert block.body.index("2.10") < block.body.index("4.40")


def test_the_mos_names_its_scale_and_says_what_is_assumed() -> None:
    def cell(**fields: object) -> str:
        block = made_report(streams=[stream(call=None, **fields)]).other_streams()
        assert block is not None
        return block.body

    assert "MOS (narrow-band)</th>" in cell()
    assert "MOS (wide-band)</th>" in cell(mos_scale="wb")
    assumed = cell(codec="GSM", mos=None, mos_assumed=3.7)
    assert "3.70</span> <span" in assumed
    assert ">assumed</span>" in assumed
    assert "no MOS: ITU-T gives no impairment factors for opus" in cell(codec="opus", mos=None, mos_scale=None)


def test_each_stream_has_all_its_figures_behind_a_line() -> None:
    rows = [stream(call=None, cname="<b>x</b>", late_200=4711), stream(id="2", call=None)]
    for lang, title in (("en", "Behind a simulated jitter buffer"), ("fr", "Derrière un tampon de gigue simulé")):
        block = made_report(streams=rows, lang=lang).other_streams()
        assert block is not None
        assert block.body.count("<details") == block.body.count(title) == 2
        assert "4711" in block.body
        assert "<b>x" not in block.body


def test_where_scales_differ_each_mos_names_its_own() -> None:
    rows = [stream(call=None), stream(id="2", call=None, mos_scale="wb")]
    block = made_report(streams=rows).other_streams()
    assert block is not None
    assert "MOS</th>" in block.body
    assert ">narrow-band</span>" in block.body
    assert ">wide-band</span>" in block.body
