"""Where to listen at the PBX of a bench that is running."""

from __future__ import annotations

from xivolab.bench.engine import detect
from xivolab.bench.stage import PREFIX
from xivolab.errors import LabError

INTERFACE = "eth0"


def tap() -> tuple[str, list[str]]:
    """The interface of the running PBX, and the words before a command that take it into the PBX's network.

    Raises LabError when no PBX is running, MissingToolError without a container engine.
    """
    engine = detect()
    try:
        pid = engine.pid(f"{PREFIX}-pbx")
    except LabError as error:
        remedy = "start one: `xivolab pbx record clean-call` runs it for as long as the call takes"
        raise LabError("no PBX is running", "live pbx", remedy) from error
    return INTERFACE, ["nsenter", "--net", "--target", str(pid)]
