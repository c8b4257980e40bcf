"""Asterisk in its container: started, asked by its command line, and what it wrote."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from xivolab.bench.engine import Engine
from xivolab.errors import LabError

_CONFIGURATION = "/etc/asterisk"
_LOG = "/var/log/asterisk/full"
_CEL_CSV = "/var/log/asterisk/cel-custom/cel.csv"
_TABLE = "SELECT * FROM cel ORDER BY id"


class Pbx:
    """An Asterisk in its container."""

    def __init__(self, engine: Engine, container: str) -> None:
        self.engine = engine
        self.container = container

    def start(self, files: Mapping[str, str], folder: Path) -> None:
        """Put `files` beside the configuration (`folder` is mounted there) and start Asterisk; wait until it is up."""
        for name, text in files.items():
            (folder / name).write_text(text)
        self.engine.execute(self.container, "sh", "-c", f"cp /scenario/*.conf {_CONFIGURATION}/")
        self.engine.start(self.container, "asterisk", "-f", "-U", "asterisk", "-G", "asterisk")
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                if "fully booted" in self.ask("core waitfullybooted"):
                    self.engine.hurry(self.container, "asterisk")
                    self._begin_log()
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
        return self._read(_LOG)

    def cel_csv(self) -> str:
        """The rows of cel_custom so far."""
        return self._read(_CEL_CSV)

    def cel_table(self) -> str:
        """The cel table as `psql` prints it."""
        return self.engine.execute(self.container, "psql", "-U", "asterisk", "-d", "asterisk", "-c", _TABLE)

    def _begin_log(self) -> None:
        """Begin the log anew: what Asterisk says while it starts is about this lab, not about a call."""
        self.engine.execute(self.container, "rm", _LOG)
        self.ask("logger reload")

    def _read(self, path: str) -> str:
        return self.engine.execute(self.container, "sh", "-c", f"cat {path} 2>/dev/null || true")
