"""Which packets are for SIP: by their content, on any port."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import ALICE_SIP, BOB_SIP, scanned, sip
from xivolab.net.pick import begins_like_sip
from xivolab.sip.framing import looks_like_sip
from xivolab.testing import ttcp, tudp


def begins(data: bytes) -> bool:
    return bool(begins_like_sip(np.frombuffer(b"??" + data, np.uint8), 2, len(data) + 2))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"INVITE sip:bob@10.0.0.2 SIP/2.0\r\n", id="request"),
        pytest.param(b"invite sip:bob SIP/2.0\r\n", id="any-case"),
        pytest.param(b"X-NEW.METHOD_1 tel:+33 SIP/2.0\r\n", id="any-method"),
        pytest.param(b"OPTIONS sip:a SIP/2.0\nVia", id="bare-line-feed"),
        pytest.param(b"SIP/2.0 200 OK\r\n", id="status"),
        pytest.param(b"SIP/2.0 603 Declined\r\n", id="last-class-of-status"),
        pytest.param(b"\r\n\r\nSIP/2.0 200 OK\r\n", id="after-empty-lines"),
        pytest.param(b"INVITE sip:bob@a-very-long-name", id="cut-in-the-request-line"),
    ],
)
def test_sip(data: bytes) -> None:
    assert begins(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"GET /index.html HTTP/1.1\r\n", id="http"),
        pytest.param(b"SIP/2.0 700 ?\r\n", id="no-such-status"),
        pytest.param(b"SIP/1.0 200 OK\r\n", id="another-version"),
        pytest.param(b"NOTIFY * HTTP/1.1\r\n\r\nSIP/2.0", id="sip-in-the-body"),
        pytest.param(b"\r\n\r\n\r\n\r\n\r\n\r\n\r\n", id="keep-alive"),
        pytest.param(b"jaK", id="keep-alive-of-a-phone"),
        pytest.param(b" INVITE sip:bob SIP/2.0\r\n", id="blank-first"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_no_sip(data: bytes) -> None:
    assert not begins(data)


@given(st.binary(max_size=60) | st.text("INVITE sip:SIP/2.0 \r\n", max_size=60).map(str.encode))
def test_the_kernel_misses_nothing_that_framing_knows(data: bytes) -> None:
    """It may take a little more: what is cut, for instance."""
    if looks_like_sip(data) and len(data) >= 12:
        assert begins(data)


def test_more_flows_and_endpoints_than_the_tables_hold_at_first() -> None:
    flows = [ttcp(f"10.0.{n // 250}.{n % 250 + 1}:{1024 + n}", BOB_SIP, b"GET / HTTP/1.1\r\n\r\n") for n in range(5000)]
    messages = [ttcp(ALICE_SIP, BOB_SIP, sip(call_id=f"{n}"), n, seq=1000 * n + 1) for n in range(20)]
    found = scanned([messages[0], *flows, *messages[1:]]).messages.data
    assert len(found) == 20


def test_any_port() -> None:
    assert len(scanned([tudp("10.0.0.1:9", "10.0.0.2:7", sip())]).messages) == 1
