"""How wide a text will be, roughly: the reader's fonts are not known here."""

from __future__ import annotations

from collections.abc import Callable

_WIDE, _NARROW = frozenset("MWmw@%—…→←↻⇉✖✔▲"), frozenset(" .,:;|!'()[]ilI1/tfjr·")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in pixels of a text of `size` pixels in DejaVu Sans, the widest of the usual fonts."""
    units = 0.0
    for character in text:
        if character in _NARROW:
            units += 0.38
        elif character in _WIDE:
            units += 0.9
        else:
            units += 0.68 if character.isupper() else 0.64 if character.isdigit() else 0.61
    return units * size * (1.1 if bold else 1.0)


def fit(text: str, size: float, width: float) -> str:
    """The text, its end replaced by an ellipsis when it is wider than `width` pixels."""
    if text_width(text, size) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def whole_parts(text: str, room: float, width: Callable[[str], float] = len) -> str:
    """The text without as many of its last " · " parts as it takes to fit; the first one stays."""
    while " · " in text and width(text) > room:
        text = text.rpartition(" · ")[0]
    return text
