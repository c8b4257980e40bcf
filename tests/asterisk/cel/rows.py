"""CEL for tests: rows in few words, and psql pastes broken as terminals, mails and PDFs break them."""

from __future__ import annotations

from pathlib import Path

from xivolab.asterisk.cel.event import CelEvent
from xivolab.asterisk.cel.read import in_order

ROOT = Path(__file__).parents[3]
SAMPLES = sorted(path.parent for path in (ROOT / "sample_logs").glob("*/cel.csv"))
NOON = 1_795_435_200


def event(at: float, eventtype: str, channel: int, linked: int = 1, **more: str) -> CelEvent:
    """An event of channel number `channel`, `at` seconds after noon, in the call of channel number `linked`."""
    name = more.pop("channame", f"PJSIP/phone{channel}-{channel:08x}")
    ids = {"uniqueid": f"{NOON}.{channel}", "linkedid": f"{NOON}.{linked}"}
    return CelEvent(time=round((NOON + at) * 10**9), eventtype=eventtype, channame=name, **ids, **more)


def events(*made: CelEvent) -> list[CelEvent]:
    """Events in order."""
    return in_order(made)


def hard_wrapped(text: str, width: int) -> str:
    """As a terminal breaks lines: at the width, nothing lost."""
    return "\n".join(
        line[at : at + width] for line in text.split("\n") for at in (range(0, len(line), width) if line else [0])
    )


def word_wrapped(text: str, width: int, *, lost: bool) -> str:
    """Broken at spaces; `lost`: the space there, and those at the ends of lines, are gone (mail), else kept (PDF)."""
    out = []
    for whole in text.split("\n"):
        line = whole
        while len(line) > width:
            cut = line.rfind(" ", 1, width)
            if cut <= 0:
                out.append(line[:width])
                line = line[width:]
            else:
                out.append(line[:cut] if lost else line[: cut + 1])
                line = line[cut + 1 :]
        out.append(line)
    return "\n".join(line.rstrip() if lost else line for line in out)
