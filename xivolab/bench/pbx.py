"""Asterisk in its container: started, asked by its command line, and what it wrote."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from xivolab.bench.engine import Engine
from xivolab.errors import LabError

_CONFIGURATION = "/etc/asterisk"
_LOGS = "/var/log/asterisk"
_LOG = f"{_LOGS}/full"
_CEL_CSV = f"{_LOGS}/cel-custom/cel.csv"
_TABLE = "SELECT * FROM cel ORDER BY id"


class Pbx:
    """An Asterisk in its container."""

    def __init__(self, engine: Engine, container: str) -> None:
        self.engine = engine
        self.container = container

    def start(self, files: Mapping[str, str], folder: Path) -> None:
        """Put `files` beside the configuration and start Asterisk; wait until it is up."""
        self.put(files, folder)
        self.engine.start(self.container, "asterisk", "-f", "-U", "asterisk", "-G", "asterisk")
        self._wait_until_up()
        self._begin_log()

    def put(self, files: Mapping[str, str], folder: Path) -> None:
        """Put `files` beside the configuration; `folder` is mounted in the container, at /scenario."""
        for name, text in files.items():
            (folder / name).write_text(text)
            self.engine.execute(self.container, "cp", f"/scenario/{name}", f"{_CONFIGURATION}/")

    def restart(self) -> None:
        """Let Asterisk start anew at once, whatever calls it has."""
        self.ask("core restart now")
        time.sleep(1)
        self._wait_until_up()

    def _wait_until_up(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                if "fully booted" in self.ask("core waitfullybooted"):
                    self.engine.hurry(self.container, "asterisk")
                    return
            except LabError:
                time.sleep(0.2)
        raise LabError(
            "Asterisk did not start within 30 s", self.container, "read what `asterisk -c` says in its container"
        )

    def ask(self, command: str) -> str:
        """Return what `asterisk -rx COMMAND` prints."""
        return self.engine.execute(self.container, "asterisk", "-rx", command)

    def version(self) -> str:
        """Asterisk's version, such as `22.10.1`."""
        return self.ask("core show version").split()[1].partition("+")[0].partition("~")[0]

    def log(self) -> str:
        """The `full` log so far, carriage returns of SIP messages kept."""
        return self.read(_LOG)

    def cel_csv(self) -> str:
        """The rows of cel_custom so far."""
        return self.read(_CEL_CSV)

    def cel_table(self) -> str:
        """The cel table as `psql` prints it."""
        return self.engine.execute(self.container, "psql", "-U", "asterisk", "-d", "asterisk", "-c", _TABLE)

    def read(self, path: str) -> str:
        """What stands in a file of the container, nothing when there is none."""
        return self.engine.execute(self.container, "sh", "-c", f"cat {path} 2>/dev/null || true")

    def _begin_log(self) -> None:
        """Begin the logs anew: what Asterisk says while it starts is about this lab, not about a call."""
        self.engine.execute(self.container, "find", _LOGS, "-maxdepth", "1", "-type", "f", "-delete")
        self.ask("logger reload")
