"""Parts of a file, and the temporary file that holds what can be had only once."""

from __future__ import annotations

import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from xivolab.evidence.window import Spool, Window


def test_a_window_is_a_file_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "whole"
    path.write_bytes(b"0123456789")
    with path.open("rb") as file:
        one, other = Window(file.fileno(), 2, 5), Window(file.fileno(), 0, 3)
        assert (one.read(3), other.read(), one.read(), one.read()) == (b"234", b"012", b"56", b"")
        assert (one.seek(-1, io.SEEK_END), one.tell(), one.read()) == (4, 4, b"6")


def test_a_window_over_the_end_gives_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "short"
    path.write_bytes(b"abc")
    with path.open("rb") as file:
        assert Window(file.fileno(), 1, 100).read() == b"bc"


@given(st.lists(st.binary(max_size=50), max_size=8))
def test_what_was_spooled_is_read_again(parts: list[bytes]) -> None:
    spool = Spool()
    for part in parts:
        spool.write(part)
    assert spool.size == sum(map(len, parts))
    at = 0
    for part in parts:
        assert spool.window(at, len(part)).read() == part
        at += len(part)
