"""The only door to dumpcap: which interfaces there are, and capturing into a file that grows.

dumpcap writes what the kernel gives it and does nothing else: nothing is lost while somebody looks at the file.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from xivolab.errors import MissingToolError, UsageError
from xivolab.net import watchdog

INSTALL = "install it: `apt-get install wireshark-common` on Debian and Ubuntu, `brew install wireshark` on macOS"
RIGHTS = (
    "run it as root, or once: dpkg-reconfigure wireshark-common, usermod -a -G wireshark USER (log in again after it)"
)
_START_S = 10.0
_ARRIVAL_S = 0.3
"""What was sent just now is still on its way through the kernel."""
_DROPPED = re.compile(r"Packets received/dropped on interface '[^\n]*': \d+/(\d+)")


def dumpcap_path() -> str:
    """Where dumpcap is. Raises MissingToolError."""
    path = shutil.which("dumpcap")
    if path is None:
        raise MissingToolError("dumpcap is not on this machine", "live", INSTALL)
    return path


def interfaces() -> list[str]:
    """The names of the interfaces of this machine, as `dumpcap -D` lists them. Raises MissingToolError."""
    done = subprocess.run([dumpcap_path(), "-D"], capture_output=True, text=True, timeout=30, check=False)
    return re.findall(r"^\d+\. (\S+)", done.stdout, re.MULTILINE)


def trouble(interface: str) -> str | None:
    """Why this user cannot capture on an interface, in dumpcap's words; None when nothing stands in the way."""
    done = subprocess.run(
        [dumpcap_path(), "-L", "-i", interface], capture_output=True, text=True, timeout=30, check=False
    )
    return _reason(done.stderr) if done.returncode else None


def _reason(told: str) -> str:
    """The line of dumpcap's that says what is wrong."""
    lines = [line.removeprefix("dumpcap: ").strip() for line in told.splitlines()]
    lines = [line for line in lines if line and not line.startswith(("Capturing on", "File:", "Packets"))]
    return lines[0].rstrip(".") if lines else "no reason was given"


class Recording:
    """A running capture of one interface. `files()` are those it has written; `dropped` is known when it has stopped.

    `capture_filter` is one of libpcap ("udp or port 5060"). It stops at `limit_mb`; with `ring` it keeps the last so many
    files of that size instead. `enter` are words before the command, such as those of nsenter.
    Raises MissingToolError without dumpcap, UsageError for an unknown interface, a wrong filter, or where capturing is not
    permitted.
    """

    def __init__(
        self,
        interface: str,
        path: Path,
        *,
        capture_filter: str = "",
        limit_mb: float = 1000,
        ring: int = 0,
        enter: Sequence[str] = (),
    ) -> None:
        self.name = interface
        self.dropped: int | None = None
        self._path = path
        self._ring = ring
        kilobytes = str(max(round(limit_mb * 1000), 1))
        command = [*enter, dumpcap_path(), "-q", "-i", interface, "-w", str(path)]
        command += ["-f", capture_filter] if capture_filter else []
        command += ["-b", f"filesize:{kilobytes}", "-b", f"files:{ring}"] if ring else ["-a", f"filesize:{kilobytes}"]
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(watchdog.__file__), *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._told = ""
        self._wait_for_a_file(interface, capture_filter)

    @property
    def running(self) -> bool:
        """Whether it goes on capturing."""
        return self._process.poll() is None

    def files(self) -> list[Path]:
        """What it has written, the oldest first."""
        if not self._ring:
            return [self._path] if self._path.exists() else []
        return sorted(self._path.parent.glob(f"{self._path.stem}_[0-9]*{self._path.suffix}"))

    def stop(self) -> None:
        """Stop capturing; everything captured is in the files then. Does nothing the second time."""
        if self._process.stdin and not self._process.stdin.closed:
            if self.running:
                time.sleep(_ARRIVAL_S)
            self._process.stdin.close()
        self._process.wait()
        if self._process.stderr and not self._process.stderr.closed:
            self._told += self._process.stderr.read().decode("utf-8", "replace")
            self._process.stderr.close()
            dropped = _DROPPED.findall(self._told)
            self.dropped = sum(map(int, dropped)) if dropped else None

    def __enter__(self) -> Recording:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _wait_for_a_file(self, interface: str, capture_filter: str) -> None:
        deadline = time.monotonic() + _START_S
        while not any(file.stat().st_size for file in self.files()):
            if not self.running or time.monotonic() > deadline:
                self.stop()
                raise _why(self._told, interface, capture_filter, self._path)
            time.sleep(0.02)


def _why(told: str, interface: str, capture_filter: str, path: Path) -> UsageError:
    reason = _reason(told)
    if re.search(r"permi(?:ssion|tted)", told, re.IGNORECASE) and "could not be opened" not in told:
        return UsageError("this user may not capture packets", interface, RIGHTS)
    if re.search(r"No such device|no device named|doesn't exist", told):
        return UsageError("there is no such interface", interface, f"there are {', '.join(interfaces())}")
    if "filter" in reason:
        return UsageError(
            "this is no capture filter", f"--filter {capture_filter!r}", "write it as for tcpdump: udp or port 5060"
        )
    return UsageError(f"capturing did not start ({reason})", f"{interface} to {path}", "see `xivolab doctor`")
