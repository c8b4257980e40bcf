"""The operator in its container: started, made good or bad while it runs, made to call, and asked what calls it saw."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from xivolab.bench import faults
from xivolab.bench.beside import Beside
from xivolab.bench.engine import Engine
from xivolab.bench.operator.personality import PERSONALITIES, Personality
from xivolab.bench.operator.render import LOG, MARK, Customer, render
from xivolab.bench.pbx import Pbx
from xivolab.bench.plant import configure
from xivolab.errors import LabError, UsageError

_SEEN = re.compile(rf"{MARK} to=(\S*) from=(\S*) name=(.*?) pai=(.*)$", re.MULTILINE)
_TABLE = "operator"


@dataclass(frozen=True, slots=True)
class Seen:
    """A call that arrived at the operator: the number called, the caller as From and as P-Asserted-Identity tell it."""

    to: str
    caller: str
    name: str
    asserted: str


class Operator:
    """An ITSP with one customer. `image` is one with nft in it, for what only the network can do to a call."""

    def __init__(self, engine: Engine, container: str, customer: Customer, image: str) -> None:
        self.engine = engine
        self.container = container
        self.customer = customer
        self.personality = PERSONALITIES["good"]
        self._network = Beside(engine, image)
        self._filtered = False

    @property
    def asterisk(self) -> Pbx:
        """Its Asterisk: `ask` it."""
        return Pbx(self.engine, self.container)

    def start(self) -> None:
        """Give it its files and wait until it takes calls. One that runs is left alone, whatever it has become."""
        self.begin()
        self.wait()

    def begin(self) -> None:
        """Give it its files, unless it runs: its Asterisk starts by itself once they are there."""
        if not self._booted():
            configure.write(self.engine, self.container, render(self.customer, self.personality))

    def wait(self) -> None:
        """Wait until it takes calls. LabError when it does not within 30 s."""
        deadline = time.monotonic() + 30
        while not self._booted():
            if time.monotonic() > deadline:
                raise LabError("the operator's Asterisk does not start within 30 s", self.container)
            time.sleep(0.2)
        self.asterisk.ask(f"dialplan set global CUSTOMER {self.customer.username}")

    def become(self, personality: str | Personality) -> None:
        """Behave like this from now on; calls that stand go on. UsageError for a name that is none."""
        if isinstance(personality, str):
            if personality not in PERSONALITIES:
                raise UsageError(
                    f"no operator is {personality!r}", "operator", f"name one of {', '.join(PERSONALITIES)}"
                )
            personality = PERSONALITIES[personality]
        self.personality = personality
        configure.write(self.engine, self.container, render(self.customer, personality))
        self.asterisk.ask("dialplan reload")
        self.asterisk.ask("module reload res_pjsip.so")
        self.asterisk.ask(f"dialplan set global CUSTOMER {self.customer.username}")
        self._filter(personality.ignores)

    def call(self, did: str, caller: str = "0199001234", name: str = "") -> None:
        """Call a number of the customer; it hears a tone of 440 Hz once it answers."""
        self.asterisk.ask(f"dialplan set global CALLER {caller}")
        self.asterisk.ask(f'dialplan set global CALLER_NAME "{name or caller}"')
        self.asterisk.ask(f"channel originate Local/{did}@to-customer extension s@voice")

    def hang_up(self) -> None:
        """End all its calls."""
        self.asterisk.ask("channel request hangup all")

    def seen(self) -> list[Seen]:
        """The calls that have arrived so far, oldest first."""
        text = self.engine.execute(self.container, "sh", "-c", f"cat {LOG} 2>/dev/null || true")
        return [Seen(to, caller, name, asserted.strip()) for to, caller, name, asserted in _SEEN.findall(text)]

    def registered(self) -> bool:
        """Whether the customer is registered."""
        return f"{self.customer.username}/sip:" in self.asterisk.ask("pjsip show contacts")

    def _filter(self, methods: tuple[str, ...]) -> None:
        if methods or self._filtered:
            faults.ignore_requests(self._network, self.container, methods, table=_TABLE)
        self._filtered = bool(methods)

    def _booted(self) -> bool:
        try:
            return "fully booted" in self.asterisk.ask("core waitfullybooted")
        except LabError:
            return False
