"""What stands in /etc/asterisk: the ground every bench has, then what its configuration is rendered to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from xivolab import resources
from xivolab.bench.engine import Engine
from xivolab.bench.plant import files
from xivolab.bench.plant.state import State

FOLDER = "/etc/asterisk"
_MANIFEST = ".xivolab"
# Read once, when Asterisk starts.
_AT_START = ("asterisk.conf", "modules.conf", "extconfig.conf", "http.conf", "rtp.conf")


def ground(state: State) -> dict[str, str]:
    """The files that do not depend on who has which number, by name."""
    told = {"@AMI_SECRET@": state.secret("ami"), "@ARI_SECRET@": state.secret("ari")}
    texts = {}
    for file in sorted((resources.labs() / "bench" / "asterisk").iterdir()):
        text = file.read_text()
        for mark, value in told.items():
            text = text.replace(mark, value)
        texts[file.name] = text
    return texts


def fingerprint(texts: Mapping[str, str]) -> str:
    """Name the state of some files."""
    told = hashlib.sha256()
    for name in sorted(texts):
        told.update(f"{name}\0{texts[name]}\0".encode())
    return told.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Written:
    """What writing changed: the hashes of the files by name before and after, and whether Asterisk must start again for it."""

    before: dict[str, str]
    after: dict[str, str]
    again: bool

    @property
    def changed(self) -> list[str]:
        """The names of the files that are new, gone or different."""
        return sorted(name for name in {*self.before, *self.after} if self.before.get(name) != self.after.get(name))


def write(engine: Engine, container: str, texts: Mapping[str, str]) -> Written:
    """Put the files there, and take away those of last time that are no more. Files of others stay."""
    there = _there(engine, container)
    wanted = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    changed = {name for name in wanted if there.get(name) != wanted[name]}
    listed = engine.execute(container, "sh", "-c", f"cat {FOLDER}/{_MANIFEST} 2>/dev/null || true").split("\n")
    gone = [name for name in listed if name and name not in wanted]
    again = any(name in _AT_START for name in changed)
    if "pjsip.conf" in changed and "pjsip.conf" in there:
        now = engine.execute(container, "cat", f"{FOLDER}/pjsip.conf")
        again |= _transports(now) != _transports(texts["pjsip.conf"])
    if gone:
        engine.execute(container, "rm", "-f", *(f"{FOLDER}/{name}" for name in gone))
    packed = {name: texts[name].encode() for name in changed} | {_MANIFEST: "\n".join(sorted(wanted)).encode()}
    files.put(engine, container, FOLDER, files.pack(packed, owner="asterisk", mode=0o640))
    return Written({name: there[name] for name in (*wanted, *gone) if name in there}, wanted, again)


def reloads(written: Written) -> list[str]:
    """What to say on Asterisk's command line so that it reads what was written: as little as will do."""
    from xivolab.bench import render

    others = [name for name in written.changed if not render.reloads({}, {name: ""})]
    # Files that no part of the configuration is rendered to: whoever reads them.
    return ["core reload"] if others else render.reloads(written.before, written.after)


def _transports(text: str) -> list[str]:
    """The sections of pjsip.conf that are read once."""
    return [section for section in re.split(r"(?m)^(?=\[)", text) if re.search(r"(?m)^type ?= ?transport", section)]


def _there(engine: Engine, container: str) -> dict[str, str]:
    """The files in the folder and their hashes."""
    told = engine.execute(container, "sh", "-c", f"cd {FOLDER} && find . -type f -exec sha256sum {{}} +")
    return {line[64:].strip().removeprefix("./"): line[:64] for line in told.splitlines()}
