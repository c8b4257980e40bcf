"""The reports of RTCP that Asterisk prints (res/res_rtp_asterisk.c), line by line: each line is a record of its own in a file.

    * Sent RTCP SR to 10.0.0.1:4001        RTCP from 10.0.0.1:4001
      Our SSRC: 1234                       PT: 201 (Receiver Report)
      …                                    Reception reports: 1
      Report block:                        SSRC of sender: 5678
        Their SSRC: 5678                     Fraction lost: 0
        Fraction lost: 0                     Packets lost so far: 0
        Cumulative loss: 0                   Highest sequence number: 1234
        Highest seq no: 1234                 Sequence number cycles: 0
        IA jitter (samp): 3                  Interarrival jitter (samp): 3
        Their last SR: 0                     Last SR(our NTP): 4660.0123456789
        DLSR: 1.0000 (sec)                   RTT: 0.0123(sec)

Asterisk 11 and older print the SSRC of a sender with its bytes turned round, no highest number of what they received, and
round trips in whole milliseconds, which they call seconds; 18 and older their jitter in seconds alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_SENT = re.compile(r"\*? ?(?:Sent|Sending) RTCP (?:SR|RR) to (\S+)(?: \(via ICE\))?\s*$")
_CAME = re.compile(r"(Got )?RTCP from (\S+)\s*$")
_BYE = re.compile(r"Received a BYE from (\S+)\s*$")
_FIELD = re.compile(r"i?([A-Z][\w .()]*?) ?: *(\S.*)$")
_SIGN = 0x800000


@dataclass(slots=True)
class Report:
    """One report: its place, `sent` by Asterisk or received, from or to `address` ("ip:port" as printed), its `fields` by name.

    `time` in ns, None where the log has none; `old` as Asterisk 11 writes it. A goodbye has no fields.
    """

    line: int
    time: int | None
    callid: int
    sent: bool
    address: str
    old: bool = False
    goodbye: bool = False
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def sender(self) -> int | None:
        """The SSRC of who sent the report."""
        ssrc = self._whole("Our SSRC" if self.sent else "SSRC of sender")
        if ssrc is not None and self.old and not self.sent:
            ssrc = int.from_bytes((ssrc & 0xFFFFFFFF).to_bytes(4, "little"), "big")
        return ssrc or None

    @property
    def about(self) -> int | None:
        """The SSRC that it reports of, where that is printed."""
        return self._whole("Their SSRC")

    @property
    def lost(self) -> int | None:
        """Packets lost so far, signed (RFC 3550, 6.4.1), though Asterisk prints 24 bits; None where it reports of none."""
        lost = self._whole("Cumulative loss" if self.sent else "Packets lost so far")
        if lost is None:
            return None
        lost &= 0xFFFFFF
        return lost - (1 << 24) if lost & _SIGN else lost

    @property
    def highest(self) -> int | None:
        """The extended highest sequence number that was received."""
        if self.sent:
            return self._whole("Highest seq no")
        number, cycles = self._whole("Highest sequence number"), self._whole("Sequence number cycles")
        return None if number is None else (number & 0xFFFF) | ((cycles or 0) << 16)

    def jitter(self, clock: int) -> int | None:
        """Jitter in ticks of `clock`."""
        name = "IA jitter" if self.sent else "Interarrival jitter"
        ticks = self._whole(f"{name} (samp)")
        if ticks is None and not self.sent:
            ticks = self._whole(name)
        if ticks is not None:
            return ticks
        seconds = self._decimal(name)
        return None if seconds is None else round(seconds * clock)

    @property
    def rtt_ms(self) -> float | None:
        """The round trip that Asterisk reckoned; None where this report gave it none."""
        told = self.fields.get("RTT", "")
        last = self._decimal("Last SR(our NTP)")
        value = self._decimal("RTT")
        if value is None or not last:
            return None
        return value if "." not in told else value * 1000.0

    def _whole(self, name: str) -> int | None:
        found = re.match(r"\d{1,12}", self.fields.get(name, ""))
        return int(found[0]) if found else None

    def _decimal(self, name: str) -> float | None:
        found = re.match(r"\d{1,12}(?:\.\d{1,20})?", self.fields.get(name, ""))
        return float(found[0]) if found else None


@dataclass(frozen=True, slots=True)
class Printed:
    """A record that may be of RTCP: where and when it was written, by which thread, and its text."""

    line: int
    time: int | None
    callid: int
    thread: int
    text: str


def reports(records: Iterable[Printed]) -> Iterator[Report]:
    """The reports in the records of one log, in order. The lines of one are those of its thread up to the next."""
    open_: dict[int, Report] = {}
    for record in records:
        for offset, text in enumerate(record.text.splitlines()):
            words = text.strip()
            begun = _begun(record, offset, words)
            if begun is not None:
                if record.thread in open_:
                    yield open_[record.thread]
                open_[record.thread] = begun
            elif record.thread in open_ and (told := _FIELD.match(words)):
                # "SPC: 12\tSOC: 3456" are two on one line; neither is needed.
                open_[record.thread].fields.setdefault(told[1], told[2])
    yield from open_.values()


def _begun(record: Printed, offset: int, words: str) -> Report | None:
    place = (record.line + offset, record.time, record.callid)
    if found := _SENT.match(words):
        return Report(*place, sent=True, address=found[1])
    if found := _CAME.match(words):
        return Report(*place, sent=False, address=found[2], old=found[1] is not None)
    if found := _BYE.match(words):
        return Report(*place, sent=False, address=found[1], goodbye=True)
    return None
