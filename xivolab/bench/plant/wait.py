"""Waiting for what takes a moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from xivolab.errors import LabError

T = TypeVar("T")
_PAUSE_S = 0.1


def until(ask: Callable[[], T | None], seconds: float, what: str, where: str, remedy: str) -> T:
    """Ask until there is a true answer. Raises LabError, saying `what` did not come about, when the time is up."""
    deadline = time.monotonic() + seconds
    reason = ""
    while True:
        try:
            answer = ask()
        except LabError as error:
            answer, reason = None, f" ({error.what})"
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise LabError(f"{what} within {seconds:g} s{reason}", where, remedy)
        time.sleep(_PAUSE_S)
