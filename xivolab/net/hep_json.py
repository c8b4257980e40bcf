"""RTCP as JSON, which agents and PBXs put into HEP instead of the packet: made into the packet again.

The fields are those of captagent and heplify, which rtpengine and Asterisk (res_hep_rtcp) write too.
"""

from __future__ import annotations

import json
import struct
from typing import Any

SENDER_REPORT, RECEIVER_REPORT = 200, 201
_UNIX_IN_NTP = 2_208_988_800  # s from 1900 to 1970
_MOST_BLOCKS = 31


def rtcp_of(text: bytes) -> bytes | None:
    """The sender or receiver report (RFC 3550, 6.4) in some JSON; None when it holds none."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    blocks = told.get("report_blocks")
    listed = [block for block in blocks if isinstance(block, dict)][:_MOST_BLOCKS] if isinstance(blocks, list) else []
    body = struct.pack("!I", _number(told, "ssrc"))
    sender = told.get("sender_information")
    if isinstance(sender, dict) and any(_number(sender, name) for name in ("packets", "octets", "ntp_timestamp_sec")):
        kind = SENDER_REPORT
        rest = (_number(sender, name) for name in ("rtp_timestamp", "packets", "octets"))
        body += struct.pack("!IIIII", *_ntp(sender), *rest)
    elif listed:
        kind = RECEIVER_REPORT
    else:
        return None
    body += b"".join(map(_block, listed))
    return struct.pack("!BBH", 0x80 | len(listed), kind, len(body) // 4) + body


def _block(block: dict[str, Any]) -> bytes:
    lost = _number(block, "packets_lost", signed=True)
    lost = max(min(lost, 0x7FFFFF), -0x800000) & 0xFFFFFF
    return struct.pack(
        "!IIIIII",
        _number(block, "source_ssrc"),
        (_number(block, "fraction_lost") & 0xFF) << 24 | lost,
        *(_number(block, name) for name in ("highest_seq_no", "ia_jitter", "lsr", "dlsr")),
    )


def _ntp(sender: dict[str, Any]) -> tuple[int, int]:
    """Seconds and fraction since 1900; Asterisk tells seconds and microseconds since 1970 instead."""
    seconds, fraction = _number(sender, "ntp_timestamp_sec"), _number(sender, "ntp_timestamp_usec")
    if 0 < seconds < _UNIX_IN_NTP:
        return (seconds + _UNIX_IN_NTP) & 0xFFFFFFFF, min(fraction, 999_999) * (1 << 32) // 1_000_000
    return seconds, fraction


def _number(told: dict[str, Any], name: str, *, signed: bool = False) -> int:
    """A field as an integer, 0 for what is none; some write numbers as text."""
    value = told.get(name, 0)
    try:
        number = int(value) if isinstance(value, int | float | str) else 0
    except (ValueError, OverflowError):
        return 0
    return number if signed else number & 0xFFFFFFFF
