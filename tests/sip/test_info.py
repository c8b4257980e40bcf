"""Digits in the bodies of INFO requests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.sip.info import DIGITS, InfoDigit, digit_name, info_digit

RELAY, DTMF = "application/dtmf-relay", "application/dtmf"


@pytest.mark.parametrize(
    ("kind", "body", "digit", "duration"),
    [
        (RELAY, b"Signal=5\r\nDuration=160\r\n", "5", 160),
        (RELAY, b"Signal= 5 \nDuration= 250", "5", 250),  # spaces, as Cisco has them
        (RELAY, b"Signal=*\r\n", "*", None),
        (RELAY, b"Signal=11\r\nDuration=100\r\n", "#", 100),
        (RELAY, b"Signal=a\r\n", "A", None),
        (RELAY, b"Signal=16\r\n", "flash", None),
        (RELAY, b"Signal=!\r\n", "flash", None),
        (DTMF, b"7", "7", None),
        (DTMF, b"10\r\n", "*", None),
        (DTMF, b"#", "#", None),
        ("Application/DTMF-Relay; charset=utf-8", b"signal=9\r\n", "9", None),
        ("application/vnd.nortelnetworks.digits", b"p=Digit-Collection\r\ny=Digits\r\nd=3\r\n", "3", None),
        ("application/hook-flash", b"signal=hf\r\n", "flash", None),
        ("application/broadsoft", b"event flashhook", "flash", None),
    ],
)
def test_digits_as_phones_and_servers_write_them(kind: str, body: bytes, digit: str, duration: int | None) -> None:
    assert info_digit(kind, body) == InfoDigit(digit, duration)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (RELAY, b""),
        (RELAY, b"Duration=160\r\n"),
        (RELAY, b"Signal=99\r\n"),
        (DTMF, b"55555"),
        ("application/broadsoft", b"event talk"),
        ("text/plain", b"5"),
        (None, b"5"),
    ],
)
def test_what_holds_no_digit(kind: str | None, body: bytes) -> None:
    assert info_digit(kind, body) is None


@given(st.sampled_from([RELAY, DTMF, "application/broadsoft"]), st.binary(max_size=60))
def test_any_bytes_give_a_digit_or_nothing(kind: str, body: bytes) -> None:
    found = info_digit(kind, body)
    assert found is None or found.digit in (*DIGITS, "flash")


def test_codes_of_events() -> None:
    assert [digit_name(code) for code in (0, 9, 10, 11, 12, 15, 16, 17, -1)] == [
        "0",
        "9",
        "*",
        "#",
        "A",
        "D",
        "flash",
        None,
        None,
    ]
