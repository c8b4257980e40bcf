"""How each part of a bench is: asked of what runs in it, not only of the engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xivolab.bench.plant import containers
from xivolab.errors import LabError

if TYPE_CHECKING:
    from xivolab.bench.plant.bench import Bench

_TALK = """
import socket, sys
port, says = int(sys.argv[1]), sys.argv[2]
with socket.create_connection(("127.0.0.1", port), 3) as peer:
    peer.settimeout(3)
    if says:
        peer.sendall(says.encode())
    print(peer.recv(200).decode("utf-8", "replace"))
"""
_AGI = "agi_network: yes\nagi_network_script: status\nagi_request: agi://127.0.0.1/status\n\n"


@dataclass(frozen=True, slots=True)
class Health:
    """One thing looked at: the part it belongs to, what it is, whether it is well, and what was found."""

    part: str
    what: str
    ok: bool
    found: str


@dataclass(frozen=True, slots=True)
class Check:
    """A question about a part; it is `asked` of that part's container, or of another."""

    part: str
    what: str
    ask: Callable[[Bench], str]
    asked: str = ""


def look(bench: Bench) -> list[Health]:
    """All checks, in the order of the parts. A part whose container does not run is told once, and not asked."""
    found = {name: containers.look(bench.engine, bench.container(name)) for name in bench.parts}
    running = {name for name, one in found.items() if one is not None and one.running}
    told = [
        Health(name, "container", name in running, _state(one)) for name, one in found.items() if name not in running
    ]
    with ThreadPoolExecutor(4) as pool:
        asked = list(
            pool.map(lambda check: _answer(bench, check, running), [one for one in CHECKS if one.part in running])
        )
    order = list(bench.parts)
    return sorted([*told, *asked], key=lambda one: order.index(one.part))


def _state(found: containers.Found | None) -> str:
    if found is None:
        return "there is none"
    return "its process is gone" if found.orphan else "stopped"


def _answer(bench: Bench, check: Check, running: set[str]) -> Health:
    if check.asked and check.asked not in running:
        return Health(check.part, check.what, False, f"not known: the part {check.asked} does not run")
    try:
        return Health(check.part, check.what, True, check.ask(bench))
    except LabError as error:
        return Health(check.part, check.what, False, error.what)


def _database(bench: Bench) -> str:
    told = bench.execute(
        "db", "psql", "-U", "postgres", "-d", "asterisk", "-Atc", "SHOW server_version", user="postgres"
    )
    return f"PostgreSQL {told.split()[0]} accepts"


def _mail(bench: Bench) -> str:
    said = bench.execute("mail", "python3", "-c", _TALK, "25", "", user="sink")
    if not said.startswith("220"):
        raise LabError(f"says {said.strip()!r} instead of 220", "mail")
    count = bench.execute("mail", "sh", "-c", "ls /var/mail/bench/Maildir/new 2>/dev/null | wc -l", user="sink").strip()
    return f"accepts; {count} mails kept"


def _asterisk(bench: Bench) -> str:
    if "fully booted" not in bench.pbx.ask("core waitfullybooted"):
        raise LabError("not booted", "pbx")
    return f"Asterisk {bench.pbx.version()} booted"


def _service(name: str) -> Callable[[Bench], str]:
    def ask(bench: Bench) -> str:
        if "running" not in bench.service("status", name):
            raise LabError("does not run", "pbx")
        return "runs"

    return ask


def _agi(bench: Bench) -> str:
    """A conversation as Asterisk begins one, about a handler that there is not: that much it must know to say."""
    _service("agid")(bench)
    said = bench.execute("pbx", "python3", "-c", _TALK, "4573", _AGI, user="asterisk")
    if "VERBOSE" not in said:
        raise LabError(f"says {said.strip()!r}", "pbx")
    return "answers"


def _phones(bench: Bench) -> str:
    _ = bench.phones.link  # those that an earlier command switched on are known after it
    there = bench.phones.phones
    fine = [
        name for name, phone in there.items() if phone.alive and (not _registers(bench, name) or phone.is_registered())
    ]
    if len(fine) < len(there):
        lacking = ", ".join(sorted(set(there) - set(fine)))
        raise LabError(f"{len(fine)} of {len(there)} registered; not {lacking}", "phones")
    return f"{len(fine)} of {len(there)} registered"


def _registers(bench: Bench, name: str) -> bool:
    return any(account.registers for account in bench.phones.setup(name).accounts[:1])


def _trunks(bench: Bench) -> str:
    told = bench.pbx.ask("pjsip show registrations")
    if "No objects found" in told:
        return "no trunk registers"
    refused = re.findall(r"^ (\S+?)/\S+ .*  (Unregistered|Rejected|Stopped)", told, re.M)
    if refused:
        raise LabError(", ".join(f"{name.split('/')[0]} {state.lower()}" for name, state in refused), "operator")
    return f"{told.count(' Registered ')} trunks registered"


def _operator(bench: Bench) -> str:
    script = "[ -e /etc/asterisk/asterisk.conf ] || exit 0; asterisk -rx 'core waitfullybooted'"
    told = bench.execute("operator", "sh", "-c", script)
    if "fully booted" not in told:
        raise LabError("not booted" if told else "nothing is set up in it", "operator")
    return "booted"


def _router(bench: Bench) -> str:
    return "forwards" if bench.execute("router", "cat", "/proc/sys/net/ipv4/ip_forward").strip() == "1" else "does not"


CHECKS: tuple[Check, ...] = (
    Check("db", "database", _database),
    Check("mail", "mail", _mail),
    Check("pbx", "asterisk", _asterisk),
    Check("pbx", "agi", _agi),
    Check("pbx", "journal", _service("call_logd")),
    Check("operator", "asterisk", _operator),
    Check("operator", "trunks", _trunks, asked="pbx"),
    Check("router", "router", _router),
    Check("phones", "phones", _phones),
)
