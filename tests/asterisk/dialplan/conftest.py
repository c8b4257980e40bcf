"""A real Asterisk to ask: started once for the tests of this folder, in a container without a network."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from xivolab.bench import image
from xivolab.bench.engine import Engine, detect
from xivolab.errors import LabError, MissingToolError

CONFIGURATION = """[directories]
astetcdir => /etc/asterisk
astrundir => /scenario/run
[options]
verbose = 0
"""


class Asterisk:
    """Asked through the socket that `asterisk -rx` uses: half a millisecond a question instead of 25."""

    def __init__(self, engine: Engine, container: str, folder: Path) -> None:
        self._engine = engine
        self._container = container
        self._folder = folder

    def start(self) -> None:
        """Start it and wait until it answers."""
        (self._folder / "asterisk.conf").write_text(CONFIGURATION)
        self._engine.execute(self._container, "cp", "/scenario/asterisk.conf", "/etc/asterisk/")
        self._engine.start(self._container, "asterisk", "-f", "-U", "asterisk", "-G", "asterisk")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if "fully booted" in self.ask("core waitfullybooted"):
                    return
            except OSError:
                time.sleep(0.1)
        raise LabError("Asterisk did not start within 60 s", self._container)

    def ask(self, command: str) -> str:
        """What `asterisk -rx COMMAND` prints."""
        with socket.socket(socket.AF_UNIX) as talk:
            talk.settimeout(30)
            talk.connect(str(self._folder / "run" / "asterisk.ctl"))
            talk.sendall(b"cli quit after " + command.encode() + b"\0")
            answer = b"".join(iter(lambda: talk.recv(65536), b""))
        return answer.decode("utf-8", "surrogateescape").partition("\n")[2]  # the first line says who answers

    def load(self, extensions: str) -> None:
        """Give it another extensions.conf."""
        (self._folder / "extensions.conf").write_text(extensions, encoding="utf-8")
        self._engine.execute(self._container, "cp", "/scenario/extensions.conf", "/etc/asterisk/")
        assert "reloaded" in self.ask("dialplan reload")


@pytest.fixture(scope="session")
def asterisk() -> Iterator[Asterisk]:
    """Skipped only where no containers run at all."""
    try:
        engine = detect()
    except MissingToolError as error:
        pytest.skip(str(error))
    # A path of its own, short enough for a socket; no label of the bench, whose recorders clear theirs away.
    folder = Path(tempfile.mkdtemp(prefix="xl-"))
    (folder / "run").mkdir()
    for path in (folder, folder / "run"):
        path.chmod(0o777)
    container = f"xivolab-dialplan-{os.getpid()}"
    # It ends by itself, should nobody be left to end it; the last test that asks may come at the end of a long run.
    limits = [f"--ulimit={kind}=4096:4096" for kind in ("nproc", "nofile")]
    tag = image.ensure(engine, "pbx")
    engine.call(
        "run",
        "--detach",
        "--name",
        container,
        "--network=none",
        *limits,
        f"--volume={folder}:/scenario",
        tag,
        "sleep",
        "7200",
    )
    try:
        server = Asterisk(engine, container, folder)
        server.start()
        yield server
    finally:
        engine.remove(container)
        shutil.rmtree(folder, ignore_errors=True)
