"""What all objects of a configuration share: unknown words are refused, and what is wrong is told as a form does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from xivolab.bench.model.words import Mistake, translated
from xivolab.errors import UsageError

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}$")]
"""What is also a section of a configuration file: letters, digits, `_`, `.` and `-`."""
Exten = Annotated[str, StringConstraints(pattern=r"^\+?[0-9*#A-Z]{1,40}$")]
"""A number that can be dialled."""
Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,40}$")]
Pattern = Annotated[str, StringConstraints(pattern=r"^_?\+?([0-9*#XZN]|\[[0-9*#-]+\])+[.!]?$|^_?[.]$")]
"""A number or an Asterisk pattern, with or without its `_`."""
Secret = Annotated[str, StringConstraints(pattern=r"^[^\s;]{1,80}$")]
Text = Annotated[str, StringConstraints(pattern=r"^[^\n\r;\"<>]*$", max_length=80)]
"""One line of a form: no quotation marks, semicolons or angle brackets, which end a value in Asterisk's files."""
Seconds = Annotated[int, Field(ge=1, le=86400)]


class Item(BaseModel):
    """An object of the configuration. Keys it does not know are refused, and so is a wrong value set later."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)


class ConfigurationError(UsageError):
    """A configuration that cannot be: every mistake in it, with its field, what is wrong and what is allowed."""

    def __init__(self, mistakes: Sequence[Mistake], where: str = "configuration") -> None:
        self.mistakes = tuple(mistakes)
        first, more = self.mistakes[0], len(self.mistakes) - 1
        what = f"{first.field}: {first.wrong}" + (f" (and {more} more)" if more else "")
        super().__init__(what, where, first.allowed)


class RefusedError(ValueError):
    """Raised by a validator of ours: carries the mistakes it found."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__("; ".join(f"{mistake.field}: {mistake.wrong}" for mistake in mistakes))
        self.mistakes = mistakes


def mistakes_of(error: ValidationError, lang: str = "en") -> list[Mistake]:
    """The mistakes in what pydantic refused, as words for a person."""
    found: list[Mistake] = []
    for entry in error.errors(include_url=False):
        field = path(entry["loc"])
        raised = entry.get("ctx", {}).get("error")
        if isinstance(raised, RefusedError):
            prefix = f"{field}." if field else ""
            found += [mistake.within(prefix) for mistake in raised.mistakes]
        else:
            found.append(translated(field, dict(entry), lang))
    return found


def path(places: Sequence[Any]) -> str:
    """`users[2].lines[0].number`, as people write where something stands."""
    text = ""
    for place in places:
        text += f"[{place}]" if isinstance(place, int) else f".{place}" if text else str(place)
    return text
