"""The exit statuses, and the one line on standard error that goes with them."""

from __future__ import annotations

import sys

from xivolab.views.clean import one_line

BAD_INPUT = 2
DEFECT = 70
INTERRUPTED = 130


def tell(line: str) -> None:
    """One line for a person, on standard error; control characters from a capture are made visible."""
    print(f"xivolab: {one_line(line)}", file=sys.stderr)
