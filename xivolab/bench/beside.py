"""Commands beside a container: in its network, with the rights to change that, and nothing else of it.

The parts of a bench need no right to break their own network: what does so is a container of a moment that shares it.
"""

from __future__ import annotations

from xivolab.bench.engine import Engine, limits


class Beside:
    """Runs commands like `Engine.execute`, but in a container of its own that has only the network in common."""

    def __init__(self, engine: Engine, image: str) -> None:
        self.engine = engine
        self.image = image

    def execute(self, container: str, *command: str) -> str:
        """Run a command and return what it prints. Raises LabError when it fails."""
        return self.engine.call("run", "--rm", *self._words(container), self.image, *command)

    def start(self, container: str, name: str, *command: str) -> None:
        """Start a command that goes on, in a container of this name; it may make devices (TUN) in that network."""
        device = ["--device", "/dev/net/tun"]
        self.engine.call("run", "--detach", "--name", name, *device, *self._words(container), self.image, *command)

    def _words(self, container: str) -> list[str]:
        shared = ["--pull=never", "--network", f"container:{container}", "--label", self.engine.label]
        rights = ["--cap-drop", "ALL", "--cap-add", "NET_ADMIN", "--cap-add", "NET_RAW"]
        kept = [word for name, value in limits().items() for word in ("--ulimit", f"{name}={value}:{value}")]
        return [*shared, *rights, *kept]
