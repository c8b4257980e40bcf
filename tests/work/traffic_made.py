"""Calls and registrations made to order, for the tests of traffic: what was put in is what must come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import xivolab
from xivolab.case import Case
from xivolab.testing import MadePacket, tpcap, tsdp, tudp

PBX = "10.0.0.10:5060"
REASONS = {100: "Trying", 180: "Ringing", 200: "OK"}


@dataclass(frozen=True)
class MadeAttempt:
    """One attempt to call; times in seconds after `START`, lengths in seconds, None for what does not happen."""

    at: float
    challenged: bool = False
    rings_after: float | None = 0.1
    ends_after: float | None = 1.0
    status: int = 200
    talks: float | None = 10.0
    bye_takes: float | None = 0.05
    cancelled: bool = False
    host: str = "10.0.0.11"
    user: str = "1002"
    agent: str = "Phone/1"
    codec: str = "8"

    @property
    def first_ringing(self) -> float | None:
        """When it rang, if it did."""
        return None if self.rings_after is None else self.at + self.rings_after

    @property
    def answered_at(self) -> float | None:
        """When it was answered, if it was."""
        return self.at + self.ends_after if self.status == 200 and self.ends_after is not None else None


def message(
    first_line: str, call_id: str, cseq: str, *, agent: str = "", headers: str = "", sdp: str = "", to_tag: str = ""
) -> bytes:
    """A message of one dialog."""
    lines = [
        first_line,
        f"Via: SIP/2.0/UDP 10.0.0.11;branch=z9hG4bK{call_id}{cseq.replace(' ', '')}",
        "From: <sip:1001@10.0.0.10>;tag=a",
        f"To: <sip:1002@10.0.0.10>{f';tag={to_tag}' if to_tag else ''}",
        f"Call-ID: {call_id}",
        f"CSeq: {cseq}",
    ]
    lines += [f"User-Agent: {agent}"] if agent else []
    lines += headers.splitlines()
    lines += ["Content-Type: application/sdp"] if sdp else []
    return ("\r\n".join([*lines, f"Content-Length: {len(sdp)}"]) + "\r\n\r\n" + sdp).encode()


def call_packets(number: int, made: MadeAttempt) -> list[MadePacket]:
    """The packets of one attempt between a phone and the PBX."""
    phone, call_id, invite = f"{made.host}:5060", f"call-{number}", f"INVITE sip:{made.user}@10.0.0.10 SIP/2.0"
    offer = tsdp(made.host, 4000, made.codec)
    packets: list[MadePacket] = []

    def send(at: float, data: bytes) -> None:
        packets.append(tudp(phone, PBX, data, at))

    def reply(at: float, status: int, cseq: str, **more: str) -> None:
        line = f"SIP/2.0 {status} {REASONS.get(status, 'No')}"
        packets.append(tudp(PBX, phone, message(line, call_id, cseq, to_tag="b", **more), at))

    cseq = 1
    if made.challenged:
        send(made.at, message(invite, call_id, "1 INVITE", agent=made.agent, sdp=offer))
        reply(made.at + 0.005, 401, "1 INVITE")
        send(made.at + 0.006, message(f"ACK {invite[7:]}", call_id, "1 ACK", to_tag="b"))
        cseq = 2
    sent = made.at + (0.01 if made.challenged else 0.0)
    credentials = 'Authorization: Digest username="1001", response="00"' if made.challenged else ""
    own = f"{cseq} INVITE"
    send(sent, message(invite, call_id, own, agent=made.agent, headers=credentials, sdp=offer))
    if made.rings_after is not None:
        reply(made.at + made.rings_after, 180, own)
    if made.ends_after is None:
        return packets
    end = made.at + made.ends_after
    if made.cancelled:
        send(end - 0.01, message(f"CANCEL {invite[7:]}", call_id, f"{cseq} CANCEL"))
        reply(end - 0.005, 200, f"{cseq} CANCEL")
    reply(end, made.status, own, sdp=tsdp("10.0.0.10", 10000, made.codec) if made.status == 200 else "")
    send(end + 0.001, message(f"ACK {invite[7:]}", call_id, f"{cseq} ACK", to_tag="b"))
    if made.status == 200 and made.talks is not None:
        send(end + made.talks, message(f"BYE {invite[7:]}", call_id, f"{cseq + 1} BYE", to_tag="b"))
        if made.bye_takes is not None:
            reply(end + made.talks + made.bye_takes, 200, f"{cseq + 1} BYE")
    return packets


def register(
    number: int, at: float, statuses: Iterable[int | None], host: str = "10.0.0.11", agent: str = "Phone/1"
) -> list[MadePacket]:
    """REGISTER requests 20 ms apart, each answered after 5 ms with a status or not at all; those after the first carry
    credentials.
    """
    packets: list[MadePacket] = []
    for step, status in enumerate(statuses):
        cseq, sent = f"{step + 1} REGISTER", at + 0.02 * step
        credentials = 'Authorization: Digest username="1001", response="00"' if step else ""
        contact = f"Contact: <sip:1001@{host}>"
        data = message(
            "REGISTER sip:10.0.0.10 SIP/2.0",
            f"register-{number}",
            cseq,
            agent=agent,
            headers="\n".join(filter(None, [contact, credentials])),
        )
        packets.append(tudp(f"{host}:5060", PBX, data, sent))
        if status is not None:
            reply = message(f"SIP/2.0 {status} Whatever", f"register-{number}", cseq, to_tag="r")
            packets.append(tudp(PBX, f"{host}:5060", reply, sent + 0.005))
    return packets


def case_of(folder: Path, packets: Iterable[MadePacket]) -> Case:
    """A case of one capture with these packets, by time."""
    ordered = sorted(packets, key=lambda packet: packet.time_ns)
    return xivolab.open(tpcap(folder / "made.pcap", ordered))
