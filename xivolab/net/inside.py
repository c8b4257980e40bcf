"""What tshark finds inside packets that our own reader cannot open: deciphered bytes, packets in other links and tunnels.

It is asked for bytes alone, with its dissectors of SIP and HTTP switched off: what they mean is told by our own reading.
"""

from __future__ import annotations

import ipaddress
import struct
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from xivolab.net import tshark
from xivolab.net.keylog import KeyLog

_NO_MEANING = [word for name in ("sip", "http", "http2", "websocket") for word in ("--disable-protocol", name)]
_IN_ORDER = ["-o", "tcp.reassemble_out_of_order:TRUE"]
_ENDS = ("ip.src", "ip.dst", "ipv6.src", "ipv6.dst")


@dataclass(frozen=True, slots=True)
class Deciphered:
    """What became readable with TLS record(s) that ended in a frame: its ends ("ip:port"), connection, and bytes."""

    frame: int
    stream: int
    src: str
    dst: str
    data: bytes


def deciphered(capture: Path, keys: KeyLog, ports: Iterable[int]) -> Iterator[Deciphered]:
    """What the keys open of the TLS connections to servers at these ports. Raises MissingToolError, EvidenceError."""
    rules = [rule for port in sorted(ports) for rule in ("-d", f"tcp.port=={port},tls", "-d", f"tls.port=={port},data")]
    fields = ("frame.number", "frame.protocols", *_ENDS, "tcp.stream", "tcp.srcport", "tcp.dstport", "data.data")
    with tempfile.NamedTemporaryFile("w", prefix="xivolab-", suffix=".keys") as log:
        log.write(keys.text)
        log.flush()
        options = ["-o", f"tls.keylog_file:{log.name}", *_IN_ORDER, *_NO_MEANING, *rules]
        for line in tshark.field_lines(capture, fields, options, display_filter="tls and data.data"):
            frame, protocols, *rest = line
            src, dst = _addresses(protocols, rest[:4])
            stream, sport, dport, data = rest[4:]
            yield Deciphered(
                int(frame),
                int(_last(stream)),
                _end(src, _last(sport)),
                _end(dst, _last(dport)),
                bytes.fromhex(data.replace(",", "").replace(":", "")),
            )


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The innermost packet in a frame: an IP `packet` of UDP or TCP, or the user messages of SCTP.

    `src` and `dst` are address and port of SCTP.
    """

    frame: int
    packet: bytes = b""
    src: tuple[str, int] = ("", 0)
    dst: tuple[str, int] = ("", 0)
    messages: tuple[bytes, ...] = ()


_UNWRAPPED = (
    "frame.number",
    "frame.protocols",
    *_ENDS,
    "ip.id",
    "ip.ttl",
    "udp.srcport",
    "udp.dstport",
    "udp.length",
    "udp.payload",
    "tcp.srcport",
    "tcp.dstport",
    "tcp.seq_raw",
    "tcp.flags",
    "tcp.len",
    "tcp.payload",
    "sctp.srcport",
    "sctp.dstport",
    "data.data",
)


def unwrapped(capture: Path, ppids: Iterable[int] = (0,)) -> Iterator[Unwrapped]:
    """UDP, TCP and the SCTP of these payload protocols, whatever it lies in. Raises MissingToolError, EvidenceError.

    Fragments are put together; what a packet of ICMP quotes is left out.
    """
    rules = [word for ppid in sorted(ppids) for word in ("-d", f"sctp.ppi=={ppid},data")]
    media = [word for name in ("rtp", "rtcp", "rtps") for word in ("--disable-protocol", name)]
    options = ["-o", "tcp.desegment_tcp_streams:FALSE", *_NO_MEANING, *media, *rules]
    shown = "(udp.payload or tcp.payload or (sctp and data.data)) and not icmp and not icmpv6"
    for line in tshark.field_lines(capture, _UNWRAPPED, options, display_filter=shown):
        values = dict(zip(_UNWRAPPED, line, strict=False))
        try:
            found = _innermost(values)
        except ValueError:  # a field that is not what its name says: a crafted packet
            continue
        if found:
            yield found


def _innermost(values: dict[str, str]) -> Unwrapped | None:
    frame, protocols = int(values["frame.number"]), values["frame.protocols"].split(":")
    transport = next((name for name in reversed(protocols) if name in ("udp", "tcp", "sctp")), "")
    source, destination = _addresses(values["frame.protocols"], [values[name] for name in _ENDS])
    if not (transport and source and destination):
        return None
    if transport == "sctp":
        sport, dport = (int(_last(values[name])) for name in ("sctp.srcport", "sctp.dstport"))
        messages = tuple(map(_bytes, values["data.data"].split(",")))
        return Unwrapped(frame, b"", (source, sport), (destination, dport), messages)
    number = 17 if transport == "udp" else 6
    payload = _bytes(_last(values[f"{transport}.payload"]))
    ports = struct.pack("!HH", *(int(_last(values[f"{transport}.{side}"])) for side in ("srcport", "dstport")))
    if transport == "udp":
        length = int(_last(values["udp.length"]))
        head, size = ports + struct.pack("!HH", length, 0), length
    else:
        sequence, flags = int(_last(values["tcp.seq_raw"])), int(_last(values["tcp.flags"]), 16)
        head = ports + struct.pack("!IIBBHHH", sequence, 0, 5 << 4, flags & 0xFF, 0, 0, 0)
        size = 20 + int(_last(values["tcp.len"]))
    return Unwrapped(frame, _ip_packet(source, destination, number, values, size) + head + payload)


def _ip_packet(source: str, destination: str, protocol: int, values: dict[str, str], size: int) -> bytes:
    """The header of an IP packet with `size` bytes in it."""
    ends = _packed(source), _packed(destination)
    if len(ends[0]) == 16:
        return struct.pack("!IHBB", 6 << 28, size if size < 1 << 16 else 0, protocol, 64) + b"".join(ends)
    number, ttl = int(_last(values["ip.id"]) or "0", 16), int(_last(values["ip.ttl"]) or "64")
    length = 20 + size if size < (1 << 16) - 20 else 0
    return struct.pack("!BBHHHBBH", 0x45, 0, length, number, 0, ttl, protocol, 0) + b"".join(ends)


@lru_cache(maxsize=4096)
def _packed(address: str) -> bytes:
    return ipaddress.ip_address(address).packed


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace(":", ""))


def _last(values: str) -> str:
    return values.rpartition(",")[2]


def _addresses(protocols: str, values: list[str]) -> tuple[str, str]:
    """Source and destination of the innermost IP: `values` are those of `_ENDS`, from the outermost on."""
    inner = protocols.split(":")
    last = {name: at for at, name in enumerate(inner)}
    six = last.get("ipv6", -1) > last.get("ip", -1)
    return _last(values[2 if six else 0]), _last(values[3 if six else 1])


def _end(address: str, port: str) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
