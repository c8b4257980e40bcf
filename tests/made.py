"""Small evidence made to order, and what one scan makes of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from xivolab.evidence.source import Source
from xivolab.net.keylog import KeyLog
from xivolab.scan import Scan, scan
from xivolab.table import Table
from xivolab.testing import MadePacket, tpcap, trtp

ALICE, BOB = "10.0.0.1:4000", "10.0.0.2:5000"
"""Where two phones expect media."""

ALICE_SIP, BOB_SIP = "10.0.0.1:5060", "10.0.0.2:5060"


def sip(first_line: str = "OPTIONS sip:bob@10.0.0.2 SIP/2.0", body: str = "", call_id: str = "made") -> bytes:
    """A message with the header fields that every message has; its method is that of the first line, else INVITE."""
    method = "INVITE" if first_line.startswith("SIP/2.0") else first_line.split(" ")[0]
    return (
        f"{first_line}\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:alice@10.0.0.1>;tag=a\r\n"
        f"To: <sip:bob@10.0.0.2>\r\nCall-ID: {call_id}\r\nCSeq: 1 {method}\r\n"
        f"{'Content-Type: application/sdp' + chr(13) + chr(10) if body else ''}Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def sdp(at: str, formats: str = "8", *lines: str, media: str = "audio", protocol: str = "RTP/AVP") -> str:
    """A session description with one media line at "ip:port", and attribute lines such as `a=rtpmap:96 opus/48000`."""
    address, _, port = at.rpartition(":")
    head = f"v=0\r\no=- 1 1 IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\n"
    return head + "".join(f"{line}\r\n" for line in (f"m={media} {port} {protocol} {formats}", *lines))


def invite(at: str = ALICE, formats: str = "8", *lines: str) -> bytes:
    """An INVITE that announces audio at `at`."""
    return sip("INVITE sip:bob@10.0.0.2 SIP/2.0", sdp(at, formats, *lines))


def talk(
    sequences: Iterable[int], start: float = 0.0, src: str = ALICE, dst: str = BOB, **how: Any
) -> list[MadePacket]:
    """RTP packets with these sequence numbers, 20 ms apart as they were sent: what is missing leaves a gap in time."""
    numbers = list(sequences)
    first = numbers[0] if numbers else 0
    return [trtp(src, dst, n, 160 * n, start + 0.02 * (n - first), **how) for n in numbers]


def scanned(packets: Iterable[MadePacket], keys: KeyLog | None = None, **how: Any) -> Scan:
    """What a scan of a pcap file with these packets finds; `how` goes to `tpcap()`."""
    with tempfile.TemporaryDirectory(prefix="xivolab-test-") as folder:
        return scan([Source(tpcap(Path(folder) / "made.pcap", packets, **how))], keys=keys)


def only(table: Table) -> dict[str, Any]:
    """The one record of a table, as JSON has it."""
    (record,) = table.records()
    return record
