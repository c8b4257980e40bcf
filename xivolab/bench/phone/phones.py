"""The phones of one container: hired, found again by a later command, dismissed, and replaced when they crash."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from xivolab.bench.engine import Engine
from xivolab.bench.phone.account import Account, Setup
from xivolab.bench.phone.link import Link, root
from xivolab.bench.phone.phone import Phone
from xivolab.errors import LabError

_INSIDE = Path(__file__).parent / "inside"
_HOME = "/run/xivolab"
_START_S = 15.0

T = TypeVar("T")


class Phones:
    """The phones in one container of the image that `image.ensure` gives. `phones` has them by name.

    Phones that an earlier command hired are found again when `link` is first used.
    """

    def __init__(self, engine: Engine, container: str) -> None:
        self.engine = engine
        self.container = container
        self.phones: dict[str, Phone] = {}
        self._setups: dict[str, Setup] = {}
        self._link: Link | None = None

    @property
    def link(self) -> Link:
        """The line to the house; made when it is first needed."""
        if self._link is None:
            self._link = self._connect()
            for name, found in self._link.ask(None, "list").items():
                self._setups[name] = Setup.from_json(found["config"])
                self.phones[name] = Phone(self, name, _last_start(self._link, name))
        return self._link

    def close(self) -> None:
        """Let go of the phones, which go on."""
        if self._link is not None:
            self._link.close()
            self._link = None

    def hire(self, name: str, address: str, *accounts: Account, timeout: float = 15, **details: Any) -> Phone:
        """Switch a phone on, at an address of its own, and wait until its accounts are registered (those that do).

        `details` are those of `Setup`: codecs, voice, auto_answer, tls, …. Raises LabError when it cannot start or register.
        """
        setup = Setup(address=address, accounts=accounts, **details)
        phone = self._switch_on(name, setup)
        for number, account in enumerate(accounts):
            if account.registers:
                phone.wait_registered(timeout, account=number)
        return phone

    def dismiss(self, *names: str) -> None:
        """Switch phones off: they unregister first, and end their calls."""
        for name in names:
            phone = self.phones.pop(name)
            # One that is gone already is no less off.
            if phone.alive:
                phone.switch_off()
            self._setups.pop(name)

    def repeat(self, step: Callable[[], T], times: int = 3) -> T:
        """Do a step, and do it again when a phone crashed over it: each phone that is gone is switched on anew before.

        Raises PhoneGoneError when it went wrong so every time. Every other error goes through at once.
        """
        for left in reversed(range(times)):
            try:
                return step()
            except LabError:
                crashed = [name for name, phone in self.phones.items() if not phone.alive]
                if not crashed or not left:
                    raise
                self._end_all_calls()
                for name in crashed:
                    self.rehire(name)
        raise AssertionError("the last time returns or raises")

    def rehire(self, name: str) -> Phone:
        """Switch a phone on that is gone, as it was before."""
        setup = self._setups[name]
        phone = self._switch_on(name, setup)
        for number, account in enumerate(setup.accounts):
            if account.registers:
                phone.wait_registered(account=number)
        return phone

    def change(self, name: str, **details: Any) -> Phone:
        """Switch a phone off and on again with something in its `Setup` changed, the accounts included."""
        setup = replace(self._setups[name], **details)
        self.dismiss(name)
        self._setups[name] = setup
        return self.rehire(name)

    def setup(self, name: str) -> Setup:
        """How a phone is set up."""
        return self._setups[name]

    def file(self, inside: str) -> Path:
        """A file of the container, as this machine sees it."""
        return root(self.engine, self.container) / inside.lstrip("/")

    def crashed(self) -> list[str]:
        """The phones whose process has ended though nobody switched them off."""
        return [name for name, phone in self.phones.items() if not phone.alive]

    def _switch_on(self, name: str, setup: Setup) -> Phone:
        since = len(self.link.events)
        self.link.ask(None, "hire", phone=name, config=setup.as_json(name))
        phone = Phone(self, name, since)
        self._setups[name] = setup
        self.phones[name] = phone
        phone.wait_on(_START_S)
        return phone

    def _end_all_calls(self) -> None:
        for phone in self.phones.values():
            if phone.alive:
                for call in phone.calls():
                    call.hang_up(wait=False)

    def _connect(self) -> Link:
        try:
            return Link(self.engine, self.container)
        except LabError:
            self._open()
        deadline = time.monotonic() + _START_S
        while True:
            try:
                return Link(self.engine, self.container)
            except LabError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def _open(self) -> None:
        """Bring the house's program into the container and start it."""
        home = root(self.engine, self.container) / _HOME.lstrip("/")
        home.mkdir(parents=True, exist_ok=True)
        # Written from outside: the container's own root may be read-only, and `cp` of the engine knows no scratch folders.
        shutil.copytree(_INSIDE, home / "inside", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        command = f"cd {_HOME} && exec python3 -m inside.house 2>>{_HOME}/house.log"
        self.engine.start(self.container, "sh", "-c", command)


def _last_start(link: Link, name: str) -> int:
    """Where in the events of a link the present life of a phone begins."""
    starts = [index for index, event in enumerate(link.events) if (event["phone"], event["event"]) == (name, "on")]
    return starts[-1] if starts else 0
