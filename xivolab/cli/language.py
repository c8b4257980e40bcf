"""The language of what people read: the option, else the one of the terminal."""

from __future__ import annotations

import os

from xivolab.cli.options import Lang


def language(asked: Lang | None) -> str:
    """ "en" or "fr": as asked, else as the locale of the environment says, else English."""
    if asked is not None:
        return asked.value
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "fr" if locale.startswith("fr") else "en"
