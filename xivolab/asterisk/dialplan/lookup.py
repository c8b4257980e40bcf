"""Who takes a number: the extensions that could, in the order in which Asterisk asks them (pbx_find_extension).

A context first asks its own extensions, then its switches, then its includes, each with all that is below it; a context that was asked
once is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from xivolab.asterisk.dialplan.model import Dialplan, Extension, Step
from xivolab.asterisk.dialplan.patterns import takes, tidy
from xivolab.errors import UsageError

Why = Literal["taken", "later", "no-priority", "other-caller", "not-now", "unknown-time", "switch", "missing-context"]

MOST_DEEP = 128
"""How deep includes go (AST_PBX_MAX_STACK)."""


@dataclass(frozen=True, slots=True)
class Match:
    """One extension that takes the number, or a switch that is asked about it; `path` leads from the context asked to its own.

    `why`: "taken" for the one that gets the call; "later": it would, if those before it did not; "no-priority": it has not the
    priority asked for; "other-caller"; "not-now": behind an include that does not hold at the time asked for; "unknown-time": behind
    one of which nobody said when; "switch": another source of extensions is asked, which may take it; "missing-context": an
    include leads nowhere.
    """

    path: tuple[str, ...]
    why: Why
    extension: Extension | None = None
    switch: str | None = None
    when: str | None = None
    priority: int = 1

    @property
    def context(self) -> str:
        """The context it stands in."""
        return self.path[-1]

    @property
    def step(self) -> Step | None:
        """What it does at the priority asked for."""
        return self.extension.steps.get(self.priority) if self.extension else None


def who_takes(
    plan: Dialplan,
    context: str,
    number: str,
    *,
    caller: str | None = None,
    priority: int = 1,
    at: datetime | None = None,
) -> list[Match]:
    """Everything that could take a number in a context, in the order in which it is asked; one of it is "taken", or none.

    `caller` is the caller's number, None for a caller without one; `at` decides the includes that hold at some times only.
    Raises UsageError for an unknown context.
    """
    if context not in plan.contexts:
        import difflib

        near = difflib.get_close_matches(context, plan.contexts, n=3)
        remedy = f"did you mean {', '.join(near)}?" if near else f"there are {', '.join(sorted(plan.contexts)[:20])}"
        raise UsageError(f"no context {context!r} in this dialplan", "--context", remedy)
    search = _Search(plan, number, caller, priority, at)
    return list(search.below((context,), None, sure=True))


class _Search:
    def __init__(self, plan: Dialplan, number: str, caller: str | None, priority: int, at: datetime | None) -> None:
        self.plan = plan
        self.number = number
        self.caller = caller
        self.priority = priority
        self.at = at
        self.asked: set[str] = set()
        self.taken = False

    def below(self, path: tuple[str, ...], when: str | None, *, sure: bool, now: bool = True) -> Iterator[Match]:
        """What a context and its includes hold; `when` is the condition on the way to it, `now` whether it is met."""
        name = path[-1]
        if name.lower() in self.asked or len(path) > MOST_DEEP:
            return
        context = self.plan.contexts.get(name)
        if context is None:
            yield Match(path, "missing-context", when=when)
            return
        if now:
            self.asked.add(name.lower())
        for extension in context.extensions:
            if takes(tidy(extension.name), self.number):
                yield Match(path, self._verdict(extension, sure, now), extension, when=when, priority=self.priority)
        for switch in context.switches:
            yield Match(path, "switch", switch=switch, when=when)
        for include in context.includes:
            holds = True if include.when is None else None if self.at is None else include.holds(self.at)
            yield from self.below(
                (*path, include.context),
                include.when or when,
                sure=sure and holds is not None,
                now=now and holds is not False,
            )

    def _verdict(self, extension: Extension, sure: bool, now: bool) -> Why:
        if extension.caller is not None and not _is_caller(extension.caller, self.caller):
            return "other-caller"
        if self.priority not in extension.steps:
            return "no-priority"
        if not now:
            return "not-now"
        if self.taken:
            return "later"
        if not sure:
            return "unknown-time"
        self.taken = True
        return "taken"


def _is_caller(wanted: str, caller: str | None) -> bool:
    """Whether a caller is one that an extension is for; an empty one is a caller without a number (matchcid)."""
    if not caller:
        return not wanted
    return takes(tidy(wanted), caller)
