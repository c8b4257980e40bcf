"""Patterns, numbers and whole dialplans for hypothesis."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

_LITERALS = "0123456789*#+abnXs"
_SETS = (
    "[13-5]",
    "[!N-Z]",
    "[a-c*#]",
    "[-2]",
    "[2-]",
    "[]",
    "[0-9]",
    "[2-8]",
    "[579]",
    "[1-46-8]",
    "[1-]",
    "[*#]",
    "[5-2]",
    "[1,2]",
)


@dataclass(frozen=True)
class Pattern:
    """One extension: `name` as it is written, and characters that each place may take."""

    name: str
    places: tuple[str, ...]


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    """A name of digits, or a pattern."""
    if draw(st.booleans()) and draw(st.booleans()):
        digits = draw(st.text(alphabet="0123456789*#", min_size=1, max_size=6))
        return Pattern(digits, tuple(digits))
    parts: list[str] = []
    places: list[str] = []
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from("LLXNZxnzS-"))
        if kind == "L":
            letter = draw(st.sampled_from("0123456789*#+"))
            parts.append(letter)
            places.append(letter)
        elif kind == "S":
            letters = draw(st.sampled_from(_SETS))
            parts.append(letters)
            places.append(letters.strip("[]") or "1")
        else:
            parts.append(kind)
            places.append({"x": "0123456789", "n": "23456789", "z": "123456789"}.get(kind.lower(), "-"))
    parts.append(draw(st.sampled_from(("", "", "", ".", "!"))))
    name = "".join(parts)
    return Pattern(f"_{name}" if name.strip("-") else "_X", tuple(places) or ("5",))


@st.composite
def numbers(draw: st.DrawFn, among: list[Pattern]) -> str:
    """A number that one of the patterns may take, or nearly."""
    places = draw(st.sampled_from(among)).places
    number = "".join(draw(st.sampled_from(place)) for place in places)
    number = number.replace(",", "1")
    number += draw(st.text(alphabet=_LITERALS, max_size=2))
    return number.lstrip("-_!") or "7"


@dataclass
class Made:
    """A context: its extensions (each with the caller it is for, None for all), and the contexts it includes."""

    name: str
    extensions: list[tuple[Pattern, str | None]]
    includes: list[str] = field(default_factory=list)

    def text(self, step: str) -> str:
        """As it stands in extensions.conf; in `step`, {context} and {n} name the extension."""
        lines = [f"[{self.name}]"]
        for n, (pattern, caller) in enumerate(self.extensions):
            name = pattern.name if caller is None else f"{pattern.name}/{caller}"
            lines.append(f"exten => {name},1,{step.format(context=self.name, n=n)}")
        return "\n".join([*lines, *(f"include => {name}" for name in self.includes)]) + "\n"


CALLERS = ("", "555", "_5X", "_[5-6].", "1001")


@st.composite
def dialplans(draw: st.DrawFn, contexts: int, circles: bool) -> list[Made]:
    """Some contexts that include each other, some or none of them round in `circles`."""
    names = [f"made-{n}" for n in range(contexts)]
    made = []
    for here, name in enumerate(names):
        extensions: dict[tuple[str, str | None], tuple[Pattern, str | None]] = {}
        for pattern in draw(st.lists(patterns(), min_size=1, max_size=9)):
            caller = draw(st.sampled_from((None, *CALLERS)))
            extensions.setdefault((pattern.name, caller), (pattern, caller))
        others = names if circles else names[here + 1 :]
        includes = draw(st.lists(st.sampled_from(others), max_size=2, unique=True)) if others else []
        made.append(Made(name, list(extensions.values()), includes))
    return made
