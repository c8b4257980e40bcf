"""The codec table: what it holds is documented, what is not in it has no MOS."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned, talk
from xivolab.rtp import codecs
from xivolab.testing import tudp


def stream(rtpmap: str) -> dict[str, Any]:
    announced = tudp(BOB_SIP, ALICE_SIP, invite(BOB, "96", f"a=rtpmap:96 {rtpmap}"), -1.0)
    return only(scanned([announced, *talk(range(50), src=ALICE, dst=BOB, pt=96)]).streams)


def test_the_documented_table_is_the_one_that_is_used() -> None:
    rows = re.findall(r"^\| (.+?) \| ([\d.]+) \| ([\d.]+) \| (nb|wb) \|", codecs.__doc__ or "", re.MULTILINE)
    documented = sorted((float(ie), float(bpl), scale) for _, ie, bpl, scale in rows)
    used = sorted({(entry.ie, entry.bpl, entry.scale) for entry in codecs.IMPAIRMENTS.values()})
    assert documented == used


@pytest.mark.parametrize(
    ("rtpmap", "mos", "scale"),
    [("PCMA/8000", 4.409, "nb"), ("g729/8000", 4.104, "nb"), ("G722/8000", 4.337, "wb")],
)
def test_codecs_with_a_value(rtpmap: str, mos: float, scale: str) -> None:
    record = stream(rtpmap)
    assert record["mos"] == pytest.approx(mos, abs=0.001)
    assert record["mos_scale"] == scale


@pytest.mark.parametrize("rtpmap", ["opus/48000/2", "speex/16000", "H264/90000"])
def test_codecs_without_a_value_have_no_mos(rtpmap: str) -> None:
    record = stream(rtpmap)
    scores = [name for name in record if name.startswith(("mos", "r_factor"))]
    assert {record[name] for name in scores} == {None}


@pytest.mark.parametrize(
    ("rtpmap", "mos"),
    [("GSM/8000", 3.743), ("iLBC/8000", 4.104), ("G726-32/8000", 4.235), ("AAL2-G726-16/8000", 2.223)],
)
def test_what_is_assumed_is_told_apart(rtpmap: str, mos: float) -> None:
    record = stream(rtpmap)
    assert (record["mos"], record["r_factor"]) == (None, None)
    assert record["mos_assumed"] == pytest.approx(mos, abs=0.001)
    assert record["mos_lq_50"] == record["mos_assumed"]


@pytest.mark.parametrize(
    ("codec", "size", "assumed"),
    [("AMR", 33, False), ("AMR", 32, False), ("AMR", 14, True), ("AMR-WB", 33, False), ("amr-wb", 62, True)],
)
def test_a_codec_of_several_rates_has_a_mos_at_the_known_one(codec: str, size: float, assumed: bool) -> None:
    """RFC 4867, in either packing: AMR at 12.2 kbit/s has 32 or 33 bytes, AMR-WB at 12.65 kbit/s 33 or 34."""
    found = codecs.impairment_of(codec, size)
    assert found is not None
    assert found.assumed == assumed


def test_columns_of_many_are_those_of_each() -> None:
    each = [codecs.IMPAIRMENTS["PCMU"], None, codecs.IMPAIRMENTS["G722"]]
    columns = codecs.Impairments.of(each)
    assert columns.top.tolist()[0] == 93.2
    assert columns.divisor.tolist()[2] == 1.29
    assert np.isnan([columns.ie[1], columns.bpl[1], columns.lookahead_ms[1]]).all()
    assert columns.take(np.array([2, 0])).ie.tolist() == [13, 0]
