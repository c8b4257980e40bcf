"""The ladder of a call with both points, from captures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.captures import ROOT
from tests.work.compare.crossing import Between, points, rtp, signalling
from xivolab.errors import UsageError
from xivolab.views.crossing import Crossing
from xivolab.views.flow import Lane
from xivolab.work.compare.comparison import Comparison, compare

LOSS, ALG = (ROOT / "captures" / name for name in ("two-points-loss", "two-points-sip-alg"))


def of(folder: Path) -> Comparison:
    return compare(folder / "phone.pcap", folder / "pbx.pcap")


def names(lanes: tuple[Lane, ...]) -> list[str]:
    return [lane.name for lane in lanes]


def test_the_points_stand_between_the_phone_and_the_pbx() -> None:
    flow = of(LOSS).ladder().flow
    assert names(flow.lanes) == ["alice", "A", "B", "pbx", "bob"]
    assert flow.points == (1, 2)
    assert flow.lanes[0].addresses == ("192.168.77.20", "10.77.0.60")


def test_given_the_other_way_round_the_picture_is_too() -> None:
    flow = compare(LOSS / "pbx.pcap", LOSS / "phone.pcap").ladder().flow
    assert names(flow.lanes) == ["bob", "pbx", "A", "B", "alice"]


def test_a_lost_message_and_a_shifted_clock(tmp_path: Path) -> None:
    found = compare(*points([*signalling(4.0), *rtp(4.0)], Between(offset=3.7, dropped={5}), tmp_path))
    arrows = [arrow for arrow in found.ladder().flow.arrows() if isinstance(arrow, Crossing)]
    assert [(arrow.message.method, arrow.seen) for arrow in arrows if arrow.lost] == [("BYE", (True, False))]
    times = [arrow.message.time or 0.0 for arrow in arrows]
    assert times == sorted(times)
    assert times[1] - times[0] == pytest.approx(0.096, abs=0.01)  # sent at 0.1 s, B is 4 ms away
    assert "✖" in found.ladder().text()


def test_what_an_alg_rewrote_opens_in_html() -> None:
    page = of(ALG).ladder(lang="fr").html()
    assert "≠ 5 différences" in page
    assert "Contact  (ALG SIP)" in page


def test_a_call_is_found_by_any_of_its_names() -> None:
    found = of(ALG)
    (call,) = found.table("calls").records()
    for key in (0, None, "1002", "alice", call["id"], call["call_a"], call["call_b"]):
        assert repr(found.ladder(key)) == "<TwoPointLadder alice → 1002>"
    with pytest.raises(UsageError, match="no call matches 'carol'"):
        found.ladder("carol")
    with pytest.raises(UsageError, match="no call"):
        found.ladder(7)


def test_several_calls_want_a_choice() -> None:
    two = compare(ROOT / "captures" / "busy", ROOT / "captures" / "clean-call")
    with pytest.raises(UsageError, match="2 calls in these captures; choose one with --call"):
        two.ladder()
    assert names(two.ladder(0).flow.lanes).index("B") == names(two.ladder(0).flow.lanes).index("A") + 1


@pytest.mark.parametrize("suffix", [".svg", ".html", ".txt", ".png"])
def test_it_can_be_written(suffix: str, tmp_path: Path) -> None:
    assert of(ALG).ladder().save(tmp_path / f"ladder{suffix}").stat().st_size > 1000
