"""The dialplan of one call as a tree: channels, subroutines within them, steps, and what came of each step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xivolab.asterisk.trace.line import Line


@dataclass(slots=True)
class Attempt:
    """One party that a Dial or Queue called: what was dialled, its channel, and when it did what (ns since 1970)."""

    dialled: str
    line: Line
    channel: str | None = None
    ringing: Line | None = None
    answered: Line | None = None
    ended: Line | None = None
    outcome: str | None = None
    cause: int | None = None
    cause_text: str | None = None
    redirected_to: str | None = None
    run: Run | None = None


@dataclass(slots=True)
class AgiCall:
    """One AGI script: `end` is None when the log never says that it came back."""

    script: str
    start: Line
    end: Line | None = None
    result: int | None = None
    succeeded: bool = False
    failure: str | None = None
    texts: list[Line] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def handler(self) -> str:
        """The last part of the script's address."""
        return self.script.split("?")[0].split(",")[0].rstrip("/").rsplit("/", 1)[-1]


@dataclass(slots=True)
class Talk:
    """A stay of two channels or more in a bridge; `left` names the channels in the order in which they went."""

    bridge: str
    channels: list[str]
    start: Line | None = None
    end: Line | None = None
    left: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Decision:
    """Something that was decided at a step: a code and its fields; `words` makes a sentence of it."""

    code: str
    fields: dict[str, Any]
    line: Line


@dataclass(slots=True)
class Step:
    """One application that a channel executed; everything else hangs on the step in which it happened."""

    context: str
    exten: str
    priority: int
    app: str
    args: str
    channel: str
    line: Line
    went_to: tuple[str, str, int] | None = None
    sub: Frame | None = None
    agi: AgiCall | None = None
    attempts: list[Attempt] = field(default_factory=list)
    phrases: list[tuple[str, dict[str, str], Line]] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    notices: list[Line] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def said(self, kind: str) -> dict[str, str] | None:
        """The parts of the last phrase of this kind that came during the step."""
        return next((parts for name, parts, _ in reversed(self.phrases) if name == kind), None)


@dataclass(slots=True)
class Frame:
    """Steps on one level: the dialplan of a channel, a subroutine, a macro, or a handler that Asterisk starts by itself.

    `kind` is "run", "gosub", "macro" or "handler"; `name` is the context it began in.
    """

    kind: str
    name: str
    steps: list[Step] = field(default_factory=list)
    args: str = ""
    returned: str | None = None
    line: Line | None = None


@dataclass(slots=True)
class Run:
    """What one channel executed: its own dialplan first, then the handlers that ran on it, in order.

    `called` is true when the PBX called it of its own and it answered (main/dial.c)."""

    channel: str
    frames: list[Frame] = field(default_factory=list)
    called: bool = False
    end: Line | None = None
    parent: Attempt | None = None

    def steps(self, *, handlers: bool | None = None) -> list[Step]:
        """All steps of the channel, subroutines included, in order; those of handlers alone, or those of its own dialplan."""
        found: list[Step] = []
        wanted = [frame for frame in self.frames if handlers is None or (frame.kind == "handler") is handlers]
        stack = [iter(frame.steps) for frame in reversed(wanted)]
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                continue
            found.append(step)
            if step.sub is not None:
                stack.append(iter(step.sub.steps))
        return found


@dataclass(slots=True)
class Tree:
    """All that one call's lines say: `runs` are the channels that nobody in this call dialled, in order of appearance.

    `lines` are all records of the call, in the order of the log."""

    runs: list[Run] = field(default_factory=list)
    by_channel: dict[str, Run] = field(default_factory=dict)
    talks: list[Talk] = field(default_factory=list)
    notices: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
