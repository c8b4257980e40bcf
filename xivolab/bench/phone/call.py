"""One call of one phone, seen from outside."""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from xivolab.bench.phone.account import Voice
from xivolab.bench.phone.link import Message
from xivolab.errors import LabError

if TYPE_CHECKING:
    from xivolab.bench.phone.phone import Phone

Keys = Literal["rfc4733", "info", "inband"]
# Between two keys, as a person presses them; and how long one sounds.
_KEY_MS = 160
_KEY_GAP_S = 0.1


@dataclass(frozen=True, slots=True)
class Measures:
    """What the phone knows of the media of a call: addresses are "ip:port", jitter is RFC 3550's in milliseconds."""

    codec: str
    clock_rate: int
    local: str
    remote: str
    received: int
    received_lost: int
    received_jitter_ms: float
    sent: int
    sent_lost: int


class Call:
    """A call as one phone sees it. `state`: calling, incoming, ringing, connecting, in-call, ended."""

    def __init__(self, phone: Phone, number: int, other: str) -> None:
        self.phone = phone
        self.number = number
        self.other = other

    def __repr__(self) -> str:
        return f"<Call {self.number} of {self.phone.name}: {self.state}>"

    def events(self, kind: str | None = None) -> Iterator[Message]:
        """What the phone said about this call, oldest first; of one kind, if asked so."""
        return (event for event in self.phone.events(kind) if event.get("call") == self.number)

    def _last(self, key: str, default: str | int = "") -> str | int:
        values = [event[key] for event in self.events("call") if key in event]
        return values[-1] if values else default

    @property
    def state(self) -> str:
        """What the phone said last about it."""
        return str(self._last("state", "calling"))

    @property
    def status(self) -> int:
        """The last status of the INVITE; 0 before any."""
        return int(self._last("status", 0))

    @property
    def reason(self) -> str:
        """The words beside the status."""
        return str(self._last("reason"))

    @property
    def sip_call_id(self) -> str:
        """Its Call-ID; empty before anything was sent or received."""
        return str(self._last("sip_call_id"))

    @property
    def invite(self) -> str:
        """The INVITE that came in, as it came; empty for a call made by this phone."""
        return str(self._last("message"))

    @property
    def media(self) -> str:
        """State of the audio: none, active, held-here, held-there, error."""
        states = [str(event["media"]) for event in self.events("media")]
        return states[-1] if states else "none"

    @property
    def codec(self) -> str:
        """The codec in use, as SDP names it; empty before media."""
        names = [str(event["codec"]) for event in self.events("media") if "codec" in event]
        return names[-1] if names else ""

    @property
    def keys(self) -> str:
        """The keys that the other party has pressed so far."""
        return "".join(str(event["digit"]) for event in self.events("key"))

    def wait(self, *states: str, timeout: float = 15) -> str:
        """Wait until the call is in one of these states, or past them; return its state.

        LabError says what it is in instead, since when, and after what.
        """

        def there() -> bool:
            return any(event["state"] in states for event in self.events("call"))

        self.phone.wait(lambda: there() or self.state == "ended", timeout, lambda: self._why(states))
        if not there():
            self.phone.wait(there, 0, lambda: self._why(states))
        return self.state

    def wait_ringing(self, timeout: float = 15) -> None:
        """Wait until the other phone rings, or answers."""
        self.wait("ringing", "connecting", "in-call", timeout=timeout)

    def wait_answered(self, timeout: float = 30) -> None:
        """Wait until the call is answered and its audio flows."""
        self.wait("in-call", timeout=timeout)
        self.phone.wait(lambda: self.media != "none", 5, lambda: "the call was answered, but without audio")

    def wait_ended(self, timeout: float = 30) -> int:
        """Wait until the call is over; return its status: 200 after a conversation, else how it was refused."""
        self.wait("ended", timeout=timeout)
        return self.status

    def wait_keys(self, digits: str, timeout: float = 10) -> None:
        """Wait until the other party has pressed these keys."""
        self.phone.wait(
            lambda: digits in self.keys, timeout, lambda: f"did not hear the keys {digits!r} (heard: {self.keys!r})"
        )

    def wait_media(self, *states: str, timeout: float = 10) -> None:
        """Wait until the audio is in one of these states."""
        self.phone.wait(
            lambda: self.media in states, timeout, lambda: f"its audio is {self.media}, not {' or '.join(states)}"
        )

    def answer(self, *, headers: Mapping[str, str] | None = None, timeout: float = 10) -> None:
        """Take the call (200) and wait until it stands."""
        self.phone.ask("answer", call=self.number, status=200, headers=dict(headers or {}))
        self.wait_answered(timeout)

    def progress(self, status: int = 183) -> None:
        """Say 180, or 183 with an early voice, without answering yet."""
        self.phone.ask("answer", call=self.number, status=status)

    def reject(self, status: int = 486, reason: str = "", *, headers: Mapping[str, str] | None = None) -> None:
        """Refuse the call with any status from 300 on; 302 wants a header Contact."""
        self.phone.ask("answer", call=self.number, status=status, reason=reason, headers=dict(headers or {}))
        self.wait("ended", timeout=40)

    def hang_up(self, *, wait: bool = True) -> None:
        """End the call, or give it up while it rings. One that is over already stays so."""
        try:
            self.phone.ask("hangup", call=self.number)
        except LabError:
            # The other side was first.
            if self.state != "ended":
                raise
        if wait:
            self.wait("ended", timeout=40)

    def hold(self) -> None:
        """Put the other party on hold and wait until that is agreed."""
        self.phone.ask("hold", call=self.number)
        self.wait_media("held-here")

    def resume(self) -> None:
        """Take the other party back."""
        self.phone.ask("resume", call=self.number)
        self.wait_media("active")

    def transfer(self, to: str, timeout: float = 20) -> int:
        """Send the other party on to a number, without asking it (blind: REFER). Return the status the PBX tells in the end."""
        self.phone.ask("transfer", call=self.number, to=to)
        return self.wait_transferred(timeout)

    def transfer_to(self, consultation: Call, timeout: float = 20) -> int:
        """Connect the other party with that of a second call of this phone (attended: REFER with Replaces)."""
        self.phone.ask("transfer", call=self.number, other=consultation.number)
        return self.wait_transferred(timeout)

    def press(self, digits: str, how: Keys = "rfc4733") -> None:
        """Press keys, one after the other, and wait until they are sent."""
        for digit in digits:
            self.phone.ask("press", call=self.number, digits=digit, method=how, duration_ms=_KEY_MS)
            time.sleep(_KEY_MS / 1000 + _KEY_GAP_S)

    def say(self, voice: Voice) -> None:
        """Say something else from now on."""
        self.phone.ask("play", call=self.number, sound=voice.as_json())

    def record(self, file: str | None = None) -> str:
        """Keep what is heard from now on; return the name of the WAV file in the container."""
        file = file or f"/run/xivolab/heard/{self.phone.name}-{uuid.uuid4().hex[:8]}.wav"
        self.phone.ask("record", call=self.number, file=file)
        return file

    def stop_recording(self) -> None:
        """Close the recording's file; the end of the call does so too."""
        try:
            self.phone.ask("stop-recording", call=self.number)
        except LabError:
            if self.state != "ended":
                raise

    def listen(self, seconds: float, to: Path) -> Path:
        """Listen for a time, and bring what was heard to the file `to` (WAV, 16 bit, mono)."""
        file = self.record()
        time.sleep(seconds)
        self.stop_recording()
        shutil.copyfile(self.phone.phones.file(file), to)
        return to

    def measure(self) -> Measures:
        """What the phone knows of the call's media now."""
        return Measures(**self.phone.ask("measure", call=self.number))

    def wait_transferred(self, timeout: float = 20) -> int:
        """Wait until the PBX says how a transfer went (NOTIFY); return its status."""

        def told() -> list[Message]:
            return [event for event in self.events("transfer") if event["final"] or event["status"] >= 200]

        self.phone.wait(lambda: bool(told()), timeout, lambda: "nobody says how the transfer went")
        return int(told()[-1]["status"])

    def _why(self, states: tuple[str, ...]) -> str:
        status = f" ({self.status} {self.reason})" if self.status else ""
        return f"the call {self.number} with {self.other} is {self.state}{status}, not {' or '.join(states)}; {self.phone.story()}"
