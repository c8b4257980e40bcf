"""A phone of a room, as small as can be: registers with a digest, calls, is called, sends and counts RTP."""

from __future__ import annotations

import hashlib
import re
import secrets
import socket
import struct
import time

Message = tuple[str, dict[str, str], str]


class RoomPhone:
    """One account, from one UDP port of the loopback."""

    def __init__(self, line: str, password: str, server: tuple[str, int]) -> None:
        self.line, self.password, self.server = line, password, server
        self.sip, self.rtp = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        for one in (self.sip, self.rtp):
            one.bind(("127.0.0.1", 0))
            one.settimeout(5)
        self.me = f"127.0.0.1:{self.sip.getsockname()[1]}"
        self.media: tuple[str, int] | None = None
        self._number = 0
        self._dialog: dict[str, str] = {}

    def close(self) -> None:
        self.sip.close()
        self.rtp.close()

    def register(self) -> int:
        """The final status."""
        status, _, _ = self._ask("REGISTER", f"sip:{self.server[0]}", f"sip:{self.line}@{self.server[0]}", "")
        return status

    def call(self, number: str) -> int:
        """The final status; the call stands when it is 200."""
        uri = f"sip:{number}@{self.server[0]}"
        status, headers, body = self._ask("INVITE", uri, uri, self._sdp())
        if status == 200:
            self._take(body)
            self._dialog = {"To": headers["to"], "uri": re.findall(r"<([^>]+)>", headers["contact"])[0]}
            self._send("ACK", self._dialog["uri"], self._dialog["To"], "")
        return status

    def wait_and_answer(self) -> None:
        """Answer the call that comes."""
        first, headers, body = self._receive()
        while not first.startswith("INVITE"):
            first, headers, body = self._receive()
        assert self.me in first, "it is called where it registered"
        self._take(body)
        tag = headers["to"] + ";tag=room"
        reply = [
            "SIP/2.0 200 OK",
            f"Via: {headers['via']}",
            f"From: {headers['from']}",
            f"To: {tag}",
            f"Call-ID: {headers['call-id']}",
            f"CSeq: {headers['cseq']}",
            f"Contact: <sip:{self.line}@{self.me}>",
            "Content-Type: application/sdp",
        ]
        self._out("\r\n".join(reply), self._sdp())
        while not self._receive()[0].startswith("ACK"):
            pass

    def hang_up(self) -> int:
        status, _, _ = self._ask("BYE", self._dialog["uri"], self._dialog["To"], "")
        return status

    def talk(self, seconds: float) -> int:
        """Send a packet each 20 ms; how many came back."""
        assert self.media is not None
        self.rtp.setblocking(False)
        came, ssrc = 0, secrets.randbits(32)
        for n in range(int(seconds * 50)):
            self.rtp.sendto(struct.pack("!BBHII", 0x80, 8, n, n * 160, ssrc) + b"\xd5" * 160, self.media)
            time.sleep(0.02)
            try:
                while True:
                    came += len(self.rtp.recv(2000)) > 12
            except BlockingIOError:
                pass
        return came

    def _take(self, body: str) -> None:
        self.media = (re.findall(r"c=IN IP4 (\S+)", body)[0], int(re.findall(r"m=audio (\d+)", body)[0]))

    def _sdp(self) -> str:
        port = self.rtp.getsockname()[1]
        lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", f"m=audio {port} RTP/AVP 8"]
        return "\r\n".join([*lines, "a=rtpmap:8 PCMA/8000", ""])

    def _ask(self, method: str, uri: str, to: str, body: str) -> tuple[int, dict[str, str], str]:
        """A request with its final answer, asked again with the password when that is wanted."""
        credentials = ""
        for _ in range(2):
            self._number += 1
            self._send(method, uri, to, body, credentials)
            status, headers, told = self._answer()
            if status not in (401, 407):
                return status, headers, told
            if method == "INVITE":
                self._send("ACK", uri, headers["to"], "")
            challenge = headers["www-authenticate" if status == 401 else "proxy-authenticate"]
            credentials = self._digest(challenge, method, uri, status)
        return status, headers, told

    def _answer(self) -> tuple[int, dict[str, str], str]:
        while True:
            first, headers, body = self._receive()
            if first.startswith("SIP/2.0") and not first.startswith("SIP/2.0 1"):
                return int(first.split()[1]), headers, body

    def _digest(self, challenge: str, method: str, uri: str, status: int) -> str:
        told = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
        one, two = (
            hashlib.md5(text.encode()).hexdigest()
            for text in (f"{self.line}:{told['realm']}:{self.password}", f"{method}:{uri}")
        )
        middle = f"{told['nonce']}:00000001:room:auth" if "qop" in told else told["nonce"]
        answer = hashlib.md5(f"{one}:{middle}:{two}".encode()).hexdigest()
        more = ', qop=auth, nc=00000001, cnonce="room"' if "qop" in told else ""
        if "opaque" in told:
            more += f', opaque="{told["opaque"]}"'
        name = "Authorization" if status == 401 else "Proxy-Authorization"
        return (
            f'{name}: Digest username="{self.line}", realm="{told["realm"]}", nonce="{told["nonce"]}", uri="{uri}", '
            f'response="{answer}", algorithm=MD5{more}'
        )

    def _send(self, method: str, uri: str, to: str, body: str, credentials: str = "") -> None:
        to = to if to.startswith(("<", '"')) else f"<{to}>"
        lines = [
            f"{method} {uri} SIP/2.0",
            f"Via: SIP/2.0/UDP {self.me};branch=z9hG4bK{secrets.token_hex(8)};rport",
            f"From: <sip:{self.line}@{self.server[0]}>;tag=room",
            f"To: {to}",
            f"Call-ID: {'reg' if method == 'REGISTER' else 'call'}-{self.me}",
            f"CSeq: {self._number} {method}",
            f"Contact: <sip:{self.line}@{self.me}>",
            "Max-Forwards: 70",
            *([credentials] if credentials else []),
            *(["Content-Type: application/sdp"] if body else []),
        ]
        self._out("\r\n".join(lines), body)

    def _out(self, head: str, body: str) -> None:
        self.sip.sendto(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode(), self.server)

    def _receive(self) -> Message:
        head, _, body = self.sip.recv(65536).decode().partition("\r\n\r\n")
        first, *lines = head.split("\r\n")
        return first, {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines}, body
