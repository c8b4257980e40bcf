"""One phone, seen from outside: what it is told, and what it has said."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from xivolab.bench.phone.account import AutoAnswer
from xivolab.bench.phone.call import Call
from xivolab.bench.phone.link import Message, PhoneGoneError
from xivolab.errors import LabError

if TYPE_CHECKING:
    from xivolab.bench.phone.phones import Phones


class Phone:
    """A phone that is switched on. Its state is what its events say, from the `since`th of the link on."""

    def __init__(self, phones: Phones, name: str, since: int = 0) -> None:
        self.phones = phones
        self.name = name
        self._since = since
        self._calls: dict[int, Call] = {}
        # Calls that came in and were asked for already.
        self._taken: set[int] = set()

    def __repr__(self) -> str:
        return f"<Phone {self.name}{'' if self.alive else ', gone'}>"

    def events(self, kind: str | None = None) -> Iterator[Message]:
        """What this phone has said, oldest first; of one kind, if asked so."""
        for event in self.phones.link.events[self._since :]:
            if event["phone"] == self.name and (kind is None or event["event"] == kind):
                yield event

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return not any(event["event"] in ("gone", "failed") for event in self.events())

    def registration(self, account: int = 0) -> Message | None:
        """The last answer to a REGISTER of an account: `registered`, `status`, `reason`, `expires_s`; None before any."""
        answers = [event for event in self.events("registration") if event["account"] == account]
        return answers[-1] if answers else None

    def is_registered(self, account: int = 0) -> bool:
        """Whether an account is registered now."""
        last = self.registration(account)
        return last is not None and bool(last["registered"])

    def register(self, account: int = 0, timeout: float = 15) -> None:
        """Register an account (again) and wait until it is."""
        before = self._answers(account)
        self.ask("register", account=account, on=True)
        self.wait(lambda: self._answers(account) > before, timeout, lambda: "nobody has answered its REGISTER")
        self.wait_registered(timeout, account)

    def unregister(self, account: int = 0, timeout: float = 15) -> None:
        """Take back a registration and wait until that is done."""
        self.ask("register", account=account, on=False)
        self.wait(lambda: not self.is_registered(account), timeout, lambda: "is still registered")

    def wait_registered(self, timeout: float = 15, account: int = 0) -> None:
        """Wait until an account is registered. LabError says what the PBX answered, or that it says nothing.

        Where the phone does not try again by itself (`retry_s`), a refusal is told at once.
        """
        self.wait(lambda: self.is_registered(account) or self._gave_up(account), timeout, self._unregistered)
        if not self.is_registered(account):
            raise LabError(self._unregistered(), self.name)

    def wait_refused(self, timeout: float = 15, account: int = 0) -> int:
        """Wait until the registration of an account is refused or given up; return its status (408: no answer, 503: no way)."""

        def refused() -> bool:
            last = self.registration(account)
            return last is not None and last["status"] // 100 != 2

        self.wait(refused, timeout, lambda: "its registration was not refused")
        last = self.registration(account)
        assert last is not None
        return int(last["status"])

    def call(self, to: str, *, account: int = 0, headers: Mapping[str, str] | None = None) -> Call:
        """Dial a number (or a whole `sip:` address) and return the call at once; `call.wait_answered()` goes on."""
        number = int(self.ask("call", account=account, to=to, headers=dict(headers or {}))["call"])
        return self._call(number, to)

    def wait_call(self, timeout: float = 15) -> Call:
        """Wait for the next call that comes in, not asked for yet and not over. The phone rings (180) by itself."""

        def waiting() -> list[Message]:
            over = {event["call"] for event in self.events("call") if event["state"] == "ended"} | self._taken
            return [
                event for event in self.events("call") if event["state"] == "incoming" and event["call"] not in over
            ]

        self.wait(lambda: bool(waiting()), timeout, lambda: f"nobody calls it; {self.story()}")
        found = waiting()[0]
        self._taken.add(int(found["call"]))
        return self._call(int(found["call"]), str(found["from"]))

    def calls(self) -> list[Call]:
        """The calls that are not over."""
        numbers: dict[int, bool] = {}
        for event in self.events("call"):
            numbers[int(event["call"])] = event["state"] != "ended"
        return [self._call(number, "") for number, alive in numbers.items() if alive]

    def answers_by_itself(self, how: AutoAnswer) -> None:
        """Let the phone answer "always", "never", or when a "header" of the INVITE asks for it (intercom)."""
        self.ask("set", auto_answer=how)

    def rings(self, rings: bool) -> None:
        """Whether it says 180 when called; a phone that does not is as silent as one whose INVITE was lost."""
        self.ask("set", ring=rings)

    def drop_dead(self) -> None:
        """Let it fall silent at once, as with its cable pulled: nothing is sent any more, not even an error of ICMP."""
        self.phones.link.ask(None, "freeze", phone=self.name)

    def come_back(self) -> None:
        """Wake it after `drop_dead`: it goes on where it was."""
        self.phones.link.ask(None, "wake", phone=self.name)

    def kill(self) -> None:
        """End its process the hard way, as a crash would."""
        self.phones.link.ask(None, "kill", phone=self.name)
        self.phones.link.wait(lambda: not self.alive, 5, lambda: "does not die", self.name)

    def switch_off(self) -> None:
        """Unregister, end its calls and go; `Phones.dismiss` also forgets it."""
        self.ask("off")
        self.phones.link.wait(lambda: not self.alive, 10, lambda: "does not go off", self.name)

    def log(self) -> str:
        """What its SIP stack has written so far."""
        return self.phones.file(f"/run/xivolab/{self.name}.log").read_text(errors="replace")

    def ask(self, action: str, **details: Any) -> Message:
        """Tell the phone to do something and return its answer."""
        return self.phones.link.ask(self.name, action, **details)

    def wait(self, done: Any, timeout: float, why: Any) -> None:
        """Wait until `done()`; PhoneGoneError when the phone crashes meanwhile, LabError with `why()` when time is up."""
        self.phones.link.wait(lambda: done() or not self.alive, timeout, why, self.name)
        if not done():
            raise PhoneGoneError(self._how_it_went(), self.name)

    def wait_on(self, timeout: float) -> None:
        """Wait until its process says that it is there."""
        self.wait(lambda: any(self.events("on")), timeout, lambda: "did not start")

    def story(self, last: int = 8) -> str:
        """The last things it said, in a line, with the seconds since then."""
        told = [_brief(event) for event in self.events()][-last:]
        return ", ".join(told) or "nothing"

    def _call(self, number: int, other: str) -> Call:
        return self._calls.setdefault(number, Call(self, number, other))

    def _answers(self, account: int) -> int:
        return sum(event["account"] == account for event in self.events("registration"))

    def _gave_up(self, account: int) -> bool:
        last = self.registration(account)
        tries_again = bool(self.phones.setup(self.name).accounts[account].retry_s)
        return last is not None and last["status"] // 100 != 2 and not tries_again

    def _unregistered(self) -> str:
        last = self.registration()
        if last is None:
            return "not registered: nobody has answered its REGISTER"
        return f"not registered: the last answer was {last['status']} {last['reason']}"

    def _how_it_went(self) -> str:
        for event in self.events():
            if event["event"] == "failed":
                return f"the phone does not start: {event['reason']}"
            if event["event"] == "gone":
                how = f"signal {-event['exit']}" if event["exit"] < 0 else f"status {event['exit']}"
                return f"the phone ended by itself ({how}) after: {self.story()}"
        return "the phone is gone"


def _brief(event: Message) -> str:
    """An event in three words."""
    ago = f"{time.time() - event['time']:.1f} s ago"
    if event["event"] == "call":
        status = f" {event['status']} {event['reason']}" if event.get("status") else ""
        return f"call {event['call']} {event['state']}{status} {ago}"
    if event["event"] == "registration":
        return f"REGISTER {event['status']} {event['reason']} {ago}"
    if event["event"] == "media":
        return f"media of call {event['call']} {event['media']} {ago}"
    return f"{event['event']} {ago}"
