"""What stands in /etc/asterisk: the ground every bench has, then what its configuration is rendered to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

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


def write(engine: Engine, container: str, texts: Mapping[str, str]) -> bool:
    """Put the files there, and take away those of last time that are no more; whether Asterisk must start again for it."""
    before = _there(engine, container)
    wanted = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    changed = {name for name in wanted if before.get(name) != wanted[name]}
    listed = engine.execute(container, "sh", "-c", f"cat {FOLDER}/{_MANIFEST} 2>/dev/null || true").split("\n")
    gone = [f"{FOLDER}/{name}" for name in listed if name and name not in wanted]
    if gone:
        engine.execute(container, "rm", "-f", *gone)
    packed = {name: texts[name].encode() for name in changed} | {_MANIFEST: "\n".join(sorted(wanted)).encode()}
    files.put(engine, container, FOLDER, files.pack(packed, owner="asterisk", mode=0o640))
    return any(name in _AT_START for name in changed)


def _there(engine: Engine, container: str) -> dict[str, str]:
    """The files in the folder and their hashes."""
    told = engine.execute(container, "sh", "-c", f"cd {FOLDER} && find . -type f -exec sha256sum {{}} +")
    return {line[64:].strip().removeprefix("./"): line[:64] for line in told.splitlines()}
