"""Words in bytes, and the lines between them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.log.needles import STRIDE, Words, find

NAMES = (b"PJSIP/a-0000001a", b"PJSIP/bob-0000001b", b"Local/1@x-0000001c;2")


def places(text: bytes, *words: bytes) -> list[int]:
    buffer = np.frombuffer(text or b"\0", np.uint8)
    return find(buffer, 0, len(text), len(text), Words.of(words, b"")).hits[:, 0].tolist()


def every(text: bytes, word: bytes) -> list[int]:
    return [k for k in range(len(text)) if text.startswith(word, k)]


@given(
    st.lists(st.sampled_from([b"a", b"b", b"ab", b"\n", b"abcabc"]), max_size=400),
    st.sampled_from([b"a", b"ab", b"abc", b"bb\n"]),
)
def test_they_are_found_wherever_they_stand(parts: list[bytes], word: bytes) -> None:
    text = b"".join(parts)
    assert places(text, word) == every(text, word)


@given(st.integers(0, 3 * STRIDE), st.integers(0, 300))
def test_they_are_found_on_the_edges_of_strides(before: int, behind: int) -> None:
    text = b"x" * before + b"[C-0000001a]" + b"y" * behind
    assert places(text, b"[C-0000001a]", b"yyy")[0] == before


def test_a_word_that_begins_in_a_part_may_end_behind_it() -> None:
    text = np.frombuffer(b"..word..word", np.uint8)
    words = Words.of([b"word"], b"")
    assert find(text, 0, 4, 12, words).hits.tolist() == [[2, 0]]
    assert find(text, 0, 4, 5, words).hits.tolist() == []
    assert find(text, 3, 12, 12, words).hits.tolist() == [[8, 0]]


def test_lines_are_counted_in_each_stride() -> None:
    text = b"\n" * 100 + b"x" * (STRIDE - 100) + b"x\n" * 7
    found = find(np.frombuffer(text, np.uint8), 0, len(text), len(text), Words.of([b"q"], text), counted=True)
    assert found.lines.tolist() == [100, 7]


def test_more_than_there_is_room_for() -> None:
    text = b"ab" * 200_000
    assert places(text, b"ab", b"b") == list(range(400_000))


def test_channels_of_one_call_are_looked_for_as_one() -> None:
    words = Words.of(NAMES, b"")
    assert len(words.probes) == 1
    text = b" ".join([*NAMES, b"PJSIP/a-0000001d", b"-0000001b", *NAMES])
    assert len(places(text, *NAMES)) == 2 * len(NAMES)


@given(st.binary(max_size=300), st.lists(st.binary(min_size=2, max_size=6), min_size=1, max_size=4, unique=True))
def test_any_bytes(text: bytes, words: list[bytes]) -> None:
    assert places(text, *words) == sorted(place for word in words for place in every(text, word))
