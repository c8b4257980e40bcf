"""Captures that Wireshark reads and we do not, by their first bytes."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.captures import ROOT, SAMPLES
from xivolab.evidence.formats import foreign_format


def erf(records: int, kind: int = 2, seconds: int = 1_700_000_000) -> bytes:
    """Records of an ERF file, with 64 bytes each."""
    return b"".join(
        struct.pack("<IIBB", 0, seconds, kind, 4) + struct.pack(">HHH", 64, 0, 46) + bytes(48) for _ in range(records)
    )


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"snoop\0\0\0\0\0\0\2", "Sun snoop"),
        (b"GMBU\0\2", "Microsoft Network Monitor 2"),
        (b"btsnoop\0\0\0\0\1", "btsnoop (Bluetooth of Android)"),
        (b"+---------+---------------+----------+\r\n06:51", "K12 text"),
        (erf(1), "Endace ERF"),
        (erf(9), "Endace ERF"),
        (erf(1)[:-1], None),
        (erf(9, kind=90), None),
        (erf(9, seconds=1000), None),
        (b"Dear colleague,\nplease look at the capture.\n", None),
        (b"\x0a\x0d\x0d\x0a", None),
        (b"", None),
    ],
)
def test_formats(head: bytes, name: str | None) -> None:
    assert foreign_format(head) == name


def test_none_of_our_files_is_one() -> None:
    files = [*SAMPLES, *ROOT.glob("sample_logs/**/*"), *ROOT.glob("docs/**/*"), *ROOT.glob("notebooks/*")]
    assert [path for path in files if path.is_file() and foreign_format(path.read_bytes()[:65536])] == []


@given(st.binary(max_size=200))
def test_any_bytes(head: bytes) -> None:
    foreign_format(head)
