"""ICMP errors in a ladder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import xivolab
from tests.captures import SAMPLES
from tests.made import ALICE_SIP, BOB_SIP, sdp, sip, talk
from xivolab.objects import Call
from xivolab.testing import ticmp, tpcap, tudp
from xivolab.views.scene import Line


@pytest.fixture
def call(tmp_path: Path) -> Call:
    """An INVITE that comes back, one that a router throws away, one that is answered, and media that comes back."""
    sent = [
        tudp(ALICE_SIP, BOB_SIP, sip("INVITE sip:bob@10.0.0.2 SIP/2.0", sdp("10.0.0.1:4000"), "ours"), at, ip_id=n)
        for n, at in enumerate((0.0, 0.5, 1.0), 1)
    ]
    answer = tudp(BOB_SIP, ALICE_SIP, sip("SIP/2.0 200 OK", sdp("10.0.0.2:5000"), "ours"), 1.2)
    media = talk(range(100), 2.0)
    by_router = ticmp(sent[1], 0.6, kind=11, code=0)
    by_router = replace(by_router, data=by_router.data[:26] + b"\xc0\x00\x02\x09" + by_router.data[30:])
    errors = [ticmp(sent[0], 0.1), by_router, *(ticmp(media[n], 2.0 + 0.02 * n) for n in (50, 60))]
    packets = sorted([*sent, answer, *media, *errors], key=lambda packet: packet.time_ns)
    return xivolab.open(tpcap(tmp_path / "made.pcap", packets)).call(0)


def test_an_error_goes_back_on_a_dashed_arrow(call: Call) -> None:
    flow = call.ladder().flow
    ends = [(flow.lanes[one.source].addresses, flow.lanes[one.target].addresses) for one in flow.returned()]
    assert ends == [
        (("10.0.0.2",), ("10.0.0.1",)),
        (("192.0.2.9",), ("10.0.0.1",)),
        (("10.0.0.2",), ("10.0.0.1",)),
    ]
    assert [(one.about, one.count) for one in flow.returned()] == [(1, 1), (2, 1), (None, 2)]
    lines = [
        item
        for group in call.ladder().scene().groups()
        if group.kind == "returned"
        for item in group.items
        if isinstance(item, Line)
    ]
    assert [(line.dash, line.head, line.ink) for line in lines] == [("dashed", True, "failure")] * 3


def test_rtcp_after_the_end_is_no_failure() -> None:
    (sample,) = [path for path in SAMPLES if path.parent.name == "clean-call"]
    ladder = xivolab.open(sample).call(0).ladder()
    assert [one.harmless for one in ladder.flow.returned()] == [True] * len(list(ladder.flow.returned()))
    assert "ICMP port unreachable RTCP" in ladder.text(100)
    assert "✖" not in ladder.text(100)


def test_words_in_both_languages(call: Call) -> None:
    english, french = call.ladder(), call.ladder(lang="fr")
    assert "ICMP port unreachable" in english.svg()
    assert "ICMP port injoignable" in french.svg()
    text = french.text(100)
    assert "✖ ICMP port injoignable à propos de 1" in text
    assert "✖ ICMP port injoignable RTP ×2" in text


def test_what_opens_tells_where_it_is(call: Call) -> None:
    page = call.ladder().html()
    assert "ICMP time exceeded (type 11, code 0)" in page
    assert "quotes UDP 10.0.0.1:5060 → 10.0.0.2:5060" in page
    assert "<code>frame.number == 2</code>" in page


def test_it_stands_where_it_came(call: Call) -> None:
    kinds = [type(row).__name__ for row in call.ladder().flow.rows]
    assert kinds[:6] == ["Arrow", "Returned", "Arrow", "Returned", "Arrow", "Arrow"]
    assert kinds.index("Media") < len(kinds) - 1 - kinds[::-1].index("Returned")


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_line_of_text_is_too_long(call: Call, width: int) -> None:
    assert all(len(line) <= width for line in call.ladder().text(width).splitlines())
