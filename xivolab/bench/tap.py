"""Where to listen at a PBX in containers that is running."""

from __future__ import annotations

import os

from xivolab.bench.engine import detect
from xivolab.bench.plant.parts import container
from xivolab.bench.plant.state import DEFAULT
from xivolab.bench.stage import PREFIX
from xivolab.errors import LabError

RECORDER_INTERFACE = "eth0"
INTERFACE = "any"
"""At a bench: its PBX stands in two networks."""


def tap() -> tuple[str, list[str]]:
    """The interface of the PBX that runs, and the words before a command that take it into the PBX's network.

    The PBX is that of the bench `XIVOLAB_BENCH` (xivo without it), else the one on which a call is being recorded. Raises
    LabError when neither runs, MissingToolError without a container engine.
    """
    name = os.environ.get("XIVOLAB_BENCH", DEFAULT)
    for where, interface in ((container(name, "pbx"), INTERFACE), (f"{PREFIX}-pbx", RECORDER_INTERFACE)):
        try:
            return interface, enter(where)
        except LabError:
            continue
    remedy = "start one: `xivolab pbx up`; `xivolab pbx record clean-call` runs one for as long as a call takes"
    raise LabError("no PBX is running", "live pbx", remedy)


def enter(where: str) -> list[str]:
    """The words before a command that take it into the network of a container. Raises LabError when it does not run."""
    pid = detect().pid(where)
    if not pid:
        raise LabError("it does not run", where, "xivolab pbx up")
    return ["nsenter", "--net", "--target", str(pid)]
