"""The kernel that recognises SIP in WebSocket frames agrees with the reader in Python."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.made import sip
from xivolab._kernel import kernel
from xivolab.net.websocket import asks_for_sip, begins_like_websocket
from xivolab.sip.websocket import is_websocket
from xivolab.testing import UPGRADE, UPGRADED, tframe


@kernel
def frame_at(buffer, at, end):  # type: ignore[no-untyped-def]  # a helper is called from kernels only
    return begins_like_websocket(buffer, at, end)


@kernel
def asked_at(buffer, at, end):  # type: ignore[no-untyped-def]  # the same
    return asks_for_sip(buffer, at, end)


def shows(data: bytes) -> bool:
    return bool(frame_at(np.frombuffer(data, np.uint8), 0, len(data)))


@given(
    st.sampled_from(
        [sip(), sip("SIP/2.0 200 OK"), sip("INVITE sip:a@b SIP/2.0", "x" * 300), b'{"a": "sip:b"}', b"hello"]
    ),
    st.sampled_from([b"", b"\1\2\3\4"]),
    st.sampled_from([1, 2, 8, 9]),
)
def test_frames(payload: bytes, mask: bytes, opcode: int) -> None:
    frame = tframe(payload, mask=mask, opcode=opcode)
    assert shows(frame) == is_websocket(frame)


def test_upgrades_to_sip() -> None:
    for data, wanted in (
        (UPGRADE, True),
        (UPGRADED, True),
        (UPGRADE.replace(b": sip", b":sIp"), True),
        (UPGRADE.replace(b": sip", b": chat"), False),
    ):
        assert bool(asked_at(np.frombuffer(data, np.uint8), 0, len(data))) is wanted


@given(st.binary(max_size=80), st.sampled_from([b"\x81", b"\x82\xfe", b"\x81\x7f", b"GET ", b"HTTP/1.1 101 "]))
def test_any_bytes_are_looked_at_without_harm(rest: bytes, head: bytes) -> None:
    data = head + rest
    shows(data)
    asked_at(np.frombuffer(data, np.uint8), 0, len(data))
