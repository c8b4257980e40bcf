"""Calls, messages and streams made to order: objects that have what a picture needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from xivolab.schema import ICMP, QUALITY, STREAM
from xivolab.sip.body import find_sdp
from xivolab.sip.message import decode, parse_message
from xivolab.sip.sdp import Sdp, parse_sdp
from xivolab.table import Table
from xivolab.testing.captures import START

_STREAM_FIELDS = tuple(one.name for one in STREAM.fields)
_CAPTURED = dict.fromkeys(("late_50", "late_200", "late_adaptive", "gap_max_ms"), 0)
"""Null only where a log tells a stream."""

ALICE, PBX, BOB = "10.77.0.11", "10.77.0.10", "10.77.0.12"


@dataclass(frozen=True)
class MadeHost:
    """A named host."""

    name: str
    role: str = "phone"
    learnt: bool = False


@dataclass(frozen=True)
class MadeCase:
    """Evidence with names for its hosts."""

    names: Mapping[str, MadeHost] = field(default_factory=dict)


@dataclass(frozen=True)
class MadeMessage:
    """One SIP message, see `tmessage`."""

    time: float | None
    src: str | None
    dst: str | None
    text: str
    transport: str | None = "UDP"
    file: str = "capture.pcap"
    frame: int | None = 1
    line: int | None = None
    first_line: str = ""
    is_request: bool = True
    method: str | None = None
    status: int | None = None
    reason: str | None = None
    cseq: int | None = None
    call_id: str | None = None
    sdp: Sdp | None = None
    retransmission: bool = False
    capture_duplicate: bool = False
    number: int = 0


@dataclass(frozen=True)
class MadeStream:
    """One RTP stream, see `tstream`."""

    src: str
    dst: str
    start: float
    end: float
    seconds: Table
    ssrc: str = "0x0badcafe"
    codec: str | None = "PCMA"
    payload_type: int = 8
    packets: int = 0
    lost: int = 0
    lost_pct: float = 0.0
    jitter_rfc_ms: float | None = 0.4
    delta_max_ms: float | None = 21.3
    mos: float | None = 4.41
    mos_scale: str | None = "nb"
    id: str = "s1"
    more: Mapping[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """All fields of the stream record; those that `more` does not tell are null, 0 or empty."""
        known = {name: getattr(self, name) for name in _STREAM_FIELDS if hasattr(self, name)}
        blank: dict[str, Any] = {
            one.name: None if one.null else [] if one.kind == "list" else "" if one.kind == "str" else 0
            for one in STREAM.fields
        }
        return {
            **blank,
            **_CAPTURED,
            "matched_by": "both ends",
            "payload_types": [self.payload_type],
            **known,
            **self.more,
        }


@dataclass(frozen=True)
class MadeLeg:
    """One leg of a call."""

    call_id: str
    role: str


@dataclass(frozen=True)
class MadeCall:
    """One call, see `tcall`."""

    messages: Sequence[MadeMessage]
    streams: Sequence[MadeStream]
    hosts: Sequence[str]
    case: MadeCase
    legs: Sequence[MadeLeg] = ()
    icmp: Table = field(default_factory=lambda: Table.from_rows(ICMP, []))
    start: float | None = START
    from_user: str | None = "alice"
    to_user: str | None = "1002"
    state: str = "completed"
    status: int | None = 200
    talk_s: float | None = 6.0
    events: Sequence[Mapping[str, Any]] = ()


def tsdp(address: str = ALICE, port: int = 4000, codecs: str = "8", direction: str = "sendrecv") -> str:
    """A session description with one audio line; `codecs` are payload types, static ones or 101 (telephone-event)."""
    family = "IP6" if ":" in address else "IP4"
    mapped = "".join(
        f"a=rtpmap:{pt} {name}\r\n" for pt, name in (("101", "telephone-event/8000"),) if pt in codecs.split()
    )
    return (
        f"v=0\r\no=- 1 1 IN {family} {address}\r\ns=-\r\nc=IN {family} {address}\r\nt=0 0\r\n"
        f"m=audio {port} RTP/AVP {codecs}\r\n{mapped}a={direction}\r\n"
    )


def tmessage(
    first_line: str = "INVITE sip:1002@10.77.0.10 SIP/2.0",
    *,
    at: float | None = 0.0,
    src: str | None = f"{ALICE}:5060",
    dst: str | None = f"{PBX}:5060",
    cseq: str = "1 INVITE",
    call_id: str = "leg-a@test",
    headers: str = "",
    sdp: str = "",
    **more: Any,
) -> MadeMessage:
    """A message `at` seconds after `START` (None: unknown); `headers` are whole lines, `more` sets any attribute."""
    typed = "Content-Type: application/sdp\r\n" if sdp else ""
    text = (
        f"{first_line}\r\nVia: SIP/2.0/UDP {src or 'unknown'};branch=z9hG4bK{call_id}{cseq.replace(' ', '')}\r\n"
        f"From: <sip:alice@10.77.0.10>;tag=a\r\nTo: <sip:1002@10.77.0.10>\r\nCall-ID: {call_id}\r\nCSeq: {cseq}\r\n"
        f"{headers}{typed}Content-Length: {len(sdp.encode())}\r\n\r\n{sdp}"
    )
    data = text.encode()
    parsed = parse_message(data)
    body = find_sdp(data)
    number, _, method = cseq.partition(" ")
    message = MadeMessage(
        time=None if at is None else START + at,
        src=src,
        dst=dst,
        text=decode(data),
        first_line=parsed.start_line,
        is_request=parsed.is_request,
        method=parsed.method or method,
        status=parsed.status,
        reason=parsed.reason,
        cseq=int(number),
        call_id=call_id,
        sdp=parse_sdp(body) if body else None,
    )
    return replace(message, **more)


def tquality(
    mos: Sequence[float | None],
    lost: Sequence[int] | None = None,
    jitter_ms: Sequence[float | None] | None = None,
    delta_max_ms: Sequence[float | None] | None = None,
    stream: str = "s1",
) -> Table:
    """The quality records of one stream, one value a second; 50 packets each."""
    seconds = range(len(mos))
    missing = lost or [0] * len(mos)
    return Table.from_rows(
        QUALITY,
        [
            {
                "id": f"{stream}-{second}",
                "stream": stream,
                "second": second,
                "packets": 50 - missing[second],
                "lost": missing[second],
                "late": 0,
                "jitter_ms": jitter_ms[second] if jitter_ms else 0.4,
                "delta_max_ms": delta_max_ms[second] if delta_max_ms else 21.0,
                "mos": mos[second],
                "mos_cq": mos[second],
            }
            for second in seconds
        ],
    )


def tstream(
    src: str = f"{ALICE}:4000", dst: str = f"{PBX}:10000", start: float = 2.2, end: float = 8.2, **more: Any
) -> MadeStream:
    """A stream of 50 packets a second between two moments after `START`; `more` sets any attribute or other field."""
    seconds = more.pop("seconds", None)
    other = {name: more.pop(name) for name in set(more) & set(_STREAM_FIELDS) - set(MadeStream.__dataclass_fields__)}
    if seconds is None:
        seconds = tquality([4.41] * max(int(end - start), 1))
    packets = int((end - start) * 50)
    return replace(MadeStream(src, dst, START + start, START + end, seconds, packets=packets, more=other), **more)


def tcall(
    messages: Sequence[MadeMessage] | None = None,
    streams: Sequence[MadeStream] | None = None,
    *,
    hosts: Sequence[str] = (ALICE, PBX, BOB),
    names: Mapping[str, str] | None = None,
    **more: Any,
) -> MadeCall:
    """A call; without arguments alice calls bob through the PBX, he answers after two seconds, she hangs up after eight.

    `names` maps addresses to names; `more` sets any attribute.
    """
    known = {ALICE: "alice", PBX: "pbx", BOB: "bob"} if names is None else names
    call = MadeCall(
        messages=_usual_messages() if messages is None else messages,
        streams=_usual_streams() if streams is None else streams,
        hosts=hosts,
        case=MadeCase(
            {address: MadeHost(name, "pbx" if name == "pbx" else "phone") for address, name in known.items()}
        ),
        legs=(MadeLeg("leg-a@test", "caller"), MadeLeg("leg-b@test", "callee")),
    )
    return replace(call, **more)


def _usual_messages() -> list[MadeMessage]:
    a, p, b = f"{ALICE}:5060", f"{PBX}:5060", f"{BOB}:5060"
    offer_a, offer_p = tsdp(ALICE, 4000, "8 0 101"), tsdp(PBX, 10002, "8 101")
    answer_b, answer_p = tsdp(BOB, 4010, "8 101"), tsdp(PBX, 10000, "8 101")
    ring, ok = "SIP/2.0 180 Ringing", "SIP/2.0 200 OK"
    to_pbx, to_bob = {"call_id": "leg-a@test"}, {"call_id": "leg-b@test"}
    bob_uri = "sip:1002@10.77.0.12"
    return [
        tmessage(at=0.0, src=a, dst=p, sdp=offer_a, frame=1, **to_pbx),
        tmessage("SIP/2.0 401 Unauthorized", at=0.002, src=p, dst=a, frame=2, **to_pbx),
        tmessage("ACK sip:1002@10.77.0.10 SIP/2.0", at=0.003, src=a, dst=p, cseq="1 ACK", frame=3, **to_pbx),
        tmessage(at=0.005, src=a, dst=p, cseq="2 INVITE", sdp=offer_a, frame=4, **to_pbx),
        tmessage("SIP/2.0 100 Trying", at=0.006, src=p, dst=a, cseq="2 INVITE", frame=5, **to_pbx),
        tmessage(f"INVITE {bob_uri} SIP/2.0", at=0.020, src=p, dst=b, cseq="7 INVITE", sdp=offer_p, frame=6, **to_bob),
        tmessage(ring, at=0.160, src=b, dst=p, cseq="7 INVITE", frame=7, **to_bob),
        tmessage(ring, at=0.161, src=p, dst=a, cseq="2 INVITE", frame=8, **to_pbx),
        tmessage(ok, at=2.1, src=b, dst=p, cseq="7 INVITE", sdp=answer_b, frame=9, **to_bob),
        tmessage(f"ACK {bob_uri} SIP/2.0", at=2.101, src=p, dst=b, cseq="7 ACK", frame=10, **to_bob),
        tmessage(ok, at=2.102, src=p, dst=a, cseq="2 INVITE", sdp=answer_p, frame=11, **to_pbx),
        tmessage("ACK sip:1002@10.77.0.10 SIP/2.0", at=2.11, src=a, dst=p, cseq="2 ACK", frame=12, **to_pbx),
        tmessage("BYE sip:1002@10.77.0.10 SIP/2.0", at=8.3, src=a, dst=p, cseq="3 BYE", frame=13, **to_pbx),
        tmessage(ok, at=8.301, src=p, dst=a, cseq="3 BYE", frame=14, **to_pbx),
        tmessage(f"BYE {bob_uri} SIP/2.0", at=8.302, src=p, dst=b, cseq="8 BYE", frame=15, **to_bob),
        tmessage(ok, at=8.31, src=b, dst=p, cseq="8 BYE", frame=16, **to_bob),
    ]


def _usual_streams() -> list[MadeStream]:
    return [
        tstream(f"{ALICE}:4000", f"{PBX}:10000", ssrc="0x00000001"),
        tstream(f"{PBX}:10000", f"{ALICE}:4000", ssrc="0x00000002", lost=15, lost_pct=5.0, mos=3.2, jitter_rfc_ms=12.0),
        tstream(f"{BOB}:4010", f"{PBX}:10002", ssrc="0x00000003"),
        tstream(f"{PBX}:10002", f"{BOB}:4010", ssrc="0x00000004"),
    ]
