"""The lines that announce a SIP message; the forms are those of Asterisk's source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.sip_log.marks import marks, place

FORMS = {
    b"<--- Received SIP request (924 bytes) from UDP:123.127.194.4:32766 --->": (
        True,
        "UDP",
        "123.127.194.4:32766",
        924,
    ),
    b"<--- Transmitting SIP response (317 bytes) to TLS:192.168.100.11:54069 --->": (
        False,
        "TLS",
        "192.168.100.11:54069",
        317,
    ),
    b"<--- Received SIP response (9 bytes) from wss:[2001:db8::1]:5060 --->": (True, "WSS", "[2001:db8::1]:5060", 9),
    b"<--- Received SIP response (9 bytes) from UDP:2001:db8::1:5060 --->": (True, "UDP", "[2001:db8::1]:5060", 9),
    b"<--- SIP read from UDP:10.1.1.1:5060 --->": (True, "UDP", "10.1.1.1:5060", None),
    b"<--- SIP read from 10.1.1.1:5060 --->": (True, None, "10.1.1.1:5060", None),
    b"<--- Transmitting (no NAT) to 10.1.1.1:5060 --->": (False, None, "10.1.1.1:5060", None),
    b"<--- Reliably Transmitting (NAT) to 10.1.1.1:5060 --->": (False, None, "10.1.1.1:5060", None),
    b"Reliably Transmitting (NAT) to 10.1.1.1:5060:\nX": (False, None, "10.1.1.1:5060", None),
    b"Retransmitting #3 (NAT) to 10.1.1.1:5060:\nX": (False, None, "10.1.1.1:5060", None),
    b"Transmitting (NAT, force) to [::1]:5062:\r\nX": (False, None, "[::1]:5062", None),
}


@pytest.mark.parametrize("text", FORMS)
def test_each_form_is_found(text: bytes) -> None:
    found = list(marks(b"noise\n" + text))
    assert [(one.received, one.transport, one.remote, one.size) for one in found] == [FORMS[text]]
    assert found[0].start == 6


def test_all_of_a_text_in_order() -> None:
    text = b"\n\n".join(FORMS)
    assert [one.remote for one in marks(text)] == [form[2] for form in FORMS.values()]


@pytest.mark.parametrize(
    "text", [b"", b"<--- Received SIP request --->", b"Transmitting to 1.1.1.1", b"<--- SIP read --->"]
)
def test_anything_else_is_no_mark(text: bytes) -> None:
    assert list(marks(text)) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [(b"1.2.3.4", "1.2.3.4:5060"), (b"host.example:5061", "host.example:5061"), (b"[::1]", "[::1]:5060")],
)
def test_places_have_a_port(text: bytes, shown: str) -> None:
    assert place(text) == shown


@given(st.binary(max_size=200))
def test_any_bytes_are_taken(text: bytes) -> None:
    list(marks(text))
