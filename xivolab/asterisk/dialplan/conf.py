"""A dialplan from extensions.conf and the files it includes (pbx/pbx_config.c)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xivolab.asterisk.dialplan.config import Setting, included, read_config
from xivolab.asterisk.dialplan.model import Context, Dialplan, Step
from xivolab.asterisk.dialplan.timing import Include

_VARIABLE = re.compile(r"\$\{(?:GLOBAL\()?(\w+)\)?\}")
_HINT = -1
_NONE = -2


def dialplan_written(files: Mapping[str, str]) -> Dialplan:
    """The dialplan in some files, text by path: those that no other of them includes, and what they include.

    What is not understood is left out and told in `problems`.
    """
    plan = Dialplan()
    main = [name for name in files if name not in included(files)] or list(files)
    for name in main:
        config = read_config(name, files)
        plan.problems += config.problems
        for section in config.sections:
            if section.name.lower() == "globals" and not section.template:
                plan.globals_.update(
                    (setting.name, _substituted(setting.value, plan.globals_)) for setting in section.settings
                )
        for section in config.sections:
            if section.name.lower() not in ("general", "globals") and not section.template:
                _Reader(plan, plan.context(section.name)).read(section.settings)
    return plan


class _Reader:
    """The settings of one section, in order: `same` and `n` go on from the one before."""

    def __init__(self, plan: Dialplan, context: Context) -> None:
        self._plan = plan
        self._context = context
        self._name = ""
        self._priority = _NONE

    def read(self, settings: list[Setting]) -> None:
        for setting in settings:
            name = setting.name.lower()
            if name == "exten":
                text, rest = _first_field(setting.value)
                self._name = _substituted(text, self._plan.globals_)
                self._step(setting, rest)
            elif name.startswith("same"):
                if self._name:
                    self._step(setting, setting.value)
                else:
                    self._told(setting, "`same` before any `exten`")
            elif name == "include":
                include = Include.of(_substituted(setting.value, self._plan.globals_))
                if include not in self._context.includes:
                    self._context.includes.append(include)
            elif name in ("switch", "lswitch", "eswitch"):
                text = _substituted(setting.value, self._plan.globals_) if name == "switch" else setting.value
                if text not in self._context.switches:
                    self._context.switches.append(text)
            elif name == "ignorepat":
                self._context.ignore_patterns.append(_substituted(setting.value, self._plan.globals_))
            elif name != "autohints":
                self._told(setting, f"unknown setting {setting.name!r}")

    def _told(self, setting: Setting, what: str) -> None:
        self._plan.problems.append((setting.file, f"line {setting.line}", what))

    def _step(self, setting: Setting, text: str) -> None:
        """One priority: `priority[+n][(label)],application[(data)]`."""
        name, slash, caller = self._name.partition("/")
        wanted = _shrunk(caller) if slash else None
        field, _, call = text.partition(",")
        field = field.strip()
        label: str | None = None
        if "(" in field:
            field, _, label = field.partition("(")
            if ")" not in label:
                self._told(setting, "label without its closing bracket")
                return
            label = label.partition(")")[0] or None
        field, _, plus = field.partition("+")
        if not name.strip():
            self._told(setting, "an extension without a name")
            return
        priority = self._number(field.strip(), name, wanted)
        if priority is None:
            self._told(setting, f"no priority {field!r} to go on from")
            return
        extra = re.match(r"\s*-?\d+", plus)
        priority += int(extra[0]) if extra else 0
        self._priority = priority
        application, data = _call(call)
        step = Step(application, data, label, setting.place)
        extension = self._context.extension(name, wanted)
        if priority == _HINT:
            extension.hint = extension.hint or Step("", call.strip(), None, setting.place)
        elif priority in extension.steps:
            self._told(setting, f"priority {priority} of {name} is there already")
        else:
            taken = any(other.label == label for other in extension.steps.values())
            extension.steps[priority] = Step(application, data, None, setting.place) if label and taken else step

    def _number(self, text: str, name: str, caller: str | None) -> int | None:
        if text == "hint":
            return _HINT
        if text in ("n", "next"):
            return self._priority + 1 if self._priority > _NONE else None
        if text in ("s", "same"):
            return self._priority if self._priority > _NONE else None
        if digits := re.match(r"\s*[+-]?\d+", text):
            return int(digits[0]) if int(digits[0]) > 0 else None
        extension = self._context.find(name, caller)
        steps = extension.steps if extension else {}
        return next((number for number, step in steps.items() if step.label == text), None)


def _first_field(text: str) -> tuple[str, str]:
    """What stands before the first comma outside a set, and what behind (pbx_strsep)."""
    square = 0
    skip = False
    for at, letter in enumerate(text):
        if skip:
            skip = False
        elif letter == "[":
            square += 1
        elif letter == "]":
            square = max(square - 1, 0)
        elif letter == "\\":
            skip = True
        elif letter == "," and not square:
            return text[:at], text[at + 1 :]
    return text, ""


def _call(text: str) -> tuple[str, str]:
    """Application and arguments; a variable before the bracket makes it a text of its own (a hint's device)."""
    name, bracket, data = text.partition("(")
    if not bracket or "${" in name or "$[" in name:
        return text.strip(), ""
    return name.strip(), data[: data.rindex(")")] if ")" in data else data


def _substituted(text: str, variables: Mapping[str, str]) -> str:
    """Global variables put in; what else is in `${…}` stays."""
    return _VARIABLE.sub(
        lambda found: variables.get(found[1], "" if found[0].startswith("${GLOBAL") else found[0]), text
    )


def _shrunk(number: str) -> str:
    """A caller's number without what people put between digits (ast_shrink_phone_number)."""
    kept: list[str] = []
    square = 0
    for at, letter in enumerate(number):
        if letter == "[":
            square += 1
        elif letter == "]":
            square -= 1
        elif (letter == "-" and not square) or letter in "( )" or (letter == "." and at + 1 < len(number)):
            continue
        kept.append(letter)
    return "".join(kept)
