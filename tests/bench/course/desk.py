"""What a trainer has on the desk: a bench, real telephones, and what the PBX wrote about a call."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xivolab.bench.model import Configuration
from xivolab.bench.phone import Account, Phone, Phones, Voice
from xivolab.bench.phone.account import Setup
from xivolab.bench.phone.audio import Heard, heard
from xivolab.bench.phone.call import Call
from xivolab.bench.phone.image import ensure
from xivolab.bench.plant import Bench

LOG = "/var/log/asterisk/full"
LOW, HIGH = 440, 880
Row = dict[str, Any]


class Desk:
    """A bench with a configuration in effect, and a telephone for each number that is asked for."""

    def __init__(self, bench: Bench, phones: Phones, scratch: Path) -> None:
        self.bench, self.phones, self.scratch = bench, phones, scratch
        self.configuration = Configuration()
        self._cel = self._log = 0
        self._recordings = 0
        self._places: dict[str, int] = {}

    # The PBX

    def use(self, configuration: Configuration) -> None:
        """Put a configuration into effect, unless it is already and no call changed it."""
        if self._runs() != configuration:
            self.bench.apply(configuration)
        self.configuration = configuration

    def _runs(self) -> Configuration | None:
        from xivolab.bench import store

        if not self.configuration.users:
            return None
        with self.bench.connect() as connection:
            return store.load(connection)

    def mark(self) -> None:
        """From here on is "this call"."""
        self._cel = int(self.bench.sql("SELECT COALESCE(max(id), 0) FROM cel")[0][0])
        self._log = int(self.bench.execute("pbx", "sh", "-c", f"wc -c < {LOG}"))

    def log(self) -> str:
        """The log since the mark."""
        return self.bench.execute("pbx", "tail", "-c", f"+{self._log + 1}", LOG)

    def logged(self, pattern: str, timeout: float = 10) -> re.Match[str]:
        """Wait until the log since the mark has this pattern; AssertionError with the way of the call where it does not."""
        deadline = time.monotonic() + timeout
        while True:
            found = re.search(pattern, self.log())
            if found:
                return found
            assert time.monotonic() < deadline, f"{pattern!r} is not in the log: {self.places()}"
            time.sleep(0.3)

    def cel(self, *kinds: str) -> list[Row]:
        """CEL since the mark, of some kinds of events or all; waits until every call of it has ended."""
        deadline = time.monotonic() + 10
        while True:
            rows = self._rows()
            starts = {row["linkedid"] for row in rows}
            ends = {row["linkedid"] for row in rows if row["eventtype"] == "LINKEDID_END"}
            if (rows and starts == ends) or time.monotonic() > deadline:
                return [row for row in rows if not kinds or row["eventtype"] in kinds]
            time.sleep(0.2)

    def _rows(self) -> list[Row]:
        names = (
            "id",
            "eventtype",
            "cid_name",
            "cid_num",
            "exten",
            "context",
            "channame",
            "appname",
            "appdata",
            "linkedid",
            "extra",
        )
        rows = self.bench.sql(f"SELECT {', '.join(names)} FROM cel WHERE id > %s ORDER BY id", [self._cel])
        return [dict(zip(names, row, strict=True)) for row in rows]

    def places(self) -> list[str]:
        """`exten@context` of every step in the log, in order, neighbours that are equal once."""
        found = re.findall(r"Executing \[([^\]]+):\d+\]", self.log())
        return [place for before, place in zip(["", *found], found, strict=False) if place != before]

    # Telephones

    def phone(self, number: str, **details: Any) -> Phone:
        """The telephone of a number, registered."""
        line = next(line for _, line in self.configuration.lines() if line.number == number)
        account = Account(line.name, line.secret, self.bench.address("pbx"), **details.pop("account", {}))
        place = self._places.setdefault(number, 101 + len(self._places))
        return self._hire(number, Setup(self._address(place), accounts=(account,), **details), details)

    def outside(self, number: str = "0199001234", place: int = 200, **details: Any) -> Phone:
        """The operator: a telephone without an account at the address that the trunk leads to; `number` is who calls."""
        account = Account(number, "", self.bench.address("pbx"), registers=False, **details.pop("account", {}))
        return self._hire(f"outside{place}", Setup(self._address(place), accounts=(account,), **details), details)

    def _address(self, place: int) -> str:
        return self.bench.address("phones").rpartition(".")[0] + f".{place}"

    def _hire(self, name: str, setup: Setup, details: dict[str, Any]) -> Phone:
        if name in self.phones.phones:
            if self.phones.setup(name) == setup and self.phones.phones[name].alive:
                return self.phones.phones[name]
            self.phones.dismiss(name)
        return self.phones.hire(name, setup.address, *setup.accounts, **details)

    def outside_address(self, place: int = 200) -> str:
        """Where `outside` is."""
        return self._address(place)

    # Calls

    def connect(self, caller: Phone, number: str, callee: Phone) -> tuple[Call, Call]:
        """One calls, the other answers."""
        call = caller.call(number)
        there = callee.wait_call()
        there.answer()
        call.wait_answered()
        return call, there

    def listen(self, call: Call, seconds: float = 1.0) -> Heard:
        """What somebody hears."""
        self._recordings += 1
        return heard(call.listen(seconds, self.scratch / f"heard{self._recordings}.wav"))

    def talk(self, one: Call, other: Call) -> None:
        """Both speak, and each hears the other."""
        one.say(Voice(tones=(LOW,)))
        other.say(Voice(tones=(HIGH,)))
        assert abs(self.listen(one).tone_hz - HIGH) < 5
        assert abs(self.listen(other).tone_hz - LOW) < 5

    def clear(self) -> None:
        """End every call."""
        for phone in self.phones.phones.values():
            for call in phone.calls() if phone.alive else []:
                call.hang_up()
        self.bench.pbx.ask("channel request hangup all")
        deadline = time.monotonic() + 15
        while "0 active channels" not in self.bench.pbx.ask("core show channels count"):
            assert time.monotonic() < deadline, self.bench.pbx.ask("core show channels")
            time.sleep(0.1)


@contextmanager
def desk(bench: Bench, scratch: Path) -> Iterator[Desk]:
    """A desk on a bench that is up, in place of the phones that are there; all is as before afterwards."""
    name = f"xivolab-{bench.name}-handsets"
    image = ensure(bench.engine)
    before, phones = bench.configuration, bench.state.phones
    bench.up(phones=0)
    bench.engine.remove(name)
    bench.engine.run(
        image, name, network=bench.network("lan"), addresses=[bench.address("phones").rpartition(".")[0] + ".99"]
    )
    house = Phones(bench.engine, name)
    try:
        yield Desk(bench, house, scratch)
    finally:
        house.close()
        bench.engine.remove(name)
        bench.apply(before)
        bench.up(phones=phones)
