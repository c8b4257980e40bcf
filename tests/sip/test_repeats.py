"""Capture duplicates and retransmissions."""

from __future__ import annotations

import pytest

from tests.sip.flow import Leg, capture
from xivolab.sip.index import MessageIndex
from xivolab.sip.repeats import capture_duplicates, retransmissions


def counts(*legs: Leg) -> tuple[int, int]:
    """(retransmissions, capture duplicates)"""
    index = MessageIndex(capture(*legs))
    duplicate = capture_duplicates(index)
    return sum(retransmissions(index, duplicate)), sum(duplicate)


def invited() -> Leg:
    return Leg("10.0.0.1", "10.0.0.9").invite(0)


@pytest.mark.parametrize(
    ("seconds", "packet", "expected"),
    [
        (0.0001, {}, (0, 1)),  # the same packet on a second interface
        (0.0001, {"ttl": 63}, (0, 1)),  # one router later
        (0.0001, {"ttl": 62}, (1, 0)),
        (0.0001, {"ip_id": 99}, (1, 0)),  # another packet: the sender sent it again
        (0.0001, {"ip_id": 0}, (0, 1)),  # an id of zero tells nothing
        (0.0051, {}, (1, 0)),
        (0.5, {"ip_id": 99}, (1, 0)),  # timer A
    ],
)
def test_the_same_bytes_again(seconds: float, packet: dict[str, int], expected: tuple[int, int]) -> None:
    assert counts(invited().again(seconds, **packet)) == expected


def test_every_resend_counts() -> None:
    assert counts(invited().again(0.5, ip_id=7).again(1.5, ip_id=8).again(3.5, ip_id=9)) == (3, 0)


def test_a_proxy_hop_is_no_retransmission() -> None:
    forwarded = Leg("10.0.0.5", "10.0.0.9", via="\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKx").invite(0.01)
    assert counts(invited(), forwarded) == (0, 0)


def test_a_retry_with_credentials_is_no_retransmission() -> None:
    assert counts(invited().reply(0.1, 401).ack(0.2).invite(0.3)) == (0, 0)


def test_a_second_180_with_news_is_none_the_same_again_is() -> None:
    ringing = invited().reply(1, 180)
    assert counts(ringing.reply(2, 180, headers="P-Asserted-Identity: <sip:1002@pbx>")) == (0, 0)
    assert counts(ringing.again(3, row=1, ip_id=50)) == (1, 0)


def test_forks_answer_with_their_own_tags() -> None:
    assert counts(invited().reply(1, 180, to_tag="one").reply(1.1, 180, to_tag="two")) == (0, 0)


def test_two_captures_of_one_time_are_two_views_of_one_message() -> None:
    raw = capture(invited().again(0.2).reply(1, 486).again(1.2))
    raw.file[:] = [0, 1, 0, 1]
    index = MessageIndex(raw)
    assert sum(retransmissions(index, capture_duplicates(index))) == 0


def test_a_capture_that_goes_on_in_another_file_is_one_view() -> None:
    raw = capture(invited().reply(0.1, 100).again(0.5, row=0, ip_id=9).reply(1, 486))
    raw.file[:] = [0, 0, 1, 1]
    index = MessageIndex(raw)
    assert sum(retransmissions(index, capture_duplicates(index))) == 1
