"""Messages in one piece of memory are a sequence of bytes like any other."""

from __future__ import annotations

from xivolab.sip.arena import MessageBytes

PIECES = [b"one", b"", b"three"]


def test_it_is_a_sequence_of_bytes() -> None:
    messages = MessageBytes.of(PIECES)
    assert len(messages) == 3
    assert list(messages) == PIECES
    assert messages == PIECES
    assert messages != PIECES[:2]
    assert (messages[0], messages[-1]) == (b"one", b"three")
    assert messages[1:] == PIECES[1:]


def test_a_part_of_a_message() -> None:
    assert MessageBytes.of(PIECES).part(2, 1, 3) == b"hr"


def test_no_messages() -> None:
    assert list(MessageBytes.of([])) == []
