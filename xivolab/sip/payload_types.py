"""The static RTP payload types (RFC 3551 table 4 and 5): what a number means when no rtpmap says so."""

from __future__ import annotations

STATIC_PAYLOAD_TYPES: dict[int, tuple[str, int, int]] = {
    0: ("PCMU", 8000, 1),
    3: ("GSM", 8000, 1),
    4: ("G723", 8000, 1),
    5: ("DVI4", 8000, 1),
    6: ("DVI4", 16000, 1),
    7: ("LPC", 8000, 1),
    8: ("PCMA", 8000, 1),
    9: ("G722", 8000, 1),
    10: ("L16", 44100, 2),
    11: ("L16", 44100, 1),
    12: ("QCELP", 8000, 1),
    13: ("CN", 8000, 1),
    14: ("MPA", 90000, 1),
    15: ("G728", 8000, 1),
    16: ("DVI4", 11025, 1),
    17: ("DVI4", 22050, 1),
    18: ("G729", 8000, 1),
    25: ("CelB", 90000, 1),
    26: ("JPEG", 90000, 1),
    28: ("nv", 90000, 1),
    31: ("H261", 90000, 1),
    32: ("MPV", 90000, 1),
    33: ("MP2T", 90000, 1),
    34: ("H263", 90000, 1),
}
"""Payload type → (encoding name, RTP clock in Hz, channels). G722's clock is 8000 by a historical error kept on purpose."""

NOT_CODECS = frozenset({"TELEPHONE-EVENT", "CN", "RED", "ULPFEC", "RTX"})
"""Encoding names (upper case) that carry events, comfort noise or redundancy: never the codec of a call."""

_SPELLING = {name.upper(): name for name, _, _ in STATIC_PAYLOAD_TYPES.values()}


def encoding_name(written: str) -> str:
    """An encoding name as RFC 3551 spells it; names are the same in any case (RFC 8866 6.6), unknown ones stay."""
    return _SPELLING.get(written.upper(), written)
