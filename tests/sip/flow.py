"""Signalling written by hand for tests: legs that say what was sent when, as messages of a capture.

    leg = Leg("10.0.0.1", "10.0.0.9", "alice", "1002").invite(0).reply(0.1, 180).reply(2, 200).ack(2.1).bye(9)
    tables = analyse(capture(leg))

Times are seconds. An address without port has 5060. `by` is the side that sends: "caller" or "callee".
"""

from __future__ import annotations

from typing import Any
from zlib import crc32

from xivolab.sip import RawMessages

EPOCH_NS = 1_700_000_000_000_000_000

OFFER = "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\nm=audio {port} RTP/AVP {pts}\r\n{more}"


def sdp(ip: str = "10.0.0.1", port: int = 4000, pts: str = "8 0 101", more: str = "") -> str:
    """A session description with one audio line."""
    attributes = "a=rtpmap:101 telephone-event/8000\r\n" * ("101" in pts.split()) + more
    return OFFER.format(ip=ip, port=port, pts=pts, more=attributes)


def at(seconds: float) -> int:
    """A time of the capture in ns, as the tables hold it."""
    return EPOCH_NS + round(seconds * 1e9)


def place(address: str) -> str:
    return address if ":" in address else f"{address}:5060"


class Leg:
    """One leg (or hop) between `src`, who sends the INVITE, and `dst`. Every method adds a message and returns the leg."""

    def __init__(
        self,
        src: str,
        dst: str,
        from_user: str = "alice",
        to_user: str = "1002",
        call_id: str = "a@test",
        from_tag: str = "from",
        name: str = "",
        via: str = "",
    ) -> None:
        self.src, self.dst = place(src), place(dst)
        self.from_user, self.to_user, self.call_id, self.from_tag, self.name = (
            from_user,
            to_user,
            call_id,
            from_tag,
            name,
        )
        self.via = via
        self.to_tag = "to"
        self.cseq = {"caller": 0, "callee": 100}
        self.rows: list[dict[str, Any]] = []
        self.transport = "UDP"

    def request(
        self,
        seconds: float,
        method: str,
        by: str = "caller",
        body: str = "",
        headers: str = "",
        in_dialog: bool = True,
        cseq: int | None = None,
    ) -> Leg:
        if cseq is None:
            self.cseq[by] += 1
            cseq = self.cseq[by]
        own, peer = self._parties(by)
        tag = f";tag={peer[1]}" if in_dialog else ""
        lines = [
            f"{method} sip:{self.to_user}@{self.dst} SIP/2.0",
            self._via(by, method, cseq),
            f"From: {own[0]};tag={own[1]}",
            f"To: {peer[0]}{tag}",
            f"CSeq: {cseq} {method}",
        ]
        return self._add(seconds, by, lines, headers, body)

    def invite(self, seconds: float, body: str | None = None, headers: str = "") -> Leg:
        """The initial INVITE, or its retry: a new CSeq and no To tag."""
        body = sdp(*self._media(self.src)) if body is None else body
        return self.request(seconds, "INVITE", body=body, headers=headers, in_dialog=False)

    def reply(
        self,
        seconds: float,
        status: int,
        method: str = "INVITE",
        by: str = "callee",
        body: str | None = None,
        headers: str = "",
        to_tag: str | None = None,
        cseq: int | None = None,
    ) -> Leg:
        """A response of `by` to the last request of the other side; a 200 to INVITE has SDP."""
        client = "caller" if by == "callee" else "callee"
        cseq = self.cseq[client] if cseq is None else cseq
        if body is None:
            body = sdp(*self._media(self.dst), "8 101") if method == "INVITE" and 200 <= status < 300 else ""
        own, peer = self._parties(client)
        tag = "" if status == 100 else f";tag={to_tag or peer[1]}"
        lines = [
            f"SIP/2.0 {status} Reason",
            self._via(client, method, cseq),
            f"From: {own[0]};tag={own[1]}",
            f"To: {peer[0]}{tag}",
            f"CSeq: {cseq} {method}",
        ]
        return self._add(seconds, by, lines, headers, body)

    def ack(self, seconds: float, body: str = "") -> Leg:
        return self.request(seconds, "ACK", body=body, cseq=self.cseq["caller"])

    def cancel(self, seconds: float) -> Leg:
        return self.request(seconds, "CANCEL", in_dialog=False, cseq=self.cseq["caller"])

    def bye(self, seconds: float, by: str = "caller", headers: str = "") -> Leg:
        """BYE and its 200."""
        self.request(seconds, "BYE", by=by, headers=headers)
        return self.reply(seconds + 0.001, 200, "BYE", by="callee" if by == "caller" else "caller")

    def again(self, seconds: float, row: int = -1, **packet: int) -> Leg:
        """The same bytes once more; `packet` changes ip_id or ttl."""
        self.rows.append({**self.rows[row], "time": at(seconds), **packet})
        return self

    def _media(self, sip_place: str) -> tuple[str, int]:
        """Where one end of this leg wants media: a port of its own."""
        return sip_place.rpartition(":")[0], 10000 + 2 * (crc32(f"{self.call_id} {self.from_tag}".encode()) % 10000)

    def _parties(self, by: str) -> tuple[tuple[str, str], tuple[str, str]]:
        name = f'"{self.name}" ' if self.name else ""
        caller = (f"{name}<sip:{self.from_user}@{self.src}>", self.from_tag)
        callee = (f"<sip:{self.to_user}@{self.dst}>", self.to_tag)
        return (caller, callee) if by == "caller" else (callee, caller)

    def _via(self, client: str, method: str, cseq: int) -> str:
        sender = self.src if client == "caller" else self.dst
        kind = "INVITE" if method == "CANCEL" else method
        branch = (
            f"z9hG4bK{crc32(repr((sender, self.dst, self.call_id, self.from_tag, kind, cseq, self.via)).encode()):x}"
        )
        return f"Via: SIP/2.0/{self.transport} {sender};branch={branch}{self.via}"

    def _add(self, seconds: float, by: str, lines: list[str], headers: str, body: str) -> Leg:
        head = [*lines, f"Call-ID: {self.call_id}", *headers.splitlines(), f"Content-Length: {len(body)}"]
        src, dst = (self.src, self.dst) if by == "caller" else (self.dst, self.src)
        data = "\r\n".join([*head, "", body]).encode()
        row = {"time": at(seconds), "src": src, "dst": dst, "data": data, "transport": self.transport}
        self.rows.append({**row, "ip_id": len(self.rows) + 1})
        return self


def capture(*legs: Leg) -> RawMessages:
    """What a capture of these legs holds, in order of time."""
    return RawMessages.from_rows(sorted((row for leg in legs for row in leg.rows), key=lambda row: row["time"]))
