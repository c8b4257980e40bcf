"""What Asterisk would print of the RTP and RTCP in a capture made beside it, as tshark sees it: res/res_rtp_asterisk.c."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from xivolab.net.tshark import oracle_fields

_ENDS = ("frame.time_epoch", "ip.src", "ipv6.src", "udp.srcport", "ip.dst", "ipv6.dst", "udp.dstport")
_RTP = (
    *_ENDS,
    "rtp.p_type",
    "rtp.seq",
    "rtp.timestamp",
    "udp.length",
    "rtp.marker",
    "rtpevent.event_id",
    "rtpevent.end_of_event",
    "rtpevent.duration",
)
_RTCP = (
    *_ENDS,
    "rtcp.pt",
    "rtcp.senderssrc",
    "rtcp.sender.packetcount",
    "rtcp.sender.octetcount",
    "rtcp.ssrc.identifier",
    "rtcp.ssrc.fraction",
    "rtcp.ssrc.cum_nr",
    "rtcp.ssrc.high_seq",
    "rtcp.ssrc.high_cycles",
    "rtcp.ssrc.jitter",
    "rtcp.ssrc.lsr",
    "rtcp.ssrc.dlsr",
    "rtcp.roundtrip-delay",
)
DATED = "%Y-%m-%d %H:%M:%S.%3q"
WHOLE_SECONDS = "%b %d %H:%M:%S"
Line = tuple[float, str, str]
"""Time, call id or "", message."""


def log_of(capture: Path, own: set[str], date: str | None = DATED, callid: str = "[C-00000001]", **form: bool) -> str:
    """A log of the RTP and RTCP that one of the `own` addresses sent and got, every date in that format; None for a console.

    `old` as Asterisk 11 prints RTCP.
    """
    lines = sorted([*rtp_lines(capture, own), *rtcp_lines(capture, own, **form)], key=lambda line: line[0])
    out = []
    for time, bound, text in lines:
        if date is None:
            out.append(text)
        else:
            ids = callid if bound else ""
            out.append(f"[{dated(time, date)}] VERBOSE[{130 if bound else 99}]{ids} res_rtp_asterisk.c: {text}")
    return "".join(f"{line}\n" for line in out)


def dated(time: float, date: str) -> str:
    """A time in UTC, as `dateformat` in logger.conf has it."""
    moment = datetime.fromtimestamp(time, UTC)
    return moment.strftime(date.replace("%3q", f"{moment.microsecond // 1000:03d}"))


def rtp_lines(capture: Path, own: set[str]) -> Iterator[Line]:
    """The lines of each RTP packet, two of a telephone event that came."""
    for row in oracle_fields(capture, "rtp && !icmp && !icmpv6", _RTP):
        time, source, destination = _ends(row)
        kind, sequence, timestamp, length, marker, event, end, duration = row[len(_ENDS) :]
        size = int(length) - 8 - 12
        told = f"type {int(kind):02d}, seq {int(sequence):06d}, ts {int(timestamp):06d}, len {size:06d}"
        if _host(destination) in own:
            yield time, "call", f"Got  RTP packet from    {source} ({told})"
            if event:
                more = f"mark {_bit(marker)}, event {int(event):08x}, end {_bit(end)}, duration {int(duration):05d}"
                yield time, "call", f"Got  RTP RFC2833 from   {source} ({told}, {more}) "
        elif _host(source) in own:
            name = "Sent RTP DTMF packet to " if event else "Sent RTP packet to      "
            yield time, "call", f"{name}{destination} ({told})"


def rtcp_lines(capture: Path, own: set[str], *, old: bool = False) -> Iterator[Line]:
    """The lines of each report with a block in it: each is a record of its own."""
    for row in oracle_fields(capture, "rtcp && !icmp && !icmpv6", _RTCP):
        time, source, destination = _ends(row)
        pt, sender, packets, octets, about, fraction, lost, high, cycles, jitter, lsr, dlsr, rtt = row[len(_ENDS) :]
        if pt not in ("200", "201") or not about:
            continue
        sender, about = str(int(sender, 16)), str(int(about, 16))
        sr, delay = pt == "200", int(dlsr) / 65536
        if _host(source) in own:
            lines = [f"* Sent RTCP {'SR' if sr else 'RR'} to {destination}", f"  Our SSRC: {sender}"]
            lines += [f"  Sent packets: {packets}", f"  Sent octets: {octets}"] if sr else []
            lines += ["  Report block:", f"    Their SSRC: {about}", f"    Fraction lost: {fraction}"]
            lines += [
                f"    Cumulative loss: {int(lost) & 0xFFFFFF}",
                f"    Highest seq no: {(int(cycles) << 16) + int(high)}",
            ]
            lines += [f"    IA jitter (samp): {jitter}", f"    IA jitter (secs): {int(jitter) / 8000:.6f}"]
            lines += [f"    Their last SR: {lsr}", f"    DLSR: {delay:4.4f} (sec)"]
            if old:
                lines = [
                    line for line in lines if "Their SSRC" not in line and "Highest" not in line and "samp" not in line
                ]
                lines = [
                    line.replace(f"jitter (secs): {int(jitter) / 8000:.6f}", f"jitter: {int(jitter) / 8000:.4f}")
                    for line in lines
                ]
        elif _host(destination) in own:
            name = "Sender" if sr else "Receiver"
            spaced = "" if old else " "
            shown = int.from_bytes(int(sender).to_bytes(4, "big"), "little") if old else sender
            lines = [f"{'Got ' if old else ''}RTCP from {source}", f"PT: {pt}{spaced}({name} Report)"]
            lines += ["Reception reports: 1", f"SSRC of sender: {shown}"]
            lines += [f"SPC: {packets}\tSOC: {octets}"] if sr else []
            lines += [f"  Fraction lost: {fraction}", f"  Packets lost so far: {int(lost) & 0xFFFFFF}"]
            lines += [f"  Highest sequence number: {high}", f"  Sequence number cycles: {cycles}"]
            units = [""] if old else [" (samp)", " (secs)"]
            lines += [f"  Interarrival jitter{unit}: {jitter}" for unit in units[:1]]
            lines += [f"  Last SR(our NTP): {int(lsr) >> 16}.{(int(lsr) << 28):010d}", f"  DLSR: {delay:4.4f} (sec)"]
            told = int(rtt or 0)
            lines += (
                ([f"  RTT: {told}(sec)"] if told else []) if old else [f"  RTT: {told / 1000:4.4f}(sec)", "  MES: 87.0"]
            )
        else:
            continue
        bound = "" if _host(source) in own else "call"
        yield from ((time, bound, text) for text in lines)


def _ends(row: list[str]) -> tuple[float, str, str]:
    time, v4, v6, sport, w4, w6, dport = row[: len(_ENDS)]
    return float(time), f"{v4}:{sport}" if v4 else f"[{v6}]:{sport}", f"{w4}:{dport}" if w4 else f"[{w6}]:{dport}"


def _host(place: str) -> str:
    return place.rpartition(":")[0].strip("[]")


def _bit(value: str) -> int:
    return int(value in ("1", "True"))
