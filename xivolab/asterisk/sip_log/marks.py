"""The lines with which Asterisk announces a SIP message it prints (res/res_pjsip_logger.c, channels/chan_sip.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ADDRESS = rb"(?P<address>[\w.:\[\]%-]+)"
_MARK = re.compile(
    rb"<--- (?P<way>Received|Transmitting) SIP (?:request|response) \((?P<size>\d+) bytes\)"
    rb" (?:from|to) (?P<transport>\w+):" + _ADDRESS + rb" *--->"
    rb"|<--- SIP read from (?:(?P<transport2>UDP|TCP|TLS|WSS|WS):)?(?P<address2>[\w.:\[\]%-]+) *--->"
    rb"|<--- (?:Reliably )?Transmitting \([^)\n]*NAT[^)\n]*\) to (?P<address3>[\w.:\[\]%-]+) *--->"
    rb"|(?:Ret|Reliably T|T)ransmitting (?:#\d+ )?\([^)\n]*NAT[^)\n]*\) to (?P<address4>[\w.:\[\]%-]+):(?=\r?\n)"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a message was announced: `start` and `end` of the mark, bytes it says the message has, who was at the other end.

    `closing` is what stands behind the message, None where nothing does; `transport` is None where the mark does not say.
    """

    start: int
    end: int
    received: bool
    transport: str | None
    remote: str
    size: int | None
    closing: bytes | None


def marks(text: bytes) -> Iterator[Mark]:
    """All marks in a text, in order."""
    for found in _MARK.finditer(text):
        part = found.groupdict()
        if part["way"]:
            transport = part["transport"].decode().upper()
            received = part["way"] == b"Received"
            yield Mark(found.start(), found.end(), received, transport, place(part["address"]), int(part["size"]), None)
        elif part["address2"]:
            transport = part["transport2"].decode() if part["transport2"] else None
            yield Mark(found.start(), found.end(), True, transport, place(part["address2"]), None, b"<------------->")
        elif part["address3"]:
            yield Mark(found.start(), found.end(), False, None, place(part["address3"]), None, b"<------------>")
        else:
            yield Mark(found.start(), found.end(), False, None, place(part["address4"]), None, b"---")


def place(address: bytes) -> str:
    """ "ip:port" with IPv6 in brackets, which Asterisk up to 13.22 and 16.0 leaves out; 5060 where no port is told."""
    text = address.decode("ascii", "replace")
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or text.endswith("]"):
        return f"{text}:5060"
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    return f"{host}:{port}"
