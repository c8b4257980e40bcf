"""Messages as they are found, and in the order of the capture."""

from __future__ import annotations

import numpy as np

from xivolab.net.datagrams import FRAME, LENGTH, MARKS, TIME
from xivolab.net.tcp import Mark
from xivolab.sip.gather import GatheredMessages


def datagrams(*frames: tuple[int, int, bytes]) -> tuple[np.ndarray, np.ndarray]:
    marks = np.zeros((len(frames), MARKS), np.int64)
    for mark, (frame, time, data) in zip(marks, frames, strict=True):
        mark[FRAME], mark[TIME], mark[LENGTH] = frame, time, len(data)
    return marks, np.frombuffer(b"".join(data for *_, data in frames), np.uint8)


def gathered() -> GatheredMessages:
    messages = GatheredMessages()
    messages.add_datagrams(0, 0, *datagrams((1, 50, b"a"), (2, 40, b"bb")))
    messages.add(Mark(0, 9, 45, 7, 63), (3, 4), 1, b"tcp")
    messages.add_datagrams(1, 0, *datagrams((5, 45, b"")))
    return messages


def test_all_come_by_time_then_file_and_frame() -> None:
    raw = gathered().all("x:{}".format)
    assert list(raw.data) == [b"bb", b"tcp", b"", b"a"]
    assert raw.frame.tolist() == [2, 9, 5, 1]
    assert raw.file.tolist() == [0, 0, 1, 0]
    assert (raw.transport[1], raw.ip_id[1], raw.ttl[1]) == (1, 7, 63)
    assert [(raw.addresses[s], raw.addresses[d]) for s, d in zip(raw.src, raw.dst, strict=True)] == [
        ("x:0", "x:0"),
        ("x:3", "x:4"),
        ("x:0", "x:0"),
        ("x:0", "x:0"),
    ]
    assert raw.addresses == ["x:0", "x:3", "x:4"]  # those of messages alone


def test_the_latest_come_in_the_order_they_were_found() -> None:
    messages = gathered()
    assert len(messages) == 4
    assert [list(messages.since(first).data) for first in (1, 2, 3, 4)] == [
        [b"bb", b"tcp", b""],
        [b"tcp", b""],
        [b""],
        [],
    ]


def test_more_can_be_added_after_a_look() -> None:
    messages = gathered()
    len(messages.since(0).data)
    messages.add(Mark(0, 10, 99, 0, 64), (0, 1), 0, b"last")
    assert messages.all(str).data[-1] == b"last"


def test_nothing_was_found() -> None:
    assert len(GatheredMessages().all(str)) == 0
