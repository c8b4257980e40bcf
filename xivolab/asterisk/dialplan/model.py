"""A dialplan: contexts, their extensions in the order in which they are asked, includes and switches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from xivolab.asterisk.dialplan.patterns import order_key, tidy
from xivolab.asterisk.dialplan.timing import Include


@dataclass(frozen=True, slots=True)
class Step:
    """What one priority does; `place` is the file and line, or the module, it is from."""

    application: str
    data: str = ""
    label: str | None = None
    place: str | None = None

    def __str__(self) -> str:
        return f"{self.application}({self.data})"


@dataclass(slots=True)
class Extension:
    """One name or pattern for one kind of caller: `caller` None for all, "" for those without a number."""

    name: str
    caller: str | None = None
    steps: dict[int, Step] = field(default_factory=dict)
    hint: Step | None = None

    @property
    def place(self) -> str | None:
        """Where its first priority, or its hint, stands."""
        first = self.steps[min(self.steps)] if self.steps else self.hint
        return first.place if first else None


@dataclass(slots=True)
class Context:
    """One context: `switches` as they are written, without knowing what they would answer."""

    name: str
    includes: list[Include] = field(default_factory=list)
    switches: list[str] = field(default_factory=list)
    ignore_patterns: list[str] = field(default_factory=list)
    _extensions: dict[tuple[object, ...], Extension] = field(default_factory=dict)

    def extension(self, name: str, caller: str | None) -> Extension:
        """The extension of that name and caller, made when there is none yet."""
        name = tidy(name, dashes=True)
        caller = None if caller is None else tidy(caller, dashes=True)
        return self._extensions.setdefault(_key(name, caller), Extension(name, caller))

    def find(self, name: str, caller: str | None) -> Extension | None:
        """The extension of that name and caller, None when there is none."""
        return self._extensions.get(
            _key(tidy(name, dashes=True), None if caller is None else tidy(caller, dashes=True))
        )

    @property
    def extensions(self) -> list[Extension]:
        """In the order in which they are asked."""
        return [self._extensions[key] for key in sorted(self._extensions)]


def _key(name: str, caller: str | None) -> tuple[object, ...]:
    """What tells extensions apart and orders them: those for some callers come before the one for all (ast_add_extension2)."""
    return order_key(tidy(name)), caller is None, order_key(tidy(caller or ""))


@dataclass(slots=True)
class Dialplan:
    """All contexts, by name; `globals_` as they stand in a file; `problems` says what of it was not understood, and where."""

    contexts: dict[str, Context] = field(default_factory=dict)
    globals_: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str, str]] = field(default_factory=list)

    def context(self, name: str) -> Context:
        """The context of that name, made when there is none yet."""
        return self.contexts.setdefault(name, Context(name))

    def __iter__(self) -> Iterator[Context]:
        return iter(self.contexts.values())
