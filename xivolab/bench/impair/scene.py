"""What faults are made in and looked for with: a bench that is up, its phones, its operator."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xivolab.bench.phone import Account, Phone, Phones
from xivolab.errors import LabError

if TYPE_CHECKING:
    from xivolab.bench.operator import Operator
    from xivolab.bench.plant import Bench

# The last byte of the addresses of phones hired to look for symptoms; the user's own phones have others.
_PROBES = {"first": 241, "second": 242, "third": 243}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the PBX: its name there, its number, its password."""

    name: str
    number: str
    password: str


class Scene:
    """A bench with at least three lines. Lines and trunk are those that its configuration has when the scene is made."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.operator: Operator = bench.operator
        self.engine = bench.engine
        configuration = bench.configuration
        self.lines = [
            Line(line.name, line.number, line.secret)
            for _, line in configuration.lines()
            if line.interface is None and line.kind != "webrtc"
        ]
        number = self.lines[0].number if self.lines else ""
        direct = [incall.exten for incall in configuration.incalls if number and number in str(incall.destination)]
        # A number from outside that rings the first line, if there is one.
        self.direct_number = next((exten for exten in direct if exten.isdigit()), "")
        self.trunk = next((trunk.name for trunk in configuration.trunks), "")

    @property
    def phones(self) -> Phones:
        """The phones of the bench, its own and those hired to look."""
        return self.bench.phones

    @property
    def lan(self) -> str:
        """The first three bytes of the addresses where PBX and phones are."""
        return self.bench.address("pbx").rpartition(".")[0]

    @property
    def pbx_address(self) -> str:
        """The PBX's address for phones."""
        return self.bench.address("pbx")

    def read(self, file: str) -> str:
        """A file of the PBX's Asterisk."""
        return self.bench.execute("pbx", "cat", f"/etc/asterisk/{file}")

    def write(self, file: str, text: str) -> None:
        """Replace a file of the PBX's Asterisk; `reload` makes it count."""
        from xivolab.bench.plant import files

        packed = files.pack({file: text.encode()}, owner="asterisk", mode=0o640)
        files.put(self.engine, self.bench.container("pbx"), "/etc/asterisk", packed)

    def reload(self) -> None:
        """Let Asterisk read its files again."""
        self.bench.pbx.ask("core reload")

    def line(self, index: int) -> Line:
        """One of the PBX's lines, in the order of their numbers. LabError when there are not so many."""
        if index >= len(self.lines):
            raise LabError(f"the PBX has {len(self.lines)} lines, {index + 1} are needed", self.bench.name)
        return self.lines[index]

    def probe(self, index: int, **details: object) -> Phone:
        """A phone for one of the lines, to look for symptoms with; it need not manage to register."""
        name = list(_PROBES)[index]
        _ = self.phones.link
        if not details and name in self.phones.phones and self.phones.phones[name].is_registered():
            return self.phones.phones[name]
        return self.hire(name, self.account(index), **details)

    def account(self, index: int, **details: object) -> Account:
        """The account of a line."""
        line = self.line(index)
        return Account(line.name, line.password, self.pbx_address, name=line.number, expires_s=600, **details)  # type: ignore[arg-type]

    def hire(self, name: str, account: Account, **details: object) -> Phone:
        """Switch a phone of this name on anew, registered or not: what the PBX said is in `registration()`."""
        _ = self.phones.link
        if name in self.phones.phones:
            self.phones.dismiss(name)
        try:
            return self.phones.hire(name, f"{self.lan}.{_PROBES[name]}", account, timeout=5, **details)
        except LabError:
            return self.phones.phones[name]

    def contact_state(self, aor: str) -> str:
        """What the PBX says of the contact of an AOR: Avail, Unavail, NonQual, …; empty when it has none."""
        found = re.search(
            rf"^ +Contact: +{re.escape(aor)}/\S+ +\S+ +(\S+)", self.bench.pbx.ask("pjsip show contacts"), re.M
        )
        return found[1] if found else ""

    def wait_contact(self, aor: str, timeout: float = 8) -> None:
        """Wait until the PBX knows whether a contact is there, if it ever asks."""
        deadline = time.monotonic() + timeout
        while self.contact_state(aor) not in ("Avail", "Unavail") and time.monotonic() < deadline:
            time.sleep(0.3)

    def wait_trunk_registered(self, timeout: float) -> str:
        """The state of the trunk's registration, waited for until it is Registered."""
        deadline = time.monotonic() + timeout
        while True:
            told = self.bench.pbx.ask("pjsip show registrations")
            found = re.search(r"\s(Registered|Unregistered|Rejected|Stopped)\s", told)
            state = found[1] if found else "not there"
            if state == "Registered" or time.monotonic() > deadline:
                return state
            time.sleep(0.3)

    def dismiss(self) -> None:
        """Switch the phones off that were hired to look."""
        _ = self.phones.link
        self.phones.dismiss(*(name for name in _PROBES if name in self.phones.phones))
