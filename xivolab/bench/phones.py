"""Real SIP phones: baresip in a container of its own, driven by its control socket (netstrings of JSON)."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from xivolab.bench.engine import Engine
from xivolab.bench.lines import PBX, SECRET, Line
from xivolab.errors import LabError

_CONTROL_PORT = 4444
_RTP_PORTS = "10000-10100"

# account, menu and contact are applications: loaded as plain modules they stay silent.
_CONFIG = """\
poll_method epoll
sip_listen {listen}
audio_source aufile,/voices/{user}.wav
audio_player aufile,/tmp/heard.wav
audio_channels 1
ausrc_srate 8000
auplay_srate 8000
rtp_ports {ports}
rtp_tos 184
rtp_stats yes
module_path /usr/lib/baresip/modules
module g711.so
module g722.so
module aufile.so
module_app account.so
module_app contact.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 0.0.0.0:{control}
"""


@dataclass(frozen=True, slots=True)
class Phone:
    """How a scenario sets up the phone of a line. `codecs` are baresip's names in order of preference."""

    line: Line
    codecs: str = "PCMA/8000/1"
    secret: str = SECRET
    transport: str = "udp"
    server: str = PBX
    registers: bool = True


def render(phone: Phone) -> dict[str, str]:
    """Return baresip's files by name. The account is not among them: it is added once somebody listens."""
    line = phone.line
    listen = "[::]:5060" if ":" in phone.server else f"{line.address}:5060"
    config = _CONFIG.format(listen=listen, user=line.user, ports=_RTP_PORTS, control=_CONTROL_PORT)
    return {"config": config, "accounts": "", "contacts": ""}


def account(phone: Phone) -> str:
    """Return the account as baresip reads it."""
    line = phone.line
    interval = 600 if phone.registers else 0
    return (
        f'"{line.title}" <sip:{line.user}@{_host(phone)};transport={phone.transport}>'
        f";auth_pass={phone.secret};audio_codecs={phone.codecs};answermode=manual;regint={interval}"
    )


def _host(phone: Phone) -> str:
    return f"[{phone.server}]" if ":" in phone.server else phone.server


