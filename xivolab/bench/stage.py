"""The stage of one recording: network, PBX, phones and operator, set up, then removed whatever happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from xivolab.bench import faults, home, image
from xivolab.bench.capture import Capture, Tap
from xivolab.bench.case import Host
from xivolab.bench.engine import Engine
from xivolab.bench.lines import (
    OPERATOR,
    OPERATOR6,
    PBX,
    PBX6,
    SUBNET,
    SUBNET6,
    TRUNK_MODULE,
    Line,
    Setup,
    render,
    render_operator,
)
from xivolab.bench.pbx import Pbx
from xivolab.bench.phones import Baresip, Phone
from xivolab.bench.truth import Between
from xivolab.errors import LabError

PREFIX = "xivolab-bench"
_SNAPSHOT = {
    "channelstats.txt": "pjsip show channelstats",
    "endpoints.txt": "pjsip show endpoints",
    "channels.txt": "core show channels",
}


class Stage:
    """What a scenario plays with. Use it in a `with` block: leaving it removes every container and the network.

    `snapshots` are texts to keep, by name; `kept` files of the PBX that are read at the end: name to path.
    """

    def __init__(
        self,
        engine: Engine,
        folder: Path,
        setup: Setup,
        on_progress: Callable[[str], None],
        taps: Sequence[Tap] = (Tap(),),
    ) -> None:
        """`folder` is a scratch folder; what the containers need or leave goes there. Captures are taken at the `taps`."""
        self.engine = engine
        self.folder = folder
        self.setup = setup
        self.phones: dict[str, Baresip] = {}
        self.hosts: list[Host] = []
        self.snapshots: dict[str, str] = {}
        self.kept = dict(setup.kept)
        self._network = f"{PREFIX}-net"
        self._home = f"{PREFIX}-home"
        self.captures: list[Capture] = []
        self._taps = taps
        self._images = {target: image.ensure(engine, target, on_progress) for target in ("phone", "pbx")}
        self.pbx = Pbx(engine, self.container("pbx"))

    def __enter__(self) -> Stage:
        self.engine.clear()
        try:
            self.engine.create_network(self._network, [SUBNET, SUBNET6])
            if self.setup.trunk:
                self._start_pbx("operator", (OPERATOR, OPERATOR6), render_operator())
            self._start_pbx("pbx", (PBX, PBX6), render(self.setup))
            for module in self.setup.modules:
                self.pbx.ask(f"module load {module}")
        except BaseException:
            self.engine.clear()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for capture in self.captures:
            capture.kill()
        for phone in self.phones.values():
            phone.close()
        self.engine.clear()

    def container(self, host: str) -> str:
        """The name of a host's container."""
        return f"{PREFIX}-{host}"

    def place(self, line: Line) -> Path:
        """Start a phone's container, without a phone in it yet; return the folder it sees as `/phone`."""
        folder = self.folder / line.user
        folder.mkdir(exist_ok=True)
        if line.at_home:
            self._build_home()
        self.engine.run(
            self._images["phone"],
            self.container(line.user),
            network=self._home if line.at_home else self._network,
            addresses=line.addresses,
            command=["sleep", "infinity"],
            volumes={folder: "/phone"},
        )
        if line.at_home:
            home.use_router(self.engine, self.container(line.user))
        self.hosts.append(Host(line.user, "phone", line.addresses))
        return folder

    def register(self, phones: Sequence[Phone]) -> None:
        """Let the PBX register with the operator, if it has a trunk, then start the phones one after the other."""
        if self.setup.trunk:
            self.pbx.ask(f"module load {TRUNK_MODULE}")
            self._wait_for("pjsip show registrations", " Registered ", 15)
        for phone in phones:
            folder = self.place(phone.line)
            self.capture(phone.line.user, folder, "/phone")
            baresip = Baresip(self.engine, self.container(phone.line.user), phone, folder)
            self.phones[phone.line.user] = baresip
            baresip.start()

    def capture(self, host: str, folder: Path, inside: str) -> None:
        """Start the captures to be taken at this host, whose `folder` is mounted `inside` its container."""
        for tap in self._taps:
            if tap.host == host:
                self.captures.append(Capture(self.engine, self.container(host), tap, folder, inside))

    def connect(self, caller: str, number: str, callee: str) -> None:
        """Let one phone call a number, the other ring 2 s and answer."""
        self.phones[caller].dial(number)
        self.phones[callee].ring(2)
        self.phones[callee].answer()

    def call_in_vain(self, caller: str, number: str) -> None:
        """Let a phone call a number and be refused."""
        self.phones[caller].dial(number)
        self.phones[caller].wait("CALL_CLOSED")
        self.snapshot()

    def talk(self, seconds: float) -> None:
        """Let the call go on for a time, and ask the PBX about it at the end."""
        time.sleep(seconds)
        self.snapshot()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)

    def snapshot(self) -> None:
        """Keep what the PBX says about its calls now."""
        self.snapshots |= {file: self.pbx.ask(command) for file, command in _SNAPSHOT.items()}

    def ask_about(self, *commands: str) -> None:
        """Keep what the PBX answers to these commands, each in a file of its name."""
        self.snapshots |= {f"{command.replace(' ', '-')}.txt": self.pbx.ask(command) for command in commands}

    def configure(self, files: Mapping[str, str]) -> None:
        """Give the running PBX other configuration files; what reads them is to be reloaded."""
        self.pbx.put(files, self.folder / "pbx")

    def lose_sent_rtp(self, line: Line, percent: int) -> None:
        """Lose a share of what this phone sends."""
        faults.lose_sent_rtp(self.engine, self.container(line.user), percent)

    def lose_passing_rtp(self, percent: int) -> None:
        """Lose a share of the RTP that passes the router of the home, both ways."""
        faults.lose_passing_rtp(self.engine, self.container("router"), percent)

    def lost_at_router(self) -> tuple[Between, Between]:
        """What the router has lost, from home and to it."""
        out, back = (faults.dropped(self.engine, self.container("router"), device) for device in ("eth0", "eth1"))
        return Between("alice", "pbx", out), Between("pbx", "alice", back)

    def vanish(self, line: Line) -> None:
        """Cut this phone off."""
        faults.vanish(self.engine, self.container(line.user))

    def settle(self, timeout: float = 60) -> None:
        """Wait until no channel is left and CEL is written."""
        self._wait_for("core show channels count", "0 active channels", timeout)
        time.sleep(1.5)

    def _wait_for(self, command: str, text: str, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while text not in self.pbx.ask(command):
            if time.monotonic() > deadline:
                raise LabError(f"`{command}` does not say {text.strip()!r} within {timeout:g} s", "pbx", "see its log")
            time.sleep(0.5)

    def _build_home(self) -> None:
        """Put up the network and the router of the phone that stands at home."""
        self.engine.create_network(self._home, [home.LAN])
        router = self.container("router")
        idle = ["sleep", "infinity"]
        self.engine.run(
            self._images["phone"], router, network=self._network, addresses=home.ROUTER, command=idle, forwards=True
        )
        home.join(self.engine, router, self._home)
        if self.setup.sip_alg:
            home.rewrite_sip(self.engine, router)
        home.lead_nowhere(self.engine, self.pbx.container)
        self.hosts.append(Host("router", "router", (*home.ROUTER, home.ROUTER_INSIDE)))

    def _start_pbx(self, name: str, addresses: tuple[str, str], files: dict[str, str]) -> None:
        folder = self.folder / name
        folder.mkdir()
        self.engine.run(
            self._images["pbx"],
            self.container(name),
            network=self._network,
            addresses=addresses,
            volumes={folder: "/scenario"},
        )
        Pbx(self.engine, self.container(name)).start(files, folder)
        self.hosts.append(Host(name, name, addresses))
