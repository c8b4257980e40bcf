"""What two points have in common: real recordings against the truth, and every capture against itself."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import xivolab
from tests.captures import ROOT, each_of_corpus, each_sample
from xivolab.errors import EvidenceError
from xivolab.work.compare.comparison import compare

TWO_POINTS = ROOT / "captures"


def assert_is_itself(capture: Path) -> None:
    """A capture compared with itself: no offset, nothing lost, nothing rewritten."""
    found = compare(capture, capture)
    messages, streams = found.table("messages"), found.table("streams")
    assert set(messages["verdict"]) <= {"passed"}
    assert set(streams["verdict"]) <= {"passed"}
    assert [int(streams[name].sum()) for name in ("lost", "unseen", "outside", "doubled", "reordered")] == [0] * 5
    assert len(found.table("rewrites")) == 0
    if found.offset.pairs:
        assert found.offset.seconds == pytest.approx(0, abs=1e-6)


@each_sample
def test_a_sample_is_itself(capture: Path) -> None:
    assert_is_itself(capture)


@pytest.mark.slow
@each_of_corpus
def test_a_capture_of_others_is_itself(capture: Path) -> None:
    try:
        assert_is_itself(capture)
    except EvidenceError:
        pytest.skip("cannot be read at all")


@pytest.mark.parametrize("name", ["two-points", "two-points-loss", "two-points-sip-alg"])
def test_containers_share_one_clock(name: str) -> None:
    offset = compare(TWO_POINTS / name / "phone.pcap", TWO_POINTS / name / "pbx.pcap").offset
    assert offset.ways == "both"
    assert abs(offset.seconds) < 0.0005
    assert offset.plus_minus_s is not None
    assert abs(offset.seconds) <= offset.plus_minus_s


def test_what_the_router_dropped_is_what_is_found() -> None:
    """The router counted what it dropped; besides, until NAT is known, the PBX sends to the private address."""
    folder = TWO_POINTS / "two-points-loss"
    truth = tomllib.loads((folder / "truth.toml").read_text())["between"]
    streams = list(compare(folder / "phone.pcap", folder / "pbx.pcap").table("streams").records())
    found = {row["way"]: row["lost"] for row in streams if row["seen"] == "both"}
    assert found == {"a-to-b": truth[0]["lost"], "b-to-a": truth[1]["lost"]}
    never = [row for row in streams if row["seen"] == "b" and row["verdict"] == "lost"]
    assert [row["dst_b"].rpartition(":")[0] for row in never] == ["192.168.77.20"]


def test_the_order_of_the_points_does_not_matter() -> None:
    folder = TWO_POINTS / "two-points-loss"
    there = compare(folder / "phone.pcap", folder / "pbx.pcap").table("streams")
    back = compare(folder / "pbx.pcap", folder / "phone.pcap").table("streams")
    assert sorted(there["lost"].tolist()) == sorted(back["lost"].tolist())


def test_nat_rewrites_nothing_and_the_alg_of_the_router_is_caught() -> None:
    plain = compare(TWO_POINTS / "two-points" / "phone.pcap", TWO_POINTS / "two-points" / "pbx.pcap")
    assert len(plain.table("rewrites")) == 0
    folder = TWO_POINTS / "two-points-sip-alg"
    found = compare(folder / "phone.pcap", folder / "pbx.pcap")
    told = {(row["kind"], row["name"]) for row in found.table("rewrites").records()}
    assert {("sip-alg", "Via"), ("sip-alg", "Contact"), ("sip-alg", "c=")} <= told
    assert {kind for kind, _ in told} == {"sip-alg", "consequence"}
    assert found.table("calls")["sip_alg"].tolist() == [1]


def test_both_points_opened_as_one_case_are_one_call_still() -> None:
    """The messages are there once for each point: none is taken for sent again, and the call ends as it did."""
    case = xivolab.open(TWO_POINTS / "two-points")
    (call,) = case.table("calls").records()
    assert (call["state"], call["answered"], call["status"], len(call["legs"])) == ("completed", True, 200, 2)
    assert int(case.table("dialogs")["retransmissions"].sum()) == 0
    assert len(call["streams"]) == 2 + 5