class Baresip:
    """A running phone. Commands are typed as on its menu; events are kept and can be waited for.

    `call_id` is that of the call that rang or was answered last.
    """

    def __init__(self, engine: Engine, container: str, phone: Phone, folder: Path) -> None:
        self.engine = engine
        self.container = container
        self.phone = phone
        self.events: list[dict[str, object]] = []
        self.call_id = ""
        self._arrived = threading.Condition()
        self._socket: socket.socket | None = None
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in render(phone).items():
            (folder / name).write_text(text)

    def start(self) -> None:
        """Start baresip, connect to its control socket and wait until it is registered (if it registers)."""
        self.engine.start(self.container, "baresip", "-f", "/phone")
        self._socket = self._connect()
        self.engine.hurry(self.container, "baresip")
        threading.Thread(target=self._listen, args=(self._socket,), daemon=True).start()
        self.command("uanew", account(self.phone))
        if self.phone.registers:
            self.wait("REGISTER_OK")

    def close(self) -> None:
        """Let go of the phone, which goes on."""
        if self._socket is None:
            return
        # Closing alone would not wake the thread that listens.
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def command(self, name: str, parameters: str = "") -> None:
        """Send one menu command."""
        assert self._socket is not None, "start the phone first"
        body = json.dumps({"command": name, "params": parameters, "token": "bench"}).encode()
        try:
            self._socket.sendall(b"%d:%s," % (len(body), body))
        except OSError as error:
            raise LabError(f"the phone no longer answers ({error.strerror})", self.phone.line.user) from error

    def wait(self, event: str, timeout: float = 15) -> dict[str, object]:
        """Wait for the next event of this type not waited for yet, and return it."""
        found: dict[str, object] = {}

        def taken() -> bool:
            for index, candidate in enumerate(self.events):
                if candidate.get("type") == event:
                    found.update(self.events.pop(index))
                    return True
            return False

        with self._arrived:
            if not self._arrived.wait_for(taken, timeout):
                seen = ", ".join(str(item.get("type")) for item in self.events) or "nothing"
                raise LabError(f"no {event} within {timeout:g} s (seen: {seen})", self.phone.line.user)
        return found

    def dial(self, number: str) -> None:
        """Call a number through the PBX."""
        # Without a contact for it, baresip dials full addresses only.
        self.command("dial", f"sip:{number}@{_host(self.phone)}")

    def answer(self) -> None:
        """Answer the ringing call."""
        self.command("accept")
        self.wait("CALL_ESTABLISHED")

    def ring(self, seconds: float) -> None:
        """Wait until the phone rings and let it ring."""
        self.wait("CALL_INCOMING")
        time.sleep(seconds)

    def refuse(self) -> None:
        """Refuse the ringing call, as busy (486)."""
        self.command("hangup")

    def hang_up(self) -> None:
        """End the current call, or give it up while it rings."""
        self.command("hangup")

    def transfer(self, number: str) -> None:
        """Send the other party on to a number, without asking it (REFER)."""
        self.command("transfer", f"sip:{number}@{_host(self.phone)}")

    def join(self, call_id: str, log: str) -> None:
        """Send the other party of the call `call_id` on to that of the current call, and leave both (REFER with Replaces).

        The tags of the current call are taken from the `log` of the PBX: this phone does not tell them.
        """
        own, other, user = tags(log, self.call_id)
        replaces = f"{self.call_id};to-tag={other};from-tag={own}"
        self.command("callfind", call_id)
        self.command("transfer", f"sip:{user}@{_host(self.phone)}?Replaces={quote(replaces, safe='')}")

    def press(self, digits: str) -> None:
        """Press keys during a call, as a person would (RFC 4733)."""
        for digit in digits:
            self.command("sndcode", digit)
            time.sleep(0.8)

    def _connect(self) -> socket.socket:
        deadline = time.monotonic() + 10
        while True:
            try:
                return socket.create_connection((self.phone.line.address, _CONTROL_PORT), timeout=2)
            except OSError as error:
                if time.monotonic() > deadline:
                    raise LabError("the phone did not start within 10 s", self.phone.line.user) from error
                time.sleep(0.1)

    def _listen(self, connection: socket.socket) -> None:
        connection.settimeout(None)
        pending = b""
        while True:
            try:
                data = connection.recv(65536)
            except OSError:
                return
            if not data:
                return
            pending = self._take(pending + data)

    def _take(self, pending: bytes) -> bytes:
        """Keep the events of every whole netstring and return the bytes of the one that is not whole yet."""
        for payload, rest in netstrings(pending):
            pending = rest
            message = json.loads(payload)
            if message.get("event"):
                with self._arrived:
                    self.events.append(message)
                    if message.get("type") in ("CALL_INCOMING", "CALL_ESTABLISHED"):
                        self.call_id = str(message.get("id"))
                    self._arrived.notify_all()
        return pending


def tags(log: str, call_id: str) -> tuple[str, str, str]:
    """The tags of From and To, and the user of To, of a call that the PBX accepted, as its SIP logger printed them."""
    for message in log.split("<--- ")[1:]:
        if f"Call-ID: {call_id}" in message and "SIP/2.0 200" in message and " INVITE" in message:
            sender = re.search(r"^From:.*?;tag=([^\s;]+)", message, re.M)
            called = re.search(r"^To:.*?sip:([^@]+)@.*?;tag=([^\s;]+)", message, re.M)
            if sender and called:
                return sender[1], called[2], called[1]
    raise LabError("the PBX did not accept this call", call_id)


def netstrings(data: bytes) -> list[tuple[bytes, bytes]]:
    """Split `data` into netstrings; each comes with the bytes that follow it."""
    found: list[tuple[bytes, bytes]] = []
    while True:
        length, colon, rest = data.partition(b":")
        if not colon or not length.isdigit() or len(rest) <= int(length):
            return found
        size = int(length)
        data = rest[size + 1 :]
        found.append((rest[:size], data))
