"""TCP segments put back in order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from xivolab.net.tcp import Mark, Segment, in_order, latest

TEXT = b"abcdefghijklmnopqrstuvwxyz"
Piece = bytes | None


def segment(at: int, data: bytes, frame: int = 0, wire: int | None = None, base: int = 1000) -> Segment:
    return Segment((base + at) % 2**32, data, len(data) if wire is None else wire, Mark(0, frame, 0, 0, 64))


def pieces(*segments: Segment) -> list[Piece]:
    """The bytes that become readable, None where some are missing."""
    return [None if piece is None else piece[0] for piece in in_order(list(segments))]


def test_nothing_gives_nothing() -> None:
    assert pieces() == []


def test_segments_in_order() -> None:
    assert pieces(segment(0, b"abc"), segment(3, b"def")) == [b"abc", b"def"]


def test_a_segment_that_was_overtaken() -> None:
    assert pieces(segment(0, b"abc"), segment(6, b"ghi"), segment(3, b"def")) == [b"abc", b"def", b"ghi"]


def test_the_first_segment_may_be_overtaken_too() -> None:
    assert pieces(segment(3, b"def"), segment(0, b"abc")) == [b"abc", b"def"]


def test_a_segment_sent_again_is_given_once() -> None:
    assert pieces(segment(0, b"abc"), segment(0, b"abc"), segment(3, b"def")) == [b"abc", b"def"]


def test_segments_that_overlap_give_each_byte_once() -> None:
    assert pieces(segment(0, b"abcd"), segment(2, b"cdef"), segment(1, b"bcdefgh")) == [b"abcd", b"ef", b"gh"]


def test_a_keep_alive_probe_repeats_the_byte_before() -> None:
    assert pieces(segment(0, b"abc"), segment(2, b"\0"), segment(3, b"def")) == [b"abc", b"def"]


def test_bytes_that_never_came_leave_a_hole() -> None:
    assert pieces(segment(0, b"abc"), segment(6, b"ghi"), segment(9, b"jkl")) == [b"abc", None, b"ghi", b"jkl"]


def test_a_hole_is_not_waited_for_for_ever() -> None:
    later = [segment(10 + n, b"x") for n in range(100)]
    given = pieces(segment(0, b"abc"), *later)
    assert given[:3] == [b"abc", None, b"x"]
    assert given.count(b"x") == 100


def test_a_segment_that_the_capture_cut_leaves_a_hole() -> None:
    assert pieces(segment(0, b"abc", wire=6), segment(6, b"ghi")) == [b"abc", None, b"ghi"]


def test_a_cut_segment_behind_a_hole_leaves_a_hole_too() -> None:
    given = pieces(segment(0, b"abc"), segment(6, b"ghi", wire=6), segment(12, b"mno"))
    assert given == [b"abc", None, b"ghi", None, b"mno"]


def test_sequence_numbers_wrap() -> None:
    near = 2**32 - 2
    assert pieces(segment(0, b"abc", base=near), segment(3, b"def", base=near)) == [b"abc", b"def"]


def test_a_new_connection_on_the_same_ports_begins_anew() -> None:
    new = 1000 + 2**30
    assert pieces(segment(0, b"abc"), segment(0, b"xyz", base=new), segment(3, b"uvw", base=new)) == [
        b"abc",
        None,
        b"xyz",
        b"uvw",
    ]


def test_a_piece_is_of_the_packet_that_made_it_readable() -> None:
    """As tshark attributes it."""
    late = [segment(0, b"abc", frame=1), segment(6, b"ghi", frame=2), segment(3, b"def", frame=5)]
    assert [(piece[0], piece[1].frame) for piece in in_order(late) if piece] == [(b"abc", 1), (b"def", 5), (b"ghi", 5)]


@st.composite
def transmissions(draw: st.DrawFn) -> list[Segment]:
    """TEXT in segments, each sent at least once, some again in other pieces, a little out of order."""
    cuts = sorted(draw(st.sets(st.integers(1, len(TEXT) - 1))))
    spans = list(zip([0, *cuts], [*cuts, len(TEXT)], strict=True))
    again = draw(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=5))
    spans = spans[:1] + draw(st.permutations(spans[1:]))
    for start, size in again:
        spans.insert(draw(st.integers(1, len(spans))), (start, min(start + size, len(TEXT))))
    base = draw(st.integers(0, 2**32 - 1))
    return [segment(start, TEXT[start:end], frame, base=base) for frame, (start, end) in enumerate(spans)]


@given(transmissions())
@settings(max_examples=300)
def test_any_order_and_any_repetition_give_the_text(segments: list[Segment]) -> None:
    assert b"".join(piece or b"?" for piece in pieces(*segments)) == TEXT


def test_what_was_held_back_for_a_lost_segment_keeps_its_own_packet() -> None:
    held = [Segment(10 + 10 * n, bytes(10), 10, Mark(0, n, n, 0, 0)) for n in range(1, 80)]
    lost = [Segment(0, bytes(10), 10, Mark(0, 0, 0, 0, 0)), *held]
    frames = [piece[1].frame for piece in in_order(lost) if piece is not None]
    assert frames == list(range(80))


def test_the_latest_packet_is_of_the_file_that_was_read_last() -> None:
    first, second = Mark(1, 900, 0, 0, 64, rank=0), Mark(0, 1, 0, 0, 64, rank=1)
    assert latest([second, first]) == second
