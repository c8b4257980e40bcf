"""Conditions and targets as the log prints them: already evaluated (main/pbx.c, apps/app_stack.c)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TARGET = re.compile(
    r"(?:(?:(?P<context>[^,()]*),)?(?P<exten>[^,()]*),)?(?P<priority>[^,()]*)(?:\((?P<args>.*)\))?\s*", re.DOTALL
)
_NUMBER = re.compile(r"\s*[+-]?\d+")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a Goto or Gosub goes: parts left out are None, the priority may be a label; `args` are a Gosub's."""

    context: str | None
    exten: str | None
    priority: str
    args: str | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A GotoIf, GosubIf or ExecIf: what the condition came to, and what stands for each answer."""

    condition: str
    when_true: str
    when_false: str

    @property
    def holds(self) -> bool:
        """Whether the condition holds: empty and zero do not, any other text does (pbx.c, pbx_checkcondition)."""
        number = _NUMBER.match(self.condition)
        return bool(self.condition) if number is None else int(number.group()) != 0

    @property
    def taken(self) -> str:
        """What is done; "" when the dialplan goes on with the next step."""
        return self.when_true if self.holds else self.when_false


def branch(args: str) -> Branch:
    """The parts of `condition?true:false`; either target may be absent."""
    condition, _, choices = args.partition("?")
    when_true, _, when_false = _split_choices(choices)
    return Branch(condition, when_true, when_false)


def _split_choices(text: str) -> tuple[str, str, str]:
    """Splits at the first colon that is in no parentheses: arguments of a subroutine may hold some."""
    depth = 0
    for place, character in enumerate(text):
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(depth - 1, 0)
        elif character == ":" and depth == 0:
            return text[:place], ":", text[place + 1 :]
    return text, "", ""


def target(text: str) -> Target | None:
    """The place that `context,exten,priority(args)` names, left parts optional; None when it is none."""
    found = _TARGET.fullmatch(text)
    if found is None or not found["priority"]:
        return None
    return Target(found["context"] or None, found["exten"] or None, found["priority"], found["args"])


def subroutine(app: str, args: str) -> Target | None:
    """Where a step goes as a subroutine; None for a step that calls none."""
    name = app.lower()
    if name == "gosub":
        return target(args)
    if name == "gosubif":
        return target(branch(args).taken)
    if name == "macro":
        return Target(f"macro-{args.split(',')[0]}", "s", "1", args.partition(",")[2])
    if name == "macroif":
        inner = branch(args).taken
        return Target(f"macro-{inner.split(',')[0]}", "s", "1", inner.partition(",")[2]) if inner else None
    if name == "execif":
        called = re.match(r"(\w+)\((.*)\)\s*$", branch(args).taken, re.DOTALL)
        return subroutine(called[1], called[2]) if called else None
    return None
