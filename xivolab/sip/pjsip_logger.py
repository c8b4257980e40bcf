"""Captures that Asterisk itself writes (`pjsip set logger pcap FILE`): every message in made-up Ethernet, IP and UDP headers.

Asterisk's own end is 0.0.0.0:0 or [::]:0, whatever its address; the transport is always written as UDP, and the top Via
tells the real one (asterisk: res/res_pjsip_logger.c, pjsip_logger_write_to_pcap).
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from xivolab.sip.store import TRANSPORTS, RawMessages

THIS_ASTERISK = ("0.0.0.0", "::")  # noqa: S104 - what is in these files
"""The addresses that stand for the Asterisk that wrote a file."""

_ENDS = ("0.0.0.0:0", "[::]:0")
_VIA = re.compile(rb"\n(?:Via|v)[ \t]*:[ \t\r\n]*SIP[ \t]*/[ \t]*2\.0[ \t]*/[ \t]*(\w+)", re.IGNORECASE)


def logged_by_asterisk(messages: RawMessages) -> NDArray[np.intp]:
    """The rows of messages that Asterisk's logger wrote."""
    ends = [number for number, address in enumerate(messages.addresses) if address in _ENDS]
    if not ends:
        return np.empty(0, np.intp)
    return np.flatnonzero(np.isin(messages.src, ends) ^ np.isin(messages.dst, ends))


def tell_transports(messages: RawMessages, rows: NDArray[np.intp]) -> None:
    """Give these rows the transport that their top Via tells, where it tells one that we know."""
    for row in rows.tolist():
        found = _VIA.search(messages.data[row])
        name = found[1].decode("ascii", "replace").upper() if found else ""
        if name in TRANSPORTS:
            messages.transport[row] = TRANSPORTS.index(name)
