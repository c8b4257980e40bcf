"""The colours: one shade per ink and theme, after Okabe and Ito, safe for colour-blind readers.

Where the original shade is too pale for text on its background it is darkened (light theme) or lightened (dark theme);
every ink that text uses has a contrast of at least 4.5 with the paper and with the washes it may stand on (WCAG 2.1, 1.4.3).
Colour never stands alone: a shape or a word says the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from xivolab.views.scene import Ink

Theme = Literal["light", "dark"]

SHADES: dict[Theme, dict[Ink, str]] = {
    "light": {
        "paper": "#ffffff",
        "text": "#1b1d21",
        "muted": "#595e66",
        "lane": "#b9bec6",
        "panel": "#eef1f4",
        "request": "#0072b2",
        "success": "#007556",
        "redirect": "#8f3f6e",
        "failure": "#b04a00",
        "media": "#fff3d6",
        "edge": "#c98b00",
        "wash": "#e3f1fa",
    },
    "dark": {
        "paper": "#111111",
        "text": "#eceef1",
        "muted": "#a9b0ba",
        "lane": "#4b515a",
        "panel": "#23272d",
        "request": "#56b4e9",
        "success": "#2bc79b",
        "redirect": "#d98fb9",
        "failure": "#f58b4c",
        "media": "#2e2610",
        "edge": "#e69f00",
        "wash": "#16303f",
    },
}

TEXT_INKS: tuple[Ink, ...] = ("text", "muted", "request", "success", "redirect", "failure")
"""Inks that text is written in."""

WASHES: tuple[Ink, ...] = ("paper", "panel", "media", "wash")
"""Inks that text stands on."""


def luminance(shade: str) -> float:
    """Relative luminance of "#rrggbb", 0 to 1 (WCAG 2.1)."""
    channels = [int(shade[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two shades, 1 to 21 (WCAG 2.1)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_rules(scope: str, shade: Callable[[Ink], str]) -> str:
    """CSS rules under the selector `scope`: class `f-INK` fills with an ink, class `s-INK` strokes with it."""
    return "".join(
        f"{scope} .f-{ink}{{fill:{shade(ink)}}}{scope} .s-{ink}{{stroke:{shade(ink)}}}" for ink in SHADES["light"]
    )


def variables(theme: Theme) -> str:
    """CSS declarations of the variables `--xv-INK`."""
    return ";".join(f"--xv-{ink}:{shade}" for ink, shade in SHADES[theme].items())
