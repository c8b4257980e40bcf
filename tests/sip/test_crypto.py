"""SDES keys: read when asked, never shown."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import ALICE, sdp
from xivolab.errors import UsageError
from xivolab.sip.crypto import given_key, media_keys

KEY = bytes(range(30))
TEXT = base64.b64encode(KEY).decode()


def line(text: str, number: int = 1, suite: str = "AES_CM_128_HMAC_SHA1_80") -> str:
    return f"a=crypto:{number} {suite} {text}"


def test_the_keys_of_a_media_line() -> None:
    both = sdp(ALICE, "8", line(f"inline:{TEXT}|2^20|1:4"), line(f"inline:{TEXT}", 2, "AES_CM_128_HMAC_SHA1_32"))
    first, second = media_keys(both.encode())
    assert (first.suite, first.key, first.mki, first.sender) == ("AES_CM_128_HMAC_SHA1_80", KEY, 4, ALICE)
    assert (second.suite, second.mki) == ("AES_CM_128_HMAC_SHA1_32", 0)


def test_several_keys_in_a_line_and_galois_suites() -> None:
    long = base64.b64encode(bytes(44)).decode()
    text = sdp(
        ALICE, "8", line(f"inline:{long}", suite="AEAD_AES_256_GCM"), line(f"inline:{TEXT}|1:1;inline:{TEXT}|2:1")
    )
    assert [(key.suite, len(key.key), key.mki) for key in media_keys(text.encode())] == [
        ("AEAD_AES_256_GCM", 44, 0),
        ("AES_CM_128_HMAC_SHA1_80", 30, 1),
        ("AES_CM_128_HMAC_SHA1_80", 30, 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        line("inline:short"),
        line(f"inline:{TEXT}", suite="F8_128_HMAC_SHA1_80"),
        line(f"inline:{TEXT} UNAUTHENTICATED_SRTP"),
        line(f"inline:{TEXT[:-1]}!"),
        "a=crypto:x",
    ],
)
def test_what_is_no_key_of_ours(text: str) -> None:
    assert media_keys(sdp(ALICE, "8", text).encode()) == []


def test_a_key_is_in_no_text() -> None:
    (key,) = media_keys(sdp(ALICE, "8", line(f"inline:{TEXT}")).encode())
    assert TEXT not in repr(key)
    assert str(KEY) not in repr(key)


def test_a_key_that_is_given() -> None:
    assert given_key(TEXT) == given_key(f"AES_CM_128_HMAC_SHA1_80:{TEXT}")
    assert given_key(f"aes_cm_128_hmac_sha1_32:{TEXT}").suite == "AES_CM_128_HMAC_SHA1_32"
    with pytest.raises(UsageError) as caught:
        given_key("AES_CM_128_HMAC_SHA1_80:c2VjcmV0")
    assert "c2VjcmV0" not in str(caught.value)
    with pytest.raises(UsageError, match="unknown crypto suite"):
        given_key(f"NULL:{TEXT}")


@given(st.binary(max_size=300))
def test_any_bytes_hold_keys_or_none(data: bytes) -> None:
    media_keys(data)
    media_keys(sdp(ALICE, "8").encode() + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + data)
