"""Where a call comes from and where it is sent: parties, forwards, outgoing trunks, as XiVO's variables tell."""

from __future__ import annotations

import re

from xivolab.asterisk.trace.branch import target
from xivolab.asterisk.trace.tree import Decision, Frame, Run, Step

_SETTING = re.compile(r"_{0,2}(?:XIVO|WAZO)_(?P<name>[A-Z_]+)=(?P<value>.*)", re.DOTALL)
_REDIAL = "redial"
_ASKING = frozenset({"application:disa", "application:callbackdisa", "application:password"})
_ORIGINS = {"intern": "internal", "extern": "external", "patch": "patch"}


def _dials_again(frame: Frame, place: int) -> bool:
    """Whether this is the first step after XiVO found another trunk to try."""
    before = frame.steps[place - 1] if place else None
    return before is not None and before.exten == _REDIAL and frame.steps[place].exten == "dial"


def setting(step: Step) -> tuple[str, str] | None:
    """The XiVO variable that a step sets, without its prefix."""
    if step.app.lower() != "set":
        return None
    found = _SETTING.match(step.args)
    return None if found is None else (found["name"], found["value"])


class Journey:
    """Follows the variables of one channel; `step` gives what each step tells."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.known: dict[str, str] = {}
        self.trunk = 0

    def step(self, frame: Frame, place: int) -> list[Decision]:
        """What this step tells of the way of the call."""
        step = frame.steps[place]
        told = setting(step)
        if told is not None:
            self.known[told[0]] = told[1]
            return self._set(frame, place, *told)
        if self.trunk and _dials_again(frame, place):
            return [Decision("trunk", {"index": self.trunk + 1}, step.line)]
        if step.app.lower() == "set":
            return self._other_setting(step)
        if step.app.lower() == "gosub":
            return self._forward(step)
        if step.app.lower() == "celgenuserevent" and step.args.strip().startswith(("XIVO_OUTCALL", "WAZO_OUTCALL")):
            return [Decision("outgoing-call", {}, step.line)]
        return []

    def _set(self, frame: Frame, place: int, name: str, value: str) -> list[Decision]:
        step = frame.steps[place]
        if name == "DSTNUM" and value:  # a forward empties it first
            origin = self._ahead(frame, place, "CALLORIGIN")
            fields = {
                "src": self._ahead(frame, place, "SRCNUM"),
                "dst": value,
                "origin": _ORIGINS.get(origin or "", origin),
                "object": step.context,
                "object_id": self.known.get("DSTID"),
            }
            return [Decision("parties", fields, step.line)]
        if name == "FWD_TYPE":
            return [Decision("forward-reason", {"reason": value, "object": step.context}, step.line)]
        if name == "FWD_REFERER" and value not in ("", f"{step.context}:{self.known.get('DSTID')}"):
            return [Decision("was-forwarded", {"referer": value}, step.line)]
        return []

    def _ahead(self, frame: Frame, place: int, name: str) -> str | None:
        """A variable that is set next on this level, else what it was set to before."""
        for step in frame.steps[place + 1 : place + 13]:
            told = setting(step)
            if told is not None and told[0] == name:
                return told[1]
        return self.known.get(name)

    def _other_setting(self, step: Step) -> list[Decision]:
        name, _, value = step.args.lstrip("_").partition("=")
        if name == "TRUNKINDEX" and value.strip().isdigit():
            self.trunk = int(value)
            # To try again, XiVO counts on before it looks whether there is another trunk.
            return [] if step.exten == _REDIAL else [Decision("trunk", {"index": self.trunk + 1}, step.line)]
        if name.startswith("REDIRECTING(count") and value.strip().isdigit() and int(value):
            return [Decision("forward-count", {"count": int(value)}, step.line)]
        return []

    def _forward(self, step: Step) -> list[Decision]:
        aim = target(step.args)
        if aim is None or aim.context != "forward":
            return []
        parts = [*(aim.args or "").split(","), "", "", ""]
        private = parts[0] in _ASKING  # what they name is the password
        fields = {"action": parts[0], "to": None if private else parts[1] or None, "with": parts[2] or None}
        return [Decision("forward", fields | {"reason": self.known.get("FWD_TYPE")}, step.line)]
