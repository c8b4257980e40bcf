"""What tshark finds inside packets that our own reader cannot open: deciphered bytes, packets in other links and tunnels.

It is asked for bytes alone, with its dissectors of SIP and HTTP switched off: what they mean is told by our own reading.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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


def _last(values: str) -> str:
    return values.rpartition(",")[2]


def _addresses(protocols: str, values: list[str]) -> tuple[str, str]:
    """Source and destination of the innermost IP: `values` are those of `_ENDS`, from the outermost on."""
    inner = protocols.split(":")
    six = "ipv6" in inner and ("ip" not in inner or inner[::-1].index("ipv6") < inner[::-1].index("ip"))
    return _last(values[2 if six else 0]), _last(values[3 if six else 1])


def _end(address: str, port: str) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
