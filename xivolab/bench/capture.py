"""Capturing at the PBX, and at a phone, while a call is made."""

from __future__ import annotations

import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xivolab.bench.engine import Engine
from xivolab.bench.lines import PBX, PBX6
from xivolab.errors import LabError

# A bridge floods frames for addresses it does not know yet: only what is the PBX's own is kept.
_FILTER = f"(host {PBX} or host {PBX6}) and not arp"


@dataclass(frozen=True, slots=True)
class Tap:
    """Where and how to capture: an interface of a host ("any" gives Linux cooked frames) and a file format.

    Without `media` only SIP is captured.
    """

    interface: str = "eth0"
    format: Literal["pcap", "pcapng"] = "pcap"
    host: str = "pbx"
    name: str = "capture"
    media: bool = True

    @property
    def file(self) -> str:
        """The name of the capture in the case folder."""
        return f"{self.name}.{self.format}"

    @property
    def point(self) -> str:
        """The capture point, as `case.toml` names it."""
        return f"{self.host}:{self.interface}"


class Capture:
    """One running capture; `stop` lets it write what it still holds, `kill` ends it anyhow."""

    def __init__(self, engine: Engine, container: str, tap: Tap, folder: Path, inside: str) -> None:
        """`folder` on this machine is mounted at `inside` in the container."""
        self.tap = tap
        self.file = folder / tap.file
        wanted = _FILTER if tap.media else f"{_FILTER} and port 5060"
        # tcpdump writes no pcapng: dumpcap runs on this machine, inside the container's network.
        if tap.format == "pcapng":
            enter = ["nsenter", "--net", "--target", str(engine.pid(container))]
            command = [*enter, "dumpcap", "-q", "-i", tap.interface, "-f", wanted, "-w", str(self.file)]
        else:
            options = ["-U", "-n", "-p", "-i", tap.interface, "-w", f"{inside}/{tap.file}"]
            # As root, or it could not write to the mounted folder once it has given up its rights.
            command = [*engine.command, "exec", container, "tcpdump", "-Z", "root", *options, wanted]
        self._container, self._engine, self._format = container, engine, tap.format
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait_for_header()

    def kill(self) -> None:
        """End it now."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Stop capturing once the last packets had time to arrive."""
        time.sleep(0.5)
        if self._format == "pcapng":
            self._process.send_signal(signal.SIGINT)
        else:
            self._engine.execute(self._container, "pkill", "-INT", "-x", "tcpdump")
        self._process.wait(timeout=10)

    def _wait_for_header(self) -> None:
        deadline = time.monotonic() + 10
        while not (self.file.exists() and self.file.stat().st_size):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise LabError("the capture did not start", self.file.name, "check that dumpcap may capture as root")
            time.sleep(0.05)
