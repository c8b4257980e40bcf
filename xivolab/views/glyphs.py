"""Texts as outlines for matplotlib: each glyph is asked for once, so that a ladder with thousands of labels is drawn in time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.path import Path

SANS, MONO = "DejaVu Sans", "DejaVu Sans Mono"
"""Fonts that matplotlib brings along."""

_SIZE = 100.0  # pixels in which glyphs are kept

_Glyph = tuple[NDArray[np.float64], NDArray[np.uint8], float]
_START = {"start": 0.0, "middle": 0.5, "end": 1.0}


def text_path(text: str, x: float, y: float, size: float, anchor: str, *, bold: bool, mono: bool) -> Path:
    """The outline of a line of text of `size` pixels with its baseline at `y`, which grows downwards.

    It is empty where nothing shows. A character that the font does not have is a replacement character.
    """
    from matplotlib.path import Path

    family, weight = MONO if mono else SANS, "bold" if bold else "normal"
    parts, codes, pen = [], [], 0.0
    for character in text:
        vertices, code, advance = _glyph(family, weight, character)
        if len(vertices):
            parts.append(vertices + np.array((pen, 0.0)))
            codes.append(code)
        pen += advance
    if not parts:
        return Path(np.empty((0, 2)), np.empty(0, np.uint8))
    scale = size / _SIZE
    outline = np.concatenate(parts) * (scale, -scale)
    return Path(outline + np.array((x - _START[anchor] * pen * scale, y)), np.concatenate(codes))


@cache
def _glyph(family: str, weight: str, character: str) -> _Glyph:
    """Vertices (n, 2) and path codes (n,) of a character, and how far it moves the pen."""
    from matplotlib.ft2font import LoadFlags

    font = _font(family, weight)
    known = ord(character) in font.get_charmap()
    font.set_size(_SIZE, 72)  # matplotlib shares its fonts, and their size, with everybody
    glyph = font.load_char(ord(character) if known else 0xFFFD, flags=LoadFlags.NO_HINTING)
    vertices, codes = font.get_path()
    return np.array(vertices, np.float64).reshape(-1, 2), np.array(codes, np.uint8), glyph.linearHoriAdvance / 65536


def drawable(text: str) -> str:
    """The text, with a replacement character for what those fonts do not have."""
    if text.isascii():
        return text
    known = [_font(family, "normal").get_charmap() for family in (SANS, MONO)]
    return "".join(c if all(ord(c) in one for one in known) else "\ufffd" for c in text)


@cache
def _font(family: str, weight: str) -> Any:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return get_font(findfont(FontProperties(family=family, weight=weight)))
