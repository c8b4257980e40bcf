"""A bench that the phones of a room can register with: for a time, at a private address of this machine, and only when asked for."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xivolab.bench.plant import relay
from xivolab.errors import LabError, UsageError

if TYPE_CHECKING:
    from xivolab.bench.plant.bench import Bench

_UNITS = {"s": 1, "m": 60, "h": 3600}
_LONGEST_S = 24 * 3600
_OPEN = "open"
_PROGRAM = "xivolab.bench.plant.exposure"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a person types into a phone: one line of the account sheet."""

    name: str
    number: str
    line: str
    password: str
    server: str


def seconds_of(text: str) -> float:
    """How long "4h", "90m" or "30s" is. Raises UsageError; also for more than a day."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smh])", text)
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0
    if not 0 < seconds <= _LONGEST_S:
        raise UsageError(f"{text!r} is no time to be exposed for", "--for", "write 4h, 90m or 30s, 24h at most")
    return seconds


def private(text: str) -> str:
    """An address that may be exposed: a private one, or of the loopback. Raises UsageError."""
    try:
        found = ipaddress.IPv4Address(text)
    except ValueError:
        raise UsageError(f"{text!r} is no IPv4 address", "--expose", "name one of `ip -4 address`") from None
    if not (found.is_private or found.is_loopback) or found.is_unspecified or found.is_multicast:
        raise UsageError(
            f"{text} is not a private address", "--expose", "a bench is shown to a room, never to the internet"
        )
    return text


def expose(bench: Bench, address: str, seconds: float, sip: int = relay.SIP) -> None:
    """Open the door, in place of one that is open. Raises UsageError, LabError when the address cannot be had."""
    close(bench)
    command = [sys.executable, "-m", _PROGRAM, private(address), bench.address("pbx"), str(seconds), str(sip)]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    said = process.stdout.readline().strip()
    process.stdout.close()
    if said != _OPEN:
        reason = (process.stderr.read().strip().splitlines() or ["no reason given"])[-1]
        process.stderr.close()
        process.wait()
        raise LabError(
            f"{address}:{sip} cannot be opened ({reason})", "--expose", "`ip -4 address`, `ss -lun` show why"
        )
    process.stderr.close()
    # It goes on when this process ends, and ends by itself.
    process.returncode = 0
    state = bench.state
    state.exposed = {"address": address, "port": str(sip), "pid": str(process.pid), "until": str(time.time() + seconds)}
    state.save()


def close(bench: Bench) -> None:
    """Shut the door, if it is open."""
    state = bench.state
    if _runs(state.exposed):
        with suppress(ProcessLookupError):
            os.kill(int(state.exposed["pid"]), signal.SIGTERM)
    if state.exposed:
        state.exposed = {}
        state.save()


def told(exposed: dict[str, str]) -> str | None:
    """Where the door is and until when, None when it is shut."""
    if not _runs(exposed):
        return None
    return f"{exposed['address']}:{exposed['port']} until {time.strftime('%H:%M', time.localtime(float(exposed['until'])))}"


def sheets(bench: Bench) -> Iterator[Sheet]:
    """The accounts that no phone of the bench has: those for the room."""
    exposed = bench.state.exposed
    server = f"{exposed['address']}:{exposed['port']}"
    _ = bench.phones.link
    for user, line in bench.configuration.lines():
        if line.interface is None and line.kind != "webrtc" and line.number not in bench.phones.phones:
            yield Sheet(f"{user.firstname} {user.lastname}".strip(), line.number, line.name, line.secret, server)


def _runs(exposed: dict[str, str]) -> bool:
    """Whether the program is there: another may have its number since."""
    try:
        return _PROGRAM.encode() in Path(f"/proc/{exposed['pid']}/cmdline").read_bytes()
    except (KeyError, OSError):
        return False


if __name__ == "__main__":
    outside, pbx, seconds, port = sys.argv[1:]
    with suppress(KeyboardInterrupt):
        asyncio.run(relay.serve(outside, pbx, float(seconds), int(port), lambda: print(_OPEN, flush=True)))
