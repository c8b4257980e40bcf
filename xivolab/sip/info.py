"""Digits that travel in the body of INFO requests: there is no standard for them, only what PBXs and phones send.

`application/dtmf-relay` has lines `Signal=5` and `Duration=160` (ms); `application/dtmf` the digit alone, or its number
(RFC 4733, 3.2: 10 is `*`, 11 is `#`, 16 a flash); Nortel's digits a line `d=Digits`. Asterisk reads them all:
channels/chan_sip.c, handle_request_info(); res/res_pjsip_dtmf_info.c.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xivolab.sip.message import decode

DIGITS = "0123456789*#ABCD"
"""The digits by their event code (RFC 4733, table 3)."""

FLASH = "flash"
"""Event 16: the hook was flashed."""

_SIGNAL = re.compile(r"(?im)^\s*(?:signal|d)\s*=\s*([0-9]{1,2}|[*#a-d!]|flash)\s*$")
_DURATION = re.compile(r"(?im)^\s*duration\s*=\s*(\d{1,6})\s*$")
_ALONE = re.compile(r"\s*([0-9]{1,2}|[*#A-Da-d!])\s*")
_TYPES = ("application/dtmf-relay", "application/dtmf", "application/vnd.nortelnetworks.digits")
_HOOK_FLASH = ("application/hook-flash", "application/broadsoft")


@dataclass(frozen=True, slots=True)
class InfoDigit:
    """One digit of an INFO: one of `DIGITS` or `FLASH`; `duration_ms` where the body tells one."""

    digit: str
    duration_ms: int | None


def digit_name(code: int) -> str | None:
    """The digit of an event code; None for one that is no digit."""
    return DIGITS[code] if 0 <= code < len(DIGITS) else FLASH if code == 16 else None


def info_digit(content_type: str | None, body: bytes) -> InfoDigit | None:
    """The digit in the body of an INFO, None when it holds none."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    text = decode(body[:512])
    if kind in _HOOK_FLASH and (kind.endswith("flash") or "flashhook" in text.lower()):
        return InfoDigit(FLASH, None)
    if kind not in _TYPES:
        return None
    found = _SIGNAL.search(text) or _ALONE.fullmatch(text)
    digit = _digit(found[1]) if found else None
    duration = _DURATION.search(text)
    return InfoDigit(digit, int(duration[1]) if duration else None) if digit else None


def _digit(word: str) -> str | None:
    if word.isdigit():
        return digit_name(int(word))
    return FLASH if word.lower() in ("!", FLASH) else word.upper()
