"""What a capture may put on a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.views.clean import HIDDEN, hide_secrets, many_lines, one_line, shorten


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ('Authorization: Digest username="a", response="0badc0de", uri="sip:x"', "0badc0de"),
        ("Proxy-Authorization:Digest response=0badc0de", "0badc0de"),
        ('authorization : DIGEST\r\n username="a",\r\n response="0badc0de"', "0badc0de"),
        ("Authorization: Basic YWxpY2U6c2VjcmV0", "YWxpY2U6c2VjcmV0"),
        ("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3|2^20|1:4", "d0RmdmcmVCspeEc3"),
        ("k=clear:opensesame", "opensesame"),
        ("Contact: <sip:alice:opensesame@10.0.0.1>", "opensesame"),
    ],
)
def test_secrets_are_hidden(line: str, secret: str) -> None:
    shown = hide_secrets(f"INVITE sip:b@c SIP/2.0\r\n{line}\r\nVia: x\r\n")
    assert secret not in shown
    assert HIDDEN in shown
    assert shown.endswith("Via: x\r\n")


@pytest.mark.parametrize(
    "line",
    [
        'WWW-Authenticate: Digest realm="asterisk", nonce="4707276f"',
        "Contact: <sip:alice@10.0.0.1:5060>",
        "X-Note: response=42",
    ],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert hide_secrets(line) == line


def test_control_characters_become_visible() -> None:
    assert one_line("a\r\n\x1b[31m\x00\x7f") == "a␍␊␛[31m␀␡"
    assert many_lines("a\r\nb\tc\x08") == "a\nb\tc␈"


def test_characters_that_reorder_text_become_visible() -> None:
    assert one_line("user\u202egnp.exe") == "user‹U+202E›gnp.exe"
    assert one_line("zéro · ✔ 日本") == "zéro · ✔ 日本"


@given(st.text())
def test_a_label_can_always_be_printed_on_one_line(text: str) -> None:
    shown = one_line(text)
    assert "\x1b" not in shown.encode().decode()
    assert len(shown.splitlines()) <= 1


def test_shorten() -> None:
    assert [shorten("INVITE", n) for n in (7, 6, 5, 1, 0)] == ["INVITE", "INVITE", "INVI…", "…", ""]


def test_passwords_in_a_log_are_hidden() -> None:
    for text in (
        'Executing [s@x:1] Authenticate("PJSIP/a-1", "4711,d") in new stack',
        'Executing [s@x:1] Set("PJSIP/a-1", "XIVO_PASSWORD=4711") in new stack',
        '<PJSIP/a-1>AGI Rx << SET VARIABLE "XIVO_PASSWORD" "4711"',
    ):
        assert "4711" not in hide_secrets(text)
        assert HIDDEN in hide_secrets(text)
