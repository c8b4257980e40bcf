"""The media keys that session descriptions carry (SDES, RFC 4568). Read only when somebody asks to decrypt."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field

from xivolab.errors import UsageError
from xivolab.sip.message import decode
from xivolab.sip.sdp import parse_sdp

KEY_BYTES = {
    "AES_CM_128_HMAC_SHA1_80": 30,
    "AES_CM_128_HMAC_SHA1_32": 30,
    "AEAD_AES_128_GCM": 28,
    "AEAD_AES_256_GCM": 44,
}
"""Crypto suites that can be decrypted, and the bytes of their master key and salt (RFC 4568, 6.2; RFC 7714, 14.2)."""

_LINE = re.compile(r"(?m)^a=crypto:[ \t]*\d+[ \t]+([A-Za-z0-9_]+)[ \t]+(\S+)(.*)$")
_INLINE = re.compile(r"inline:([A-Za-z0-9+/=]+)(?:\|[^|:;]+(?=[|;\s]|$))?(?:\|\d+:(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class MediaKey:
    """A master key with its salt: whoever announced it encrypts with it what he sends (RFC 4568, 5.1.3 and 6.1).

    `sender` is the "ip:port" of the media line it stood at, "" for a key that was given; `mki` is the length of the key
    identifier in packets. The key is never part of any text.
    """

    suite: str
    key: bytes = field(repr=False)
    mki: int = 0
    sender: str = ""


def media_keys(sdp: bytes) -> list[MediaKey]:
    """The keys of all media lines whose suite can be decrypted, as `xivolab.sip.body.find_sdp` gives the description."""
    session, *sections = decode(sdp).replace("\r", "").split("\nm=")
    found: list[MediaKey] = []
    for section in sections:
        if "a=crypto" not in section:
            continue
        lines = parse_sdp(f"{session}\nm={section}".encode("utf-8", "surrogateescape")).media
        if not lines or not lines[0].address or not lines[0].port:
            continue
        host = f"[{lines[0].address}]" if ":" in lines[0].address else lines[0].address
        for suite, key, session_parameters in _LINE.findall(section):
            if "UNENCRYPTED_SRTP" in session_parameters or "UNAUTHENTICATED_SRTP" in session_parameters:
                continue  # nothing would prove that the key fits
            found += _keys(suite.upper(), key, f"{host}:{lines[0].port}")
    return found


def _keys(suite: str, text: str, sender: str) -> list[MediaKey]:
    """The keys of one line: several, apart by `;`, are told apart by their identifier."""
    found: list[MediaKey] = []
    for inline in _INLINE.finditer(text):
        try:
            key = base64.b64decode(inline[1] + "=" * (-len(inline[1]) % 4), validate=True)
        except binascii.Error:
            continue
        if len(key) == KEY_BYTES.get(suite):
            found.append(MediaKey(suite, key, min(int(inline[2] or 0), 128), sender))
    return found


def given_key(text: str) -> MediaKey:
    """A key that somebody gives: "SUITE:BASE64", or the base64 alone for AES_CM_128_HMAC_SHA1_80. Raises UsageError."""
    suite, _, key = text.rpartition(":")
    suite = suite.upper() or "AES_CM_128_HMAC_SHA1_80"
    found = _keys(suite, f"inline:{key}", "")
    if not found:
        # The key itself is not shown.
        size = KEY_BYTES.get(suite)
        what = f"no key of {size} bytes in base64" if size else f"unknown crypto suite {suite!r}"
        raise UsageError(what, "--key", f"write SUITE:KEY; suites are {', '.join(KEY_BYTES)}")
    return found[0]
