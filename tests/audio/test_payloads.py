"""RTP payload formats: the frames in a payload."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.audio import payloads
from xivolab.audio.payloads import Block, amr, dvi4, fixed, g723, g729, parameters, redundant


def test_frames_of_one_size() -> None:
    assert fixed(33)(b"a" * 33 + b"b" * 33 + b"c") == [b"a" * 33, b"b" * 33]
    assert payloads.whole(b"") == []


def test_g729_with_comfort_noise_at_the_end() -> None:
    assert g729(b"a" * 20) == [b"a" * 10] * 2
    assert g729(b"a" * 10 + b"sn") == [b"a" * 10, None]
    assert g729(b"sn") == [None]


def test_g723_frames_tell_their_size() -> None:
    high, low, noise, none = b"\0" * 24, b"\1" * 20, b"\2" * 4, b"\3"
    assert g723(high + low + noise + none + high[:5]) == [high, low, None, None]


def test_dvi4_becomes_a_block_of_wav() -> None:
    assert dvi4(bytes((0x12, 0x34, 99, 0, 0xAB, 0xCD))) == [bytes((0x34, 0x12, 88, 0, 0xBA, 0xDC, 0, 0))]


# RFC 4867, 4.3.5.1: one frame of AMR 7.4 kbit/s (mode 4, 148 bits), no mode request.
BITS = "".join(str(n * 7 // 3 & 1) for n in range(148))


def packed(bits: str) -> bytes:
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def stored(bits: str = BITS, kind: int = 4) -> bytes:
    return bytes((kind << 3 | 4,)) + packed(bits)


def test_amr_bandwidth_efficient() -> None:
    unpack = amr({}, wideband=False)
    assert unpack is not None
    assert unpack(packed("1111" + "0" + "0100" + "1" + BITS)) == [stored()]
    # 4.3.5.3: two frames, the first lost
    both = "0000" + "1" + "1111" + "1" + "0" + "0100" + "1" + BITS
    assert unpack(packed(both)) == [None, stored()]


def test_amr_octet_aligned() -> None:
    unpack = amr({"octet-align": "1"}, wideband=False)
    assert unpack is not None
    noise = packed("1" * 39)
    head = bytes((0xF0, 0b1_0100_1_00, 0b0_1000_1_00))
    assert unpack(head + packed(BITS) + noise) == [stored(), None]
    assert unpack(head + packed(BITS)[:-1]) == []


def test_amr_wideband_has_other_sizes() -> None:
    unpack = amr({}, wideband=True)
    assert unpack is not None
    bits = "10" * 126 + "1"
    assert unpack(packed("1111" + "0" + "0010" + "1" + bits)) == [stored(bits, 2)]


@pytest.mark.parametrize("told", [{"crc": "1"}, {"interleaving": "30"}, {"robust-sorting": "1"}])
def test_amr_that_is_packed_otherwise_is_none_of_ours(told: dict[str, str]) -> None:
    assert amr(told, wideband=False) is None


def test_redundant_audio() -> None:
    head = struct.pack("!I", 1 << 31 | 5 << 24 | 160 << 10 | 3) + bytes((0,))
    assert redundant(head + b"oldnew") == [Block(5, 160, b"old"), Block(0, 0, b"new")]
    assert redundant(b"\0new") == [Block(0, 0, b"new")]
    assert redundant(head + b"ol") == []
    assert redundant(head[:3]) == []


def test_format_parameters() -> None:
    assert parameters("octet-align=1; mode-set=0,2 ;Annexb = no;x") == {
        "octet-align": "1",
        "mode-set": "0,2",
        "annexb": "no",
        "x": "",
    }


@given(st.binary(max_size=200), st.booleans(), st.booleans())
def test_any_payload_gives_frames_no_longer_than_itself(payload: bytes, wide: bool, aligned: bool) -> None:
    unpack = amr({"octet-align": "1"} if aligned else {}, wide)
    assert unpack is not None
    for found in (g723(payload), g729(payload), unpack(payload), fixed(38)(payload)):
        assert sum(len(frame) for frame in found if frame) <= len(payload) + len(found)
    assert sum(len(block.payload) for block in redundant(payload)) <= len(payload)
    dvi4(payload)
