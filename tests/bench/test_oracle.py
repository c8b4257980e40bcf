"""What the recorder asks tshark."""

from __future__ import annotations

from tests.captures import ROOT
from xivolab.bench.oracle import Dialog, dialogs, register_answers, streams

BUSY = ROOT / "captures" / "busy" / "capture.pcap"


def test_a_challenge_is_not_the_answer_to_an_invite() -> None:
    found = dialogs(BUSY)

    assert [(one.from_user, one.status) for one in found] == [("alice", 486), ("1001", 486)]
    assert isinstance(found[0], Dialog)
    assert found[0].to_user == "1002"


def test_both_answers_to_a_registration_are_seen() -> None:
    assert register_answers(BUSY) == [("alice", 401), ("alice", 200), ("bob", 401), ("bob", 200)]


def test_streams_name_their_ends() -> None:
    found = streams(ROOT / "captures" / "one-way-audio" / "capture.pcap")

    ends = {(stream.src.partition(":")[0], stream.dst.partition(":")[0]) for stream in found}
    assert ends == {("10.77.0.12", "10.77.0.10"), ("10.77.0.10", "10.77.0.11")}
    assert all(stream.packets > 500 and stream.lost == 0 for stream in found)
