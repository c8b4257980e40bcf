"""The codec table: what it holds is documented, what is not in it has no MOS."""

from __future__ import annotations

import re
from typing import Any

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


@pytest.mark.parametrize("rtpmap", ["opus/48000/2", "speex/16000", "iLBC/8000", "H264/90000"])
def test_codecs_without_a_value_have_no_mos(rtpmap: str) -> None:
    record = stream(rtpmap)
    assert (record["mos"], record["mos_scale"], record["r_factor"]) == (None, None, None)
